import {
  type CommandError,
  type ConversationGroupOutput,
  type DeleteConversationGroupInput,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { findConversationGroup } from './find-conversation-group.ts';

/** Deletes a conversation group; its conversations stay where else they are (CG4, CG9). */
export function deleteConversationGroup(
  state: ConversationsState,
  asker: Asker,
  input: DeleteConversationGroupInput,
): Decision<ConversationsChanges, ConversationGroupOutput, CommandError<'deleteConversationGroup'>> {
  const found = findConversationGroup(state, input);
  if (found === undefined) return refuse('CONVERSATION_GROUP_NOT_FOUND');
  const { id, name } = found;
  const event = { name: 'conversationGroupDeleted', conversationGroupID: id } as const;
  return accept(
    { conversationGroups: { deleted: { id, name } } },
    { conversationGroupID: id, groupName: name },
    [tell(userScope(asker.userID), event, asker.by)],
  );
}
