/**
 * Every event that the server tells a device, in one table.
 *
 * `logged` events each count: they are numbered within their scope, stored in the transaction that makes them and
 * reach a device in order, exactly once (DL4). `latest` events tell the newest value only (GC13). `session` events
 * concern one connection.
 */
import type { GroupCountersFrame } from './group-counters/group-counters-event.ts';
import type { GroupAttribute } from './groups/group-attributes.ts';
import type { GroupProfile, GroupView, MemberInfo, Role } from './groups/group-view.ts';
import type { Profile } from './users/profile.ts';

export interface EventRow {
  class: 'logged' | 'latest' | 'session';
  scope: 'user' | 'group' | 'none';
  /** The events of the SDK that it raises there. */
  raises: readonly string[];
  doc: string;
}

export const EVENTS = {
  profileUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['PROFILE_UPDATED'],
    doc: 'The user changed his own profile.',
  },
  groupJoined: {
    class: 'logged',
    scope: 'user',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The user is in a group now: he created it, joined it, or was added.',
  },
  groupLeft: {
    class: 'logged',
    scope: 'user',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The user is no longer in a group: he quit it or was removed.',
  },
  groupProfileUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The profile of a group changed.',
  },
  groupMembersUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'Members joined or left, or the role of one changed.',
  },
  groupMemberUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The name card of a member changed, or the time until which he is muted.',
  },
  groupAttributesUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_ATTRIBUTES_UPDATED'],
    doc: 'Attributes of a group were written or deleted: all that there are now, and the keys of what changed.',
  },
  groupDismissed: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The group was dismissed. Nothing of the group follows.',
  },
  groupCounters: {
    class: 'latest',
    scope: 'group',
    raises: ['GROUP_COUNTER_UPDATED', 'GROUP_COUNTER_DELETED'],
    doc: 'Counters of a group changed or were deleted.',
  },
  groupSnapshot: {
    class: 'session',
    scope: 'none',
    raises: ['GROUP_LIST_UPDATED', 'GROUP_ATTRIBUTES_UPDATED'],
    doc: 'Replaces what the device had of one group, when its log cannot tell what it missed.',
  },
  kickedOut: {
    class: 'session',
    scope: 'none',
    raises: ['KICKED_OUT', 'SDK_NOT_READY'],
    doc: 'This login has ended. The connection is closed after it.',
  },
  goodbye: {
    class: 'session',
    scope: 'none',
    raises: [],
    doc: 'The server is stopping or cuts this connection: connect again, within the window it names.',
  },
} as const satisfies Record<string, EventRow>;

export type EventName = keyof typeof EVENTS;

/** Who caused an event: lets a device recognise its own operation. Absent for what no device did. */
export interface Cause {
  device: number;
  seq: number;
}

/** The logged events, by name. */
export type LoggedEvent =
  | { name: 'profileUpdated'; profile: Profile; by?: Cause }
  | { name: 'groupJoined'; group: GroupView; by?: Cause }
  | { name: 'groupLeft'; groupID: string; reason: 'quit' | 'removed'; by?: Cause }
  | { name: 'groupProfileUpdated'; profile: GroupProfile; by?: Cause }
  | {
      name: 'groupMembersUpdated';
      groupID: string;
      memberCount: number;
      joined: string[];
      left: string[];
      roles: { userID: string; role: Role }[];
      by?: Cause;
    }
  | { name: 'groupMemberUpdated'; groupID: string; member: MemberInfo; by?: Cause }
  | {
      name: 'groupAttributesUpdated';
      groupID: string;
      groupAttributes: GroupAttribute[];
      updatedKeyList: string[];
      deletedKeyList: string[];
      by?: Cause;
    }
  | { name: 'groupDismissed'; groupID: string; by?: Cause };

/** Consecutive events of one scope; `seq` numbers the first of them. */
export interface LogFrame {
  event: 'log';
  scope: string;
  seq: number;
  events: LoggedEvent[];
}

/** One group as it is now, or null when the device's user is no longer in it or it is gone. */
export interface GroupSnapshotFrame {
  event: 'groupSnapshot';
  groupID: string;
  group: GroupView | null;
}

export const KICK_TYPES = ['multipleAccount', 'userSigExpired', 'REST_API_Kick'] as const;
export type KickType = (typeof KICK_TYPES)[number];

export interface KickedOutFrame {
  event: 'kickedOut';
  type: KickType;
}

/** `withinMs` is the window over which devices spread their reconnects. */
export interface GoodbyeFrame {
  event: 'goodbye';
  reason: string;
  withinMs: number;
}

export type EventFrame = LogFrame | GroupCountersFrame | GroupSnapshotFrame | KickedOutFrame | GoodbyeFrame;
