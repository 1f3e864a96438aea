/** Messages on their way to the original SDK: said, taken back, changed, read by the other side. */
import { crc32 } from 'node:zlib';
import { AT_ALL, type LoggedEvent, type Message, parseConversationID } from '@muster/protocol';
import { mentionEvent } from './conversation-reading.ts';
import type { Body } from './frame.ts';
import { groupMessageBody, revokerBody, userMessageBody } from './messages.ts';
import type { EventPlace, PushReader } from './pushes.ts';

const C2C = 9;
const GROUP = 3;
const NOTICE = 10;
const GROUP_NOTICE = 5;
const MODIFIED = 18;

export function messageEvents(event: LoggedEvent, place: EventPlace): Body[] {
  switch (event.name) {
    case 'messageSent':
      return sentEvents(event.message, place, event.by?.device === place.device);
    case 'messageRevoked':
      // The device that did it has raised it.
      return event.by?.device === place.device ? [] : [revokedEvent(event, place)];
    case 'messageModified':
      return event.by?.device === place.device ? [] : [modifiedEvent(event.message, place.now)];
    case 'messageReadByPeer':
      return [readByPeerEvent(event)];
    default:
      return [];
  }
}

function sentEvents(message: Message, reader: PushReader, isOwn: boolean): Body[] {
  if (message.conversationType === 'C2C') return isOwn ? [] : [userMessageEvent(message, reader)];
  // The client that sent it knows it by its random value and shows it once.
  return [{ Event: GROUP, GroupMsgArray: [groupMessageBody(message)] }, ...mentionEvents(message, reader)];
}

/** To the sender's other devices sender and receiver are told the other way round. */
function userMessageEvent(message: Message, { userID }: PushReader, more: Body = {}): Body {
  const body = { ...userMessageBody(message), ...more };
  const isCopy = message.from === userID && message.to !== userID;
  const copied = isCopy
    ? { ...body, From_Account: message.to, To_Account: message.from, IsSyncMsg: 1 }
    : body;
  return { Event: C2C, C2cMsgArray: [copied] };
}

function mentionEvents({ to, sequence, from, atUserList }: Message, { userID }: PushReader): Body[] {
  const isAll = atUserList.includes(AT_ALL);
  if (from === userID || !(isAll || atUserList.includes(userID))) return [];
  return [mentionEvent(to, { sequence, from, isAll })];
}

/** A message that nothing is kept of has no number; the client drops one whose number it has seen in a room. */
export function onlineMessageEvents(message: Message, reader: PushReader): Body[] {
  if (message.conversationType === 'C2C') return [userMessageEvent(message, reader, { MsgLifeTime: 0 })];
  const { from, random, timestamp } = message;
  const passing = { OnlineOnlyFlag: 1, MsgSeq: crc32(`${from} ${random} ${timestamp}`) };
  return [{ Event: GROUP, GroupMsgArray: [{ ...groupMessageBody(message), ...passing }] }];
}

function revokedEvent(event: Extract<LoggedEvent, { name: 'messageRevoked' }>, { userID }: PushReader): Body {
  const named = parseConversationID(event.conversationID);
  const revoker = revokerBody(event);
  if (named?.type !== 'GROUP') {
    const info = {
      From_Account: named?.userID ?? '',
      To_Account: userID,
      MsgSeq: event.clientSequence ?? event.sequence,
      ...revoker,
    };
    return {
      Event: NOTICE,
      C2cNotifyMsgArray: [{ WithdrawC2cMsgNotify: { C2cWithdrawInfoArray: [info] } }],
    };
  }
  const { groupID } = named;
  const info = { GroupId: groupID, MsgSeq: event.sequence, ...revoker };
  const tips = {
    ToGroupId: groupID,
    GroupInfo: { GroupId: groupID },
    ...revoker,
    MsgBody: { GroupWithdrawInfoArray: [info] },
  };
  return { Event: GROUP_NOTICE, GroupTips: [tips] };
}

/** The version is the time: a client takes what is newer than it has. */
function modifiedEvent(message: Message, now: number): Body {
  const version = { MsgVersion: now };
  return message.conversationType === 'C2C'
    ? { Event: MODIFIED, C2cMsgModNotifys: [{ ...userMessageBody(message), ...version }] }
    : {
        Event: MODIFIED,
        GroupMsgModNotifys: [{ ...groupMessageBody(message), GroupId: message.to, ...version }],
      };
}

function readByPeerEvent({
  conversationID,
  readTime,
}: Extract<LoggedEvent, { name: 'messageReadByPeer' }>): Body {
  const named = parseConversationID(conversationID);
  const peer = named?.type === 'C2C' ? named.userID : '';
  const receipt = { To_Account: peer, UinPairReadArray: [{ LastReadTime: readTime }] };
  return { Event: NOTICE, C2cNotifyMsgArray: [{ C2cReadedReceipt: receipt }] };
}
