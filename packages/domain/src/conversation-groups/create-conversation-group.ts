import {
  type CommandError,
  type ConversationGroupPartialResult,
  type CreateConversationGroupInput,
  limit,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, type Refusal, refuse, tell } from '../decision.ts';
import { refuseConversationCount } from '../partial-result.ts';
import { type Admission, chooseConversations } from './choose-conversations.ts';
import { conversationGroupOf } from './conversation-group-view.ts';
import {
  conversationGroupsOf,
  findConversationGroup,
  refuseConversationGroupName,
} from './find-conversation-group.ts';

/**
 * Makes a conversation group of the conversations that can be in it, also when there are none (CG5). Refused in this
 * order: the name (CG2), the number of conversations (CG7), a name taken (CG3), too many conversation groups (CG1).
 */
export function createConversationGroup(
  state: ConversationsState,
  asker: Asker,
  { groupName, conversationIDList }: CreateConversationGroupInput,
  { listedOnly }: Admission,
): Decision<ConversationsChanges, ConversationGroupPartialResult, CommandError<'createConversationGroup'>> {
  const conversationIDs = new Set(conversationIDList);
  const refusal =
    refuseConversationGroupName('groupName', groupName) ??
    (conversationIDs.size === 0 ? undefined : refuseConversationCount(conversationIDs)) ??
    refuseOneMore(state, groupName);
  if (refusal !== undefined) return refusal;
  const { result, added } = chooseConversations(state, asker, { conversationIDs, members: [], listedOnly });
  const id = (state.lastConversationGroupID ?? 0) + 1;
  const conversationGroup = conversationGroupOf({ id, name: groupName, members: added });
  return accept(
    {
      conversationGroups: {
        put: { id, name: groupName },
        ...(added.length > 0 && { added: { id, members: added } }),
      },
    },
    { conversationGroupID: id, groupName, ...result },
    [tell(userScope(asker.userID), { name: 'conversationGroupCreated', conversationGroup }, asker.by)],
  );
}

function refuseOneMore(
  state: ConversationsState,
  groupName: string,
): Refusal<'CONVERSATION_GROUP_NAME_TAKEN' | 'TOO_MANY_CONVERSATION_GROUPS'> | undefined {
  if (findConversationGroup(state, { groupName })) return refuse('CONVERSATION_GROUP_NAME_TAKEN');
  const most = limit('conversationGroups_perUser_max');
  return conversationGroupsOf(state).length < most ? undefined : refuse('TOO_MANY_CONVERSATION_GROUPS');
}
