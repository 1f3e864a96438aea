/**
 * The commands of messages. The client knows its own one-to-one messages by a number, a random value and a time that it
 * made itself, so that such a message is looked for in the history; ours go by their place in it.
 */
import {
  conversationOfGroup,
  conversationWithUser,
  limit,
  type Message,
  type WireError,
} from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
import { groupMessageBody, ownElements, ownMentions, secondsOf, userMessageBody } from './messages.ts';
import { type Ask, given, nameOf, numberOf, objectsOf, one, type Translation } from './translation.ts';

const PAGE_MAX = limit('messagePage_count_max');
/** How far back a message is looked for. */
const PAGES_MAX = 10;

/** The flags that a message is sent with. */
function control(list: unknown): Record<string, unknown> {
  const has = (flag: string): true | undefined =>
    Array.isArray(list) && list.includes(flag) ? true : undefined;
  return { excludedFromUnreadCount: has('NoUnread'), excludedFromLastMessage: has('NoLastMsg') };
}

const sendToUser = one(
  'sendMessage',
  (body) => ({
    conversationID: conversationWithUser(nameOf(body.To_Account)),
    ...ownElements(body.MsgBody),
    random: body.MsgRandom,
    clientTime: body.MsgClientTime ?? 0,
    clientSequence: body.MsgSeq,
    cloudCustomData: body.CloudCustomData,
    needReadReceipt: body.IsNeedReadReceipt === 1 ? true : undefined,
    onlineUserOnly: body.MsgLifeTime === 0 ? true : undefined,
    ...control(body.SendMsgControl),
  }),
  ({ sequence, timestamp }, body) => ({
    MsgTime: secondsOf(timestamp),
    MsgKey: `${sequence}_${body.MsgRandom}_${secondsOf(timestamp)}`,
  }),
);

const sendToGroup = one(
  'sendMessage',
  (body) => ({
    conversationID: conversationOfGroup(nameOf(body.GroupId)),
    ...ownElements(body.MsgBody),
    random: body.Random,
    clientTime: body.MsgClientTime ?? 0,
    priority: body.MsgPriority,
    atUserList: ownMentions(body.GroupAtInfo),
    cloudCustomData: body.CloudCustomData,
    needReadReceipt: body.NeedReadReceipt === 1 ? true : undefined,
    onlineUserOnly: body.OnlineOnlyFlag === 1 ? true : undefined,
    ...control(body.SendMsgControl),
  }),
  ({ sequence, timestamp }) => ({ MsgTime: secondsOf(timestamp), MsgSeq: sequence }),
);

const NOT_FOUND = { ActionStatus: 'FAIL', ErrorCode: 10_030, ErrorInfo: 'There is no such message.' };

/** `message` is undefined when there is none. */
type Found = { ok: true; message: Message | undefined } | { ok: false; error: WireError };

/** The newest message that is wanted, looked for page by page. */
async function find(
  ask: Ask,
  conversationID: string,
  isWanted: (message: Message) => boolean,
): Promise<Found> {
  let before: number | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const read = await ask('getMessageList', given({ conversationID, before, count: PAGE_MAX }));
    if (!read.ok) return read;
    const { messageList, isCompleted } = read.output;
    const message = messageList.findLast(isWanted);
    if (message || isCompleted) return { ok: true, message };
    before = messageList[0]?.sequence;
  }
  return { ok: true, message: undefined };
}

/** The other side of a one-to-one message, one of whose sides is the caller. */
function peerOf({ From_Account, To_Account }: Body, userID: string): string {
  return conversationWithUser(nameOf(From_Account === userID ? To_Account : From_Account));
}

const revokeToUser: Translation = async ({ body, userID, ask }) => {
  const [info = {}] = objectsOf([body.MsgInfo]);
  const conversationID = peerOf(info, userID);
  const found = await find(ask, conversationID, ({ random }) => random === info.MsgRandom);
  if (!found.ok) return errorBody(found.error);
  if (!found.message) return NOT_FOUND;
  const { sequence } = found.message;
  const revoked = await ask('revokeMessage', { conversationID, sequence });
  return revoked.ok ? {} : errorBody(revoked.error);
};

