import {
  type ClearHistoryMessageInput,
  type CommandError,
  type ConversationIDOutput,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { recordOf, stateOf, tallyOf } from '../conversation-view.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, tell } from '../decision.ts';
import { isRefusal } from '../texts.ts';
import { ownConversation } from './own-conversation.ts';

/** Empties the asker's own history of a conversation, which stays in his list (MS5). */
export function clearHistoryMessage(
  state: ConversationsState,
  asker: Asker,
  { conversationID }: ClearHistoryMessageInput,
): Decision<ConversationsChanges, ConversationIDOutput, CommandError<'clearHistoryMessage'>> {
  const own = ownConversation(state, asker, conversationID);
  if (isRefusal(own)) return own;
  const { userID, by } = asker;
  const clearedThrough = tallyOf(own.row).sequence;
  const before = recordOf(own.row);
  if (before.clearedThrough === clearedThrough) return accept({}, { conversationID });
  const record = { ...before, clearedThrough };
  const conversations = [stateOf({ ...own.row, record })];
  return accept({ conversations: [[userID, record]] }, { conversationID }, [
    tell(userScope(userID), { name: 'conversationsUpdated', conversations }, by),
  ]);
}
