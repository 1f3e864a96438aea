import Type, { type Static } from 'typebox';
import { GroupProfile } from '../groups/group-view.ts';
import { ConversationTypeSchema } from '../messages/message.ts';
import { ConversationIDInput, ConversationIDListInput, Empty, strict, Text } from '../schema-parts.ts';
import { ConversationView, MessageRemindTypeSchema } from './conversation.ts';

/** Every conversation asked for stands in exactly one of the lists, in the order of the request. */
export const PartialResult = strict({
  successConversationIDList: Type.Array(Type.String()),
  failureConversationIDList: Type.Array(
    strict({ conversationID: Type.String(), code: Type.Integer(), message: Type.String() }),
  ),
});
export type PartialResult = Static<typeof PartialResult>;

/** Some of the caller's conversations, or all; unknown ids are left out. */
export const GetConversationListInput = strict({
  conversationIDList: Type.Optional(ConversationIDListInput),
});
export type GetConversationListInput = Static<typeof GetConversationListInput>;
export const GetConversationListOutput = strict({ conversationList: Type.Array(ConversationView) });
export type GetConversationListOutput = Static<typeof GetConversationListOutput>;

export const GetConversationProfileInput = strict({ conversationID: ConversationIDInput });
export type GetConversationProfileInput = Static<typeof GetConversationProfileInput>;
/** `groupProfile` is null for a one-to-one conversation. */
export const GetConversationProfileOutput = strict({
  conversation: ConversationView,
  groupProfile: Type.Union([GroupProfile, Type.Null()]),
});
export type GetConversationProfileOutput = Static<typeof GetConversationProfileOutput>;

/** `clearHistoryMessage` is true unless it says otherwise. */
export const DeleteConversationInput = strict({
  conversationIDList: ConversationIDListInput,
  clearHistoryMessage: Type.Optional(Type.Boolean()),
});
export type DeleteConversationInput = Static<typeof DeleteConversationInput>;

export const PinConversationInput = strict({ conversationID: ConversationIDInput, isPinned: Type.Boolean() });
export type PinConversationInput = Static<typeof PinConversationInput>;
export const ConversationIDOutput = strict({ conversationID: Type.String() });
export type ConversationIDOutput = Static<typeof ConversationIDOutput>;

/** Also of a conversation that does not exist yet. */
export const SetMessageRemindTypeInput = strict({
  conversationIDList: ConversationIDListInput,
  messageRemindType: MessageRemindTypeSchema,
});
export type SetMessageRemindTypeInput = Static<typeof SetMessageRemindTypeInput>;

/** `mark` is the number of a bit; `markType` of the API is 2 to its power. */
export const MarkConversationInput = strict({
  conversationIDList: ConversationIDListInput,
  mark: Type.Integer({ minimum: 0, maximum: 63 }),
  enableMark: Type.Boolean(),
});
export type MarkConversationInput = Static<typeof MarkConversationInput>;

export const SetConversationCustomDataInput = strict({
  conversationIDList: ConversationIDListInput,
  customData: Text,
});
export type SetConversationCustomDataInput = Static<typeof SetConversationCustomDataInput>;

/** All conversations, or those of one type. */
export const SetAllMessageReadInput = strict({ conversationType: Type.Optional(ConversationTypeSchema) });
export type SetAllMessageReadInput = Static<typeof SetAllMessageReadInput>;
export const SetAllMessageReadOutput = Empty;
