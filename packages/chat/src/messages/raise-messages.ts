/** From what was heard to the events of messages (MS1, MS4, MS5), once all of it is applied (CG14). */
import type { GroupView, LoggedEvent, OnlineMessageFrame, RoomTipFrame } from '@muster/protocol';
import { EVENT } from '../constants/event.ts';
import { TYPES } from '../constants/types.ts';
import type { Core } from '../core.ts';
import type { Raiser } from '../events.ts';
import { groupOf } from '../group-of.ts';
import * as LIMITS from '../limits.ts';
import type { AnyMessage } from '../types/messages.ts';
import { type Saying, sayingOf } from './group-tips.ts';
import { blankMessage, messageOf, SYSTEM } from './message-of.ts';

/** Something heard, with the group that it concerns as that was before. */
export interface Heard {
  event: LoggedEvent | OnlineMessageFrame | RoomTipFrame;
  before?: GroupView | undefined;
}

/** What they are made with; the session is there when they are. */
export type Parts = Pick<Core, 'mirror' | 'seen' | 'session' | 'around'>;

export type RaiseMessages = (heard: Heard[], events: Raiser) => void;

/** What all events that are said in tips and notices have some of. */
interface Deed {
  groupID?: string;
  userID?: string;
  operatorID?: string;
  memberCount?: number;
  profile?: { groupID: string };
  group?: GroupView | undefined;
}

/** The message that says it, to everybody in the group or to this user. */
function said({ session, around }: Parts, { groupID, group, ...event }: Deed, saying: Saying): AnyMessage {
  const { operationType, memberList = [], newGroupProfile = {}, isNotice } = saying;
  const { userID, operatorID = userID, memberCount = group?.profile.memberCount } = event;
  const payload = {
    operationType,
    operatorID,
    groupProfile: group ? groupOf(group) : { groupID },
    ...(isNotice
      ? { handleMessage: '' }
      : { memberCount, memberList, newGroupProfile, userIDList: memberList.map((member) => member.userID) }),
  };
  const message = {
    ...blankMessage(session.serverTime, around.random()),
    type: isNotice ? TYPES.MSG_GRP_SYS_NOTICE : TYPES.MSG_GRP_TIP,
    from: SYSTEM,
    to: isNotice ? session.userID : groupID,
    conversationType: 'GROUP',
    payload,
  };
  return Object.assign(
    messageOf(message as never, ''),
    isNotice && { conversationType: SYSTEM, conversationID: SYSTEM },
  );
}

export function messageRaiser(core: Parts): RaiseMessages {
  const { seen, mirror } = core;
  /** When a group told of comings and goings within the last second. */
  const told = new Map<string, number[]>();

  const isTooMuch = ({ operationType, isNotice }: Saying, groupID: string) => {
    // Only joining and quitting are said so often.
    if (isNotice || operationType > TYPES.GRP_TIP_MBR_QUIT) return false;
    const now = core.session.serverTime;
    const last = (told.get(groupID) ?? []).filter((at) => now - at < 1_000);
    told.set(groupID, last);
    return last.length >= LIMITS.groupTips_perSecond_max || !last.push(now);
  };

  const received = ({ event, before }: Heard): AnyMessage[] => {
    const isOwn = 'by' in event && event.by?.device === core.session.device;
    if ('message' in event && !('name' in event && event.name !== 'messageSent')) {
      const message = seen.show(event.message);
      return isOwn ? [] : [message];
    }
    const deed = event as Deed;
    const groupID = deed.groupID ?? (deed.profile ?? deed.group?.profile)?.groupID ?? '';
    const now = Math.floor(core.session.serverTime / 1_000);
    const saying = sayingOf(event as LoggedEvent | RoomTipFrame, {
      before,
      now,
      isOwn,
      userID: core.session.userID,
    });
    return saying && !isTooMuch(saying, groupID)
      ? [said(core, { ...deed, groupID, group: mirror.heldGroups.get(groupID) ?? before }, saying)]
      : [];
  };

  return (heard, events) => {
    const tell = (name: string, messages: AnyMessage[]) => {
      if (messages.length > 0) events.raise(name, messages);
    };
    const come = heard.flatMap(received);
    const modified: AnyMessage[] = [];
    const revoked: AnyMessage[] = [];
    for (const { event } of heard) {
      if ('event' in event) continue;
      if (event.name === 'messageModified') modified.push(seen.show(event.message));
      if (event.name === 'messageRevoked') revoked.push(...seen.revoke(event));
      if (event.name === 'messagesDeleted') seen.forget(event);
    }
    tell(EVENT.MESSAGE_RECEIVED, come);
    tell(EVENT.MESSAGE_MODIFIED, modified);
    tell(EVENT.MESSAGE_REVOKED, revoked);
    if (heard.length > 0) tell(EVENT.MESSAGE_READ_BY_PEER, seen.newlyRead());
  };
}
