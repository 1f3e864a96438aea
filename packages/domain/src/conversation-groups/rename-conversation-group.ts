import {
  type CommandError,
  type ConversationGroupOutput,
  type RenameConversationGroupInput,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { findConversationGroup, refuseConversationGroupName } from './find-conversation-group.ts';

/**
 * Renames a conversation group, which keeps its id and its place; to its own name it succeeds and changes nothing
 * (CG3, CG10). Refused in this order: the new name (CG2), none to rename (CG4), a name taken (CG3).
 */
export function renameConversationGroup(
  state: ConversationsState,
  asker: Asker,
  { oldName, newName, conversationGroupID }: RenameConversationGroupInput,
): Decision<ConversationsChanges, ConversationGroupOutput, CommandError<'renameConversationGroup'>> {
  const badName = refuseConversationGroupName('newName', newName);
  if (badName !== undefined) return badName;
  const found = findConversationGroup(state, { groupName: oldName, conversationGroupID });
  if (found === undefined) return refuse('CONVERSATION_GROUP_NOT_FOUND');
  const { id, name } = found;
  const reply = { conversationGroupID: id, groupName: newName };
  if (name === newName) return accept({}, reply);
  if (findConversationGroup(state, { groupName: newName })) return refuse('CONVERSATION_GROUP_NAME_TAKEN');
  const event = { name: 'conversationGroupRenamed', ...reply } as const;
  return accept({ conversationGroups: { put: { id, name: newName } } }, reply, [
    tell(userScope(asker.userID), event, asker.by),
  ]);
}
