/** The forms of events: what the server tells a device, in the words of our wire. */
import type { ConversationGroup } from './conversation-groups/conversation-group.ts';
import type { ConversationState, ConversationView } from './conversations/conversation.ts';
import type { GroupCountersFrame } from './group-counters/group-counters-event.ts';
import type { GroupAttribute } from './groups/group-attributes.ts';
import type { GroupProfile, GroupView, MemberInfo, Role } from './groups/group-view.ts';
import type { Message } from './messages/message.ts';
import type { Profile } from './users/profile.ts';

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
      /** As the message has it. */
      clientSequence?: number;
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
