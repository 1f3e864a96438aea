import {
  type CommandError,
  type ConversationGroupMembersInput,
  type ConversationGroupPartialResult,
  type LoggedEvent,
  parseConversationID,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { partialResult, refuseConversationCount } from '../partial-result.ts';
import { findConversationGroup } from './find-conversation-group.ts';

/**
 * Takes conversations out of a conversation group, in the list or not. One that is not in it, also because there is no
 * such conversation, went well: only what is no conversationID at all fails (CG6, CG11).
 */
export function deleteConversationsFromGroup(
  state: ConversationsState,
  asker: Asker,
  input: ConversationGroupMembersInput,
): Decision<
  ConversationsChanges,
  ConversationGroupPartialResult,
  CommandError<'deleteConversationsFromGroup'>
> {
  const conversationIDs = new Set(input.conversationIDList);
  const badCount = refuseConversationCount(conversationIDs);
  if (badCount !== undefined) return badCount;
  const found = findConversationGroup(state, input);
  if (found === undefined) return refuse('CONVERSATION_GROUP_NOT_FOUND');
  const { id, name, members } = found;
  const result = partialResult(conversationIDs, (conversationID) =>
    parseConversationID(conversationID) === undefined ? 'BAD_CONVERSATION_ID' : undefined,
  );
  const reply = { conversationGroupID: id, groupName: name, ...result };
  const held = new Set(members.map(({ conversationID }) => conversationID));
  const removed = [...conversationIDs].filter((conversationID) => held.has(conversationID));
  if (removed.length === 0) return accept({}, reply);
  const event: LoggedEvent = {
    name: 'conversationGroupMembersUpdated',
    conversationGroupID: id,
    added: [],
    removed,
  };
  return accept({ conversationGroups: { removed: { id, conversationIDList: removed } } }, reply, [
    tell(userScope(asker.userID), event, asker.by),
  ]);
}
