/** From what was heard to the events of messages (MS1, MS4, MS5), once all of it is applied (CG14). */
import type { GroupView, LoggedEvent, OnlineMessageFrame, RoomTipFrame } from '@muster/protocol';
import { EVENT } from '../constants/event.ts';
import type { Raiser } from '../events.ts';
import { groupOf } from '../groups/group-of.ts';
import * as LIMITS from '../limits.ts';

import type { AnyMessage } from '../types/messages.ts';
import { type Saying, sayingsOf } from './group-tips.ts';
import { blankMessage, messageOf, SYSTEM } from './message-of.ts';
import type { SeenMessages } from './seen-messages.ts';

/** Something heard, with the group that it concerns as that was before. */
export interface Heard {
  event: LoggedEvent | OnlineMessageFrame | RoomTipFrame;
  before?: GroupView | undefined;
}

interface Parts {
  /** A group that the device is in. */
  groupOf(groupID: string): GroupView | undefined;
  seen: SeenMessages;
  userID(): string;
  /** This device's number. */
  device(): number | undefined;
  /** Milliseconds, by the server's clock. */
  now(): number;
  random(): number;
}

export type RaiseMessages = (heard: Heard[], events: Raiser) => void;

export function messageRaiser(parts: Parts): RaiseMessages {
  const { seen } = parts;
  /** When a group told of comings and goings within the last second. */
  const told = new Map<string, number[]>();

  const isTooMuch = ({ groupID, payload }: Saying) => {
    // Only joining and quitting are said so often.
    if (payload.operationType > 2) return false;
    const now = parts.now();
    const last = (told.get(groupID) ?? []).filter((at) => now - at < 1_000);
    told.set(groupID, last);
    return last.length >= LIMITS.groupTips_perSecond_max || !last.push(now);
  };

  const said = ({ type, groupID, payload }: Saying, before: GroupView | undefined) => {
    const group = parts.groupOf(groupID) ?? before;
    const isNotice = payload.userIDList === undefined;
    const wire = {
      ...blankMessage(parts.now(), parts.random()),
      type,
      from: SYSTEM,
      to: isNotice ? parts.userID() : groupID,
      conversationType: 'GROUP',
      payload: {
        memberCount: group?.profile.memberCount,
        ...payload,
        groupProfile: group ? groupOf(group) : { groupID },
      },
    };
    const message = messageOf(wire as never, parts.userID());
    if (!isNotice) return message;
    return Object.assign(message, { conversationType: SYSTEM, conversationID: SYSTEM });
  };

  const received = ({ event, before }: Heard): AnyMessage[] => {
    const isOwn = 'by' in event && event.by?.device === parts.device();
    if ('event' in event ? event.event === 'onlineMessage' : event.name === 'messageSent') {
      const message = seen.show((event as OnlineMessageFrame).message);
      return isOwn ? [] : [message];
    }
    const sayings = sayingsOf(event as LoggedEvent | RoomTipFrame, { before, now: parts.now(), isOwn });
    return sayings.filter((saying) => !isTooMuch(saying)).map((saying) => said(saying, before));
  };

  return (heard, events) => {
    const revoked: AnyMessage[] = [];
    const modified: AnyMessage[] = [];
    const come: AnyMessage[] = [];
    for (const one of heard) {
      const { event } = one;
      come.push(...received(one));
      if ('event' in event) continue;
      if (event.name === 'messageRevoked') {
        const { conversationID, sequence, revoker, revokeReason } = event;
        revoked.push(...seen.change(conversationID, sequence, { isRevoked: true, revoker, revokeReason }));
      }
      if (event.name === 'messageModified') modified.push(seen.show(event.message));
      if (event.name === 'messagesDeleted') seen.forget(event.conversationID, event.sequenceList);
    }
    const tell = (name: string, messages: AnyMessage[]) => {
      if (messages.length > 0) events.raise(name, messages);
    };
    tell(EVENT.MESSAGE_RECEIVED, come);
    tell(EVENT.MESSAGE_MODIFIED, modified);
    tell(EVENT.MESSAGE_REVOKED, revoked);
    if (heard.length > 0) tell(EVENT.MESSAGE_READ_BY_PEER, seen.newlyRead());
  };
}
