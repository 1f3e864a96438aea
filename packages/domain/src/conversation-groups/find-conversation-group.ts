/** Which conversation group a request means, and what its name may be (CG2, CG16). */
import { conversationGroupNameFault } from '@muster/protocol';
import type { ConversationsState } from '../conversations/conversation-state.ts';
import { type Refusal, refuse } from '../decision.ts';
import type { ConversationGroupRecord } from './conversation-group-state.ts';

/** The user's conversation groups; a state that was read without them has none. */
export const conversationGroupsOf = (state: ConversationsState): readonly ConversationGroupRecord[] =>
  state.conversationGroups ?? [];

/**
 * By its id where the caller holds one, which survives a rename that he has not heard of; else by its exact name. An
 * id that is gone is not looked up by name: another one may have taken the name since (CG16).
 */
export function findConversationGroup(
  state: ConversationsState,
  { groupName, conversationGroupID }: { groupName: string; conversationGroupID?: number | undefined },
): ConversationGroupRecord | undefined {
  return conversationGroupID === undefined
    ? conversationGroupsOf(state).find(({ name }) => name === groupName)
    : conversationGroupsOf(state).find(({ id }) => id === conversationGroupID);
}

/** Why a conversation group may not get this name, whoever has it, or undefined (CG2). */
export function refuseConversationGroupName(
  argument: string,
  name: string,
): Refusal<'BAD_CONVERSATION_GROUP_NAME'> | undefined {
  const fault = conversationGroupNameFault(name);
  return fault === undefined ? undefined : refuse('BAD_CONVERSATION_GROUP_NAME', `${argument} ${fault}.`);
}
