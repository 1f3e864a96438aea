import {
  type CommandError,
  type ConversationGroupMembersInput,
  type ConversationGroupPartialResult,
  type LoggedEvent,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { refuseConversationCount } from '../partial-result.ts';
import { type Admission, chooseConversations } from './choose-conversations.ts';
import { findConversationGroup } from './find-conversation-group.ts';

/** Puts conversations into a conversation group; one that is in it already went well (CG6, CG7, CG11). */
export function addConversationsToGroup(
  state: ConversationsState,
  asker: Asker,
  input: ConversationGroupMembersInput,
  { listedOnly }: Admission,
): Decision<ConversationsChanges, ConversationGroupPartialResult, CommandError<'addConversationsToGroup'>> {
  const conversationIDs = new Set(input.conversationIDList);
  const badCount = refuseConversationCount(conversationIDs);
  if (badCount !== undefined) return badCount;
  const found = findConversationGroup(state, input);
  if (found === undefined) return refuse('CONVERSATION_GROUP_NOT_FOUND');
  const { id, name, members } = found;
  const { result, added } = chooseConversations(state, asker, { conversationIDs, members, listedOnly });
  const reply = { conversationGroupID: id, groupName: name, ...result };
  if (added.length === 0) return accept({}, reply);
  const event: LoggedEvent = {
    name: 'conversationGroupMembersUpdated',
    conversationGroupID: id,
    added: added.map(({ conversationID }) => conversationID),
    removed: [],
  };
  return accept({ conversationGroups: { added: { id, members: added } } }, reply, [
    tell(userScope(asker.userID), event, asker.by),
  ]);
}
