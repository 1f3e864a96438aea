import Type, { type Static } from 'typebox';
import { LIMITS } from '../limits.ts';
import { ConversationIDInput, CountInput, Empty, strict, Text } from '../schema-parts.ts';
import { Message, MessagePayload, MessagePrioritySchema, MessageTypeSchema } from './message.ts';

const LongText = Type.String({ maxLength: 65_536 });

/** `random` and `clientTime` are the sender's: with his userID they make the message's ID. */
export const SendMessageInput = strict({
  conversationID: ConversationIDInput,
  type: MessageTypeSchema,
  payload: MessagePayload,
  random: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
  /** Seconds. */
  clientTime: CountInput,
  /** The number by which the original SDK and its peers know a one-to-one message; ours go by `sequence` alone. */
  clientSequence: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  priority: Type.Optional(MessagePrioritySchema),
  atUserList: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 100 })),
  cloudCustomData: Type.Optional(LongText),
  needReadReceipt: Type.Optional(Type.Boolean()),
  /** Reaches connected devices only; nothing of it is kept (MS5). */
  onlineUserOnly: Type.Optional(Type.Boolean()),
  excludedFromUnreadCount: Type.Optional(Type.Boolean()),
  excludedFromLastMessage: Type.Optional(Type.Boolean()),
});
export type SendMessageInput = Static<typeof SendMessageInput>;
/** What the server put into the message. */
export const SendMessageOutput = strict({
  sequence: Type.Integer(),
  timestamp: Type.Integer(),
  nick: Type.String(),
  avatar: Type.String(),
  nameCard: Type.String(),
});
export type SendMessageOutput = Static<typeof SendMessageOutput>;

export const RevokeMessageInput = strict({
  conversationID: ConversationIDInput,
  sequence: CountInput,
  revokeReason: Type.Optional(Text),
});
export type RevokeMessageInput = Static<typeof RevokeMessageInput>;
export const MessageOutput = strict({ message: Message });
export type MessageOutput = Static<typeof MessageOutput>;

/** Replaces the payload, the custom data, or both. The type stays. */
export const ModifyMessageInput = strict({
  conversationID: ConversationIDInput,
  sequence: CountInput,
  payload: Type.Optional(MessagePayload),
  cloudCustomData: Type.Optional(LongText),
});
export type ModifyMessageInput = Static<typeof ModifyMessageInput>;

/** Takes messages out of the caller's own history. */
export const DeleteMessageInput = strict({
  conversationID: ConversationIDInput,
  sequenceList: Type.Array(CountInput, {
    minItems: 1,
    maxItems: LIMITS.deletedMessages_perRequest_max.value,
  }),
});
export type DeleteMessageInput = Static<typeof DeleteMessageInput>;

export const ClearHistoryMessageInput = strict({ conversationID: ConversationIDInput });
export type ClearHistoryMessageInput = Static<typeof ClearHistoryMessageInput>;
export const DeleteMessageOutput = Empty;

/** A page of what was said before `before`, else the newest page; oldest first. */
export const GetMessageListInput = strict({
  conversationID: ConversationIDInput,
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.messagePage_count_max.value })),
});
export type GetMessageListInput = Static<typeof GetMessageListInput>;
export const GetMessageListOutput = strict({
  messageList: Type.Array(Message),
  /** Whether there is nothing older. */
  isCompleted: Type.Boolean(),
});
export type GetMessageListOutput = Static<typeof GetMessageListOutput>;

/** `through` is the last sequence that was seen; without it all there is counts as read. */
export const SetMessageReadInput = strict({
  conversationID: ConversationIDInput,
  through: Type.Optional(CountInput),
});
export type SetMessageReadInput = Static<typeof SetMessageReadInput>;
export const SetMessageReadOutput = Empty;
