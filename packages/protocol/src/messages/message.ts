import Type, { type Static } from 'typebox';
import { strict } from '../schema-parts.ts';

/** The types of message that are sent and stored, in the original's own values (MS1). */
export const MESSAGE_TYPES = ['TIMTextElem', 'TIMCustomElem', 'TIMFaceElem', 'TIMLocationElem'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

export const MESSAGE_PRIORITIES = ['High', 'Normal', 'Low', 'Lowest'] as const;
export type MessagePriority = (typeof MESSAGE_PRIORITIES)[number];

export const CONVERSATION_TYPES = ['C2C', 'GROUP'] as const;
export type ConversationType = (typeof CONVERSATION_TYPES)[number];

const oneOf = <T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

export const MessageTypeSchema = oneOf(MESSAGE_TYPES);
export const MessagePrioritySchema = oneOf(MESSAGE_PRIORITIES);
export const ConversationTypeSchema = oneOf(CONVERSATION_TYPES);

/** What a message carries, by its type: the API's own fields. A rule of `domain` says which those are. */
export const MessagePayload = Type.Unsafe<Record<string, unknown>>(Type.Object({}));
export type MessagePayload = Record<string, unknown>;

/**
 * A message as it is stored and told, the same for everyone who sees it; the names are the API's. `sequence` is its
 * place in its conversation (MS2); an online-only one has 0. The two `excluded` flags are there when they are true.
 */
export const Message = strict({
  sequence: Type.Integer(),
  random: Type.Integer(),
  conversationType: ConversationTypeSchema,
  from: Type.String(),
  /** A userID or a groupID. */
  to: Type.String(),
  type: MessageTypeSchema,
  payload: MessagePayload,
  /** Milliseconds, by the server's clock. */
  timestamp: Type.Integer(),
  /** Seconds, by the sender's clock. */
  clientTime: Type.Integer(),
  priority: MessagePrioritySchema,
  nick: Type.String(),
  avatar: Type.String(),
  nameCard: Type.String(),
  atUserList: Type.Array(Type.String()),
  cloudCustomData: Type.String(),
  needReadReceipt: Type.Boolean(),
  isModified: Type.Boolean(),
  isRevoked: Type.Boolean(),
  /** Who took it back; '' while nobody has. */
  revoker: Type.String(),
  revokeReason: Type.String(),
  /** There when the original SDK said it. */
  clientSequence: Type.Optional(Type.Integer()),
  excludedFromUnreadCount: Type.Optional(Type.Boolean()),
  excludedFromLastMessage: Type.Optional(Type.Boolean()),
});
export type Message = Static<typeof Message>;
