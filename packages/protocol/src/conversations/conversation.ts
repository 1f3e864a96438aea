import Type, { type Static } from 'typebox';
import { Message } from '../messages/message.ts';
import { strict } from '../schema-parts.ts';
import { Profile } from '../users/profile.ts';

export const MESSAGE_REMIND_TYPES = ['AcceptAndNotify', 'AcceptNotNotify', 'Discard'] as const;
export type MessageRemindType = (typeof MESSAGE_REMIND_TYPES)[number];
export const MessageRemindTypeSchema = Type.Unsafe<MessageRemindType>(
  Type.Union(MESSAGE_REMIND_TYPES.map((type) => Type.Literal(type))),
);

/**
 * How far something has counted in a conversation: the last sequence, how many messages counted as unread for
 * somebody up to there, and how many of those were the user's own. What is unread is
 * `(counted - read.counted) - (own - read.own)`, in whatever order messages and read marks become known.
 */
export const Tally = strict({ sequence: Type.Integer(), counted: Type.Integer(), own: Type.Integer() });
export type Tally = Static<typeof Tally>;

/**
 * What only the user changes of his conversation, whole. A conversation is in his list while `sequence` of its
 * tally is above `hiddenThrough` (-1: a group's that was never deleted); its history begins after `clearedThrough`.
 */
export const ConversationState = strict({
  conversationID: Type.String(),
  isPinned: Type.Boolean(),
  messageRemindType: MessageRemindTypeSchema,
  /** The numbers of the bits that are set, ascending: 0 is the star. */
  markList: Type.Array(Type.Integer()),
  customData: Type.String(),
  read: Tally,
  hiddenThrough: Type.Integer(),
  clearedThrough: Type.Integer(),
});
export type ConversationState = Static<typeof ConversationState>;

/** A message after the read mark that named the user, or everybody. */
export const Mention = strict({ sequence: Type.Integer(), from: Type.String(), isAll: Type.Boolean() });
export type Mention = Static<typeof Mention>;

/** The other side of a one-to-one conversation, and how far he has read. */
export const Peer = strict({
  profile: Profile,
  readSequence: Type.Integer(),
  /** Seconds; 0 while he has read nothing. */
  readTime: Type.Integer(),
});
export type Peer = Static<typeof Peer>;

/** A conversation as its user's devices mirror it. `peer` is null for a group's. */
export const ConversationView = strict({
  state: ConversationState,
  tally: Tally,
  /** Milliseconds. */
  appearedAt: Type.Integer(),
  lastMessage: Type.Union([Message, Type.Null()]),
  mentions: Type.Array(Mention),
  peer: Type.Union([Peer, Type.Null()]),
});
export type ConversationView = Static<typeof ConversationView>;
