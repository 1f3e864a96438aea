import Type, { type Static } from 'typebox';
import { PartialResult } from '../conversations/conversation-inputs.ts';
import { ConversationIDListInput, Empty, strict } from '../schema-parts.ts';

/** A conversation group; `conversationIDList` holds all members, in the order of their adding, in the list or not. */
export const ConversationGroup = strict({
  conversationGroupID: Type.Integer(),
  groupName: Type.String(),
  conversationIDList: Type.Array(Type.String()),
});
export type ConversationGroup = Static<typeof ConversationGroup>;

/** The rule says how long a name may be: a name that is only looked up may have any length (CG2). */
const GroupNameInput = Type.String({ maxLength: 4_096 });
/** The id survives a rename that the caller has not heard of; without it the name is looked up (CG16). */
const named = { groupName: GroupNameInput, conversationGroupID: Type.Optional(Type.Integer({ minimum: 1 })) };

export const CreateConversationGroupInput = strict({
  groupName: GroupNameInput,
  conversationIDList: ConversationIDListInput,
});
export type CreateConversationGroupInput = Static<typeof CreateConversationGroupInput>;
export const ConversationGroupPartialResult = strict({
  conversationGroupID: Type.Integer(),
  groupName: Type.String(),
  ...PartialResult.properties,
});
export type ConversationGroupPartialResult = Static<typeof ConversationGroupPartialResult>;

export const DeleteConversationGroupInput = strict(named);
export type DeleteConversationGroupInput = Static<typeof DeleteConversationGroupInput>;
/** The name it had, or has now. */
export const ConversationGroupOutput = strict({
  conversationGroupID: Type.Integer(),
  groupName: Type.String(),
});
export type ConversationGroupOutput = Static<typeof ConversationGroupOutput>;

export const RenameConversationGroupInput = strict({
  oldName: GroupNameInput,
  newName: GroupNameInput,
  conversationGroupID: named.conversationGroupID,
});
export type RenameConversationGroupInput = Static<typeof RenameConversationGroupInput>;

export const ConversationGroupMembersInput = strict({
  ...named,
  conversationIDList: ConversationIDListInput,
});
export type ConversationGroupMembersInput = Static<typeof ConversationGroupMembersInput>;

export const GetConversationGroupsInput = Empty;
export const GetConversationGroupsOutput = strict({ conversationGroupList: Type.Array(ConversationGroup) });
export type GetConversationGroupsOutput = Static<typeof GetConversationGroupsOutput>;
