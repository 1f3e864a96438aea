import { clearHistoryMessage as decideClearing, refuse } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const clearHistoryMessage: Handler<'clearHistoryMessage'> = async (app, call) => {
  const { conversationID } = call.input;
  if (!parseConversationID(conversationID)) return refuse('BAD_CONVERSATION_ID');
  return changeConversations(app, call, {
    conversations: ownConversations(call, [conversationID]),
    decide: (state) => decideClearing(state, askerOf(call), call.input),
  });
};