const revokeInGroup: Translation = async ({ body, ask }) => {
  const conversationID = conversationOfGroup(nameOf(body.GroupId));
  const results: Body[] = [];
  for (const { MsgSeq } of objectsOf(body.MsgSeqList).slice(0, LIST_MAX)) {
    const revoked = await ask('revokeMessage', { conversationID, sequence: MsgSeq });
    results.push({ MsgSeq, RetCode: revoked.ok ? 0 : revoked.error.code });
  }
  return { RecallRetList: results };
};

const LIST_MAX = limit('deletedMessages_perRequest_max');

/** What a message has now; a client that still shows an older form of it compares the versions. */
function modifiedBody(body: Body, now: number): Body {
  return { MsgBody: body.MsgBody, CloudCustomData: body.CloudCustomData, MsgVersion: now };
}

const modifyToUser: Translation = async ({ body, userID, now, ask }) => {
  const conversationID = peerOf(body, userID);
  const found = await find(ask, conversationID, ({ random }) => random === body.MsgRandom);
  if (!found.ok) return errorBody(found.error);
  if (!found.message) return NOT_FOUND;
  const { sequence } = found.message;
  const modified = await ask('modifyMessage', { conversationID, sequence, ...changesOf(body) });
  return modified.ok ? modifiedBody(body, now) : errorBody(modified.error);
};

const modifyInGroup = one(
  'modifyMessage',
  (body) => ({
    conversationID: conversationOfGroup(nameOf(body.GroupId)),
    sequence: body.MsgSeq,
    ...changesOf(body),
  }),
  (_output, body, { now }) => modifiedBody(body, now),
);

function changesOf(body: Body): Record<string, unknown> {
  const payload = body.MsgBody === undefined ? undefined : ownElements(body.MsgBody).payload;
  return given({ payload, cloudCustomData: body.CloudCustomData });
}

/** Keys of one-to-one messages are `<number>_<random>_<time>`. */
const deleteToUser: Translation = async ({ body, ask }) => {
  const conversationID = conversationWithUser(nameOf(body.To_Account));
  const keys = Array.isArray(body.MsgKeyList) ? body.MsgKeyList.slice(0, LIST_MAX) : [];
  const randoms = new Set(keys.map((key) => numberOf(nameOf(key).split('_')[1])));
  const sequenceList: number[] = [];
  for (const random of randoms) {
    const found = await find(ask, conversationID, (message) => message.random === random);
    if (!found.ok) return errorBody(found.error);
    if (found.message) sequenceList.push(found.message.sequence);
  }
  if (sequenceList.length === 0) return {};
  const deleted = await ask('deleteMessage', { conversationID, sequenceList });
  return deleted.ok ? {} : errorBody(deleted.error);
};

const deleteInGroup = one('deleteMessage', (body) => ({
  conversationID: conversationOfGroup(nameOf(body.GroupId)),
  sequenceList: Array.isArray(body.Seqs) ? body.Seqs.map(numberOf) : body.Seqs,
}));

/** One-to-one messages are read up to a time. */
const readFromUser: Translation = async ({ body, ask }) => {
  const [readed = {}] = objectsOf([body.C2CMsgReaded]);
  for (const { To_Account, LastedMsgTime } of objectsOf(readed.C2CMsgReadedItem).slice(0, LIST_MAX)) {
    const conversationID = conversationWithUser(nameOf(To_Account));
    const isRead = ({ timestamp }: Message): boolean => secondsOf(timestamp) <= numberOf(LastedMsgTime);
    const last = await find(ask, conversationID, isRead);
    if (!last.ok) return errorBody(last.error);
    if (!last.message) continue;
    const read = await ask('setMessageRead', { conversationID, through: last.message.sequence });
    if (!read.ok) return errorBody(read.error);
  }
  return {};
};

const readInGroup = one('setMessageRead', (body) => ({
  conversationID: conversationOfGroup(nameOf(body.GroupId)),
  through: body.MsgReadedSeq,
}));

const READ_GROUPS_MAX = limit('conversations_perRequest_max');

