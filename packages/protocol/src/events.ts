/**
 * Every event that the server tells a device, in one table.
 *
 * `logged` events each count: they are numbered within their scope, stored in the transaction that makes them and
 * reach a device in order, exactly once (DL4). `latest` events tell the newest value only (GC13). `session` events
 * concern one connection. `passing` events reach those who are connected and are kept nowhere (MS3, MS5).
 */
import type { ConversationGroup } from './conversation-groups/conversation-group.ts';
import type { ConversationState, ConversationView } from './conversations/conversation.ts';
import type { GroupCountersFrame } from './group-counters/group-counters-event.ts';
import type { GroupAttribute } from './groups/group-attributes.ts';
import type { GroupProfile, GroupView, MemberInfo, Role } from './groups/group-view.ts';
import type { Message } from './messages/message.ts';
import type { Profile } from './users/profile.ts';

export interface EventRow {
  class: 'logged' | 'latest' | 'session' | 'passing';
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
  messageSent: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_RECEIVED', 'CONVERSATION_LIST_UPDATED', 'TOTAL_UNREAD_MESSAGE_COUNT_UPDATED'],
    doc: "A message was said: in a group's log, or for one-to-one in the logs of both users.",
  },
  messageRevoked: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_REVOKED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A message was taken back, told where it was told.',
  },
  messageModified: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_MODIFIED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A message has another payload or other custom data, told where it was told.',
  },
  messagesDeleted: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_LIST_UPDATED'],
    doc: 'The user took messages out of his history.',
  },
  messageReadByPeer: {
    class: 'logged',
    scope: 'user',
    raises: ['MESSAGE_READ_BY_PEER', 'CONVERSATION_LIST_UPDATED'],
    doc: "The other side of a one-to-one conversation has read the user's messages.",
  },
  conversationsUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_LIST_UPDATED', 'TOTAL_UNREAD_MESSAGE_COUNT_UPDATED'],
    doc: 'What only the user changes of his conversations: read marks, pins, marks, deletion and the like.',
  },
  conversationGroupCreated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'The user has one more conversation group.',
  },
  conversationGroupDeleted: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'The user has one conversation group less.',
  },
  conversationGroupRenamed: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A conversation group has another name.',
  },
  conversationGroupMembersUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED', 'CONVERSATION_IN_GROUP_UPDATED'],
    doc: 'Conversations were put into a conversation group, or taken out of it.',
  },
  onlineMessage: {
    class: 'passing',
    scope: 'none',
    raises: ['MESSAGE_RECEIVED'],
    doc: 'A message that is not stored: of an AVChatRoom (MS3), or for connected devices only (MS5).',
  },
  roomTip: {
    class: 'passing',
    scope: 'none',
    raises: ['MESSAGE_RECEIVED'],
    doc: 'Somebody came into an AVChatRoom or left it (MS4).',
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
  | {
      name: 'groupJoined';
      group: GroupView;
      conversation: ConversationView;
      reason: 'created' | 'joined' | 'added';
      /** Who brought it about; the user himself when he joined. */
      operatorID: string;
      by?: Cause;
    }
  | { name: 'groupLeft'; groupID: string; reason: 'quit' | 'removed'; operatorID: string; by?: Cause }
  | { name: 'groupProfileUpdated'; profile: GroupProfile; operatorID: string; by?: Cause }
  | {
      name: 'groupMembersUpdated';
      groupID: string;
      memberCount: number;
      joined: string[];
      left: string[];
      roles: { userID: string; role: Role }[];
      operatorID: string;
      by?: Cause;
    }
  | { name: 'groupMemberUpdated'; groupID: string; member: MemberInfo; operatorID: string; by?: Cause }
  | {
      name: 'groupAttributesUpdated';
      groupID: string;
      groupAttributes: GroupAttribute[];
      updatedKeyList: string[];
      deletedKeyList: string[];
      by?: Cause;
    }
  | { name: 'groupDismissed'; groupID: string; operatorID: string; by?: Cause }
  | {
      name: 'messageSent';
      conversationID: string;
      message: Message;
      /** In a user's log, when the conversation is new to him: all of it, with this message. */
      conversation?: ConversationView;
      by?: Cause;
    }
  | {
      name: 'messageRevoked';
      conversationID: string;
      sequence: number;
      revoker: string;
      revokeReason: string;
      by?: Cause;
    }
  | { name: 'messageModified'; conversationID: string; message: Message; by?: Cause }
  | {
      name: 'messagesDeleted';
      conversationID: string;
      sequenceList: number[];
      /** The newest that is left, for a device whose last message is among those deleted. */
      lastMessage: Message | null;
      by?: Cause;
    }
  | {
      name: 'messageReadByPeer';
      conversationID: string;
      readSequence: number;
      /** Seconds. */
      readTime: number;
      by?: Cause;
    }
  | { name: 'conversationsUpdated'; conversations: ConversationState[]; by?: Cause }
  | { name: 'conversationGroupCreated'; conversationGroup: ConversationGroup; by?: Cause }
  | { name: 'conversationGroupDeleted'; conversationGroupID: number; by?: Cause }
  | { name: 'conversationGroupRenamed'; conversationGroupID: number; groupName: string; by?: Cause }
  | {
      name: 'conversationGroupMembersUpdated';
      conversationGroupID: number;
      added: string[];
      removed: string[];
      by?: Cause;
    };

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
  /** Its conversation; null for an AVChatRoom and when there is no group. */
  conversation: ConversationView | null;
}

/** A message that nothing is kept of. */
export interface OnlineMessageFrame {
  event: 'onlineMessage';
  conversationID: string;
  message: Message;
}

/** Who came or left, and how many are there now. */
export interface RoomTipFrame {
  event: 'roomTip';
  groupID: string;
  kind: 'joined' | 'left';
  userID: string;
  nick: string;
  avatar: string;
  memberCount: number;
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

export type EventFrame =
  | LogFrame
  | GroupCountersFrame
  | GroupSnapshotFrame
  | OnlineMessageFrame
  | RoomTipFrame
  | KickedOutFrame
  | GoodbyeFrame;
