/** A user's conversations as they are kept, and what rules about them are shown and change (CV, CG). */
import type { ConversationState, Mention, Message, Tally } from '@muster/protocol';
import type {
  ConversationGroupChanges,
  ConversationGroupRecord,
} from '../conversation-groups/conversation-group-state.ts';
import type { GroupRecord, MemberRecord } from '../groups/group-state.ts';
import type { Chat, MessageRecord } from '../messages/message-state.ts';
import type { UserRecord } from '../users/user-state.ts';

/**
 * What is stored of one user's conversation. A one-to-one conversation has a record from its first message, or its
 * first setting, on; a group's only from the first setting on, and until its user leaves the group (CG15). It belongs
 * to the generation of its group that it was written in (0 for one-to-one): another generation has none.
 */
export interface ConversationRecord extends ConversationState {
  generation: number;
  /** One-to-one only: the pair's own numbers, as this user counts them. All 0 in a group's record. */
  tally: Tally;
  /** One-to-one only: milliseconds when its first message came, 0 before. */
  appearedAt: number;
  /** One-to-one only: how far the other side has read, and when (seconds). */
  peerRead: { sequence: number; time: number };
}

/** A conversation with all it is worked out from, as storage reads it. */
export interface ConversationRow {
  conversationID: string;
  record: ConversationRecord | undefined;
  /** A group's, while it lives. */
  group: GroupRecord | undefined;
  /** The user in that group. */
  member: MemberRecord | undefined;
  /** One-to-one: the other side, if he ever logged in. */
  peer: UserRecord | undefined;
}

/** The same with what its list entry shows of messages. */
export interface ListedConversationRow extends ConversationRow {
  /** The newest message that the user has not deleted, after `visibleAfter`, that may be a last message. */
  lastMessage: Message | undefined;
  /** Messages after the read mark that name the user, oldest first. */
  mentions: readonly Mention[];
}

/** What a rule about conversations of one or several users is shown. */
export interface ConversationsState {
  /** Those of the named users who have logged in once. */
  users: ReadonlyMap<string, UserRecord>;
  /** Every conversation that the request names, by `conversationKey`. */
  conversations: ReadonlyMap<string, ConversationRow>;
  /** The tallies at the sequences that the request asks for, by `conversationKey`. */
  tallies: ReadonlyMap<string, Tally>;
  /** Those of the named messages of the named chat that exist. */
  messages: ReadonlyMap<number, MessageRecord>;
  /** The newest message left without those that the request leaves out, when it asks for it. */
  lastMessage?: Message | undefined;
  /** The first user's conversation groups by id, when the request asks for them. */
  conversationGroups?: readonly ConversationGroupRecord[] | undefined;
  /** The highest id that the user ever gave a conversation group. */
  lastConversationGroupID?: number;
}

/** What such a rule changes. */
export interface ConversationsChanges {
  conversations?: [userID: string, ConversationRecord][];
  /** A new message, or one that takes the place of an older form of itself. */
  message?: MessageRecord;
  deletedMessages?: { userID: string; chat: Chat; sequenceList: readonly number[] };
  /** Of the first named user. */
  conversationGroups?: ConversationGroupChanges;
}
