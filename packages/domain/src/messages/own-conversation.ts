/** A user's own view of a chat: whoever is not in a group has none. */
import { parseConversationID } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { rowOf } from '../conversation-view.ts';
import type { ConversationRow, ConversationsState } from '../conversations/conversation-state.ts';
import { type Refusal, refuse } from '../decision.ts';
import { type Chat, chatOf } from './message-state.ts';

interface OwnConversation {
  row: ConversationRow;
  chat: Chat;
}

/** The conversation that the asker names, or why he has none. */
export function ownConversation(
  state: ConversationsState,
  asker: Asker,
  conversationID: string,
): OwnConversation | Refusal<'BAD_CONVERSATION_ID' | 'GROUP_NOT_FOUND' | 'NOT_PERMITTED'> {
  const named = parseConversationID(conversationID);
  if (named === undefined) return refuse('BAD_CONVERSATION_ID');
  const row = rowOf(state, asker.userID, conversationID);
  if (named.type === 'GROUP') {
    if (row.group === undefined) return refuse('GROUP_NOT_FOUND');
    if (row.member === undefined)
      return refuse('NOT_PERMITTED', 'Only a member has a conversation of the group.');
  }
  return { row, chat: chatOf(asker.userID, named) };
}