const readAll: Translation = async ({ body, ask }) => {
  if (body.C2CReadAllMsg === 1) {
    const read = await ask('setAllMessageRead', { conversationType: 'C2C' });
    if (!read.ok) return errorBody(read.error);
  }
  const results: Body[] = [];
  for (const { GroupId, MsgSeq } of objectsOf(body.GroupReadInfo).slice(0, READ_GROUPS_MAX)) {
    const conversationID = conversationOfGroup(nameOf(GroupId));
    const read = await ask('setMessageRead', { conversationID, through: MsgSeq });
    results.push({ GroupId, MsgSeq, RetCode: read.ok ? 0 : read.error.code });
  }
  return { C2CReadAllMsg: body.C2CReadAllMsg, GroupReadInfoArray: results };
};

/** A key names the place where the last page began. */
const historyWithUser: Translation = async ({ body, ask }) => {
  const conversationID = conversationWithUser(nameOf(body.Peer_Account));
  const before = numberOf(nameOf(body.MsgKey).split('_')[0]) || undefined;
  const read = await ask('getMessageList', given({ conversationID, before, count: pageCount(body.MaxCnt) }));
  if (!read.ok) return errorBody(read.error);
  const { messageList, isCompleted } = read.output;
  const [oldest] = messageList;
  return {
    MsgList: messageList.map(userMessageBody),
    Complete: isCompleted ? 1 : 0,
    LastMsgTime: oldest ? secondsOf(oldest.timestamp) : 0,
    MsgKey: oldest ? `${oldest.sequence}_${oldest.random}_${secondsOf(oldest.timestamp)}` : '',
  };
};

const COMPLETE = 2;

const historyOfGroup: Translation = async ({ body, ask }) => {
  const conversationID = conversationOfGroup(nameOf(body.GroupId));
  if (Array.isArray(body.ReqMsgSeqList)) return messagesBySequence(ask, conversationID, body.ReqMsgSeqList);
  const last = numberOf(body.ReqMsgSeq) || 0;
  const before = last > 0 ? last + 1 : undefined;
  const count = pageCount(body.ReqMsgNumber);
  const read = await ask('getMessageList', given({ conversationID, before, count }));
  if (!read.ok) return errorBody(read.error);
  const { messageList, isCompleted } = read.output;
  return {
    GroupId: body.GroupId,
    RspMsgList: messageList.map(groupMessageBody).reverse(),
    IsFinished: isCompleted ? COMPLETE : 1,
    NextReqMsgSeq: isCompleted ? 0 : Math.max(0, (messageList[0]?.sequence ?? 1) - 1),
  };
};

async function messagesBySequence(
  ask: Ask,
  conversationID: string,
  sequences: readonly unknown[],
): Promise<Body> {
  const found: Body[] = [];
  for (const sequence of sequences.slice(0, LIST_MAX)) {
    const read = await ask('getMessageList', { conversationID, before: numberOf(sequence) + 1, count: 1 });
    const message = read.ok ? read.output.messageList[0] : undefined;
    if (message && message.sequence === sequence) found.push(groupMessageBody(message));
  }
  return { RspMsgList: found, IsFinished: COMPLETE, NextReqMsgSeq: 0 };
}

function pageCount(count: unknown): number | undefined {
  return typeof count === 'number' && count > 0 ? Math.min(count, PAGE_MAX) : undefined;
}

export const USER_MESSAGE_TRANSLATIONS: Record<string, Translation> = {
  sendmsg: sendToUser,
  msgwithdraw: revokeToUser,
  modify_c2c_msg: modifyToUser,
  modify_group_msg: modifyInGroup,
  delete_c2c_msg_ramble: deleteToUser,
  msgreaded: readFromUser,
  read_all_unread_msg: readAll,
  getroammsg: historyWithUser,
};

export const GROUP_MESSAGE_TRANSLATIONS: Record<string, Translation> = {
  send_group_msg: sendToGroup,
  group_msg_recall: revokeInGroup,
  delete_group_ramble_msg_by_seq: deleteInGroup,
  msg_read_report: readInGroup,
  group_msg_get: historyOfGroup,
};
