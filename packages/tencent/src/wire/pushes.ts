/** Our frames as the pushes of the original SDK's sockets. */
import type {
  EventFrame,
  GroupCountersFrame,
  KickType,
  LogFrame,
  LoggedEvent,
  ServerFrame,
} from '@muster/protocol';
import { conversationEvents } from './conversation-pushes.ts';
import { type Body, pushText } from './frame.ts';
import { counterBody } from './group-counters.ts';
import { groupEvents, groupReplaced, roomTip } from './group-pushes.ts';
import type { WireMemory } from './memory.ts';
import { messageEvents, onlineMessageEvents } from './message-pushes.ts';
import { profileItems } from './users.ts';

export const PUSH = 'im_open_push.msg_push';
const KICK = 'im_open_status.stat_forceoffline';

/** Whom a push is for. */
export interface PushReader {
  userID: string;
  device: number;
  /** Milliseconds since 1970. */
  now: number;
  memory: WireMemory;
}

/** Numbers that the client knows: what has become of the login. */
const KICK_TYPES: Record<KickType, number> = { multipleAccount: 1, userSigExpired: 1, REST_API_Kick: 3 };

/** A frame as text for the socket; undefined when there is nothing to tell this client. */
export function pushOf(frame: ServerFrame, reader: PushReader): string | undefined {
  if ('mark' in frame) return markPush(frame.mark);
  if (!('event' in frame)) return undefined;
  if (frame.event === 'kickedOut') return kickPush(frame.type);
  const events = eventsOf(frame, reader);
  return events.length === 0 ? undefined : pushText(PUSH, { EventArray: events, NeedAck: 0 });
}

/** Whether a frame is told to every reader in the same words: what a group is told. */
export function isSameForAll(frame: ServerFrame): boolean {
  if (!('event' in frame)) return false;
  if (frame.event === 'log') return frame.scope.startsWith('group:') && !frame.events.some(isPersonal);
  return frame.event === 'groupCounters' || frame.event === 'roomTip';
}

const PERSONAL: ReadonlySet<string> = new Set([
  'messageRevoked',
  'messageModified',
  'groupAttributesUpdated',
]);

/** Whether an event of a group is told to some of its members in their own words. */
function isPersonal(event: LoggedEvent): boolean {
  if (event.name === 'messageSent') return event.message.atUserList.length > 0;
  return PERSONAL.has(event.name);
}

/** A mark: the client sends `SessionData` back once it has read everything before it (DL6). */
function markPush(mark: number): string {
  return pushText(PUSH, { EventArray: [], NeedAck: 1, SessionData: String(mark) });
}

function kickPush(type: KickType): string {
  const notice = { KickoutMsgNotify: { KickType: KICK_TYPES[type], NewInstInfo: {} } };
  return pushText(KICK, { EventArray: [{ Event: 10, C2cNotifyMsgArray: [notice] }] });
}

/** The events that a push of a frame holds. */
export function eventsOf(frame: EventFrame, reader: PushReader): Body[] {
  switch (frame.event) {
    case 'log':
      return logEvents(frame, reader);
    case 'groupCounters':
      return counterEvents(frame.groupID, { ...frame, counters: frame.counters.filter(isNews(frame)) });
    case 'groupSnapshot':
      return [groupReplaced(frame, reader)];
    case 'onlineMessage':
      return onlineMessageEvents(frame.message, reader);
    case 'roomTip':
      return [roomTip(frame, reader.now)];
    default:
      return [];
  }
}

/** A whole set names what the client has, too. */
function isNews({ since, anew }: GroupCountersFrame) {
  return ({ version }: { version: number }): boolean => anew === true || version > since;
}

function logEvents({ scope, seq, events }: LogFrame, reader: PushReader): Body[] {
  return events.flatMap((event, index) => {
    const place = { ...reader, scope, seq: seq + index };
    return TELLERS.flatMap((tell) => tell(event, place));
  });
}

/** Each knows the events of some features. */
const TELLERS = [profileEvents, groupEvents, messageEvents, conversationEvents];

/** Where an event stands: makes names for what is told of it. */
export interface EventPlace extends PushReader {
  scope: string;
  seq: number;
}

/** Of no meaning to the client, which looks at what an event holds. */
const PROFILE = 8;

function profileEvents(event: LoggedEvent): Body[] {
  if (event.name !== 'profileUpdated') return [];
  const { profile } = event;
  const changed = { Profile_Account: profile.userID, ProfileList: profileItems(profile) };
  return [{ Event: PROFILE, ProfileDataMod: [changed] }];
}

const VALUES = 0;
const DELETED = 1;

/** The client forgets a key only when it is told so; it raises an event for each value. */
export function counterEvents(
  groupID: string,
  {
    version,
    counters,
    deleted,
  }: {
    version: number;
    counters: readonly Parameters<typeof counterBody>[0][];
    deleted: readonly { key: string }[];
  },
): Body[] {
  const infos: Body[] = [];
  if (deleted.length > 0) {
    const keys = deleted.map(({ key }) => ({ Key: key }));
    infos.push({ Type: DELETED, GroupCounterSeq: version, GroupCounter: keys });
  }
  if (counters.length > 0) {
    infos.push({ Type: VALUES, GroupCounterSeq: version, GroupCounter: counters.map(counterBody) });
  }
  if (infos.length === 0) return [];
  return [{ Event: 6, GroupTips: [{ ToGroupId: groupID, MsgBody: { GroupCounterInfo: infos } }] }];
}
