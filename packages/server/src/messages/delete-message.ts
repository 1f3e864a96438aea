import { deleteMessage as decideDeletion, refuse } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, chatOf, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const deleteMessage: Handler<'deleteMessage'> = async (app, call) => {
  const { conversationID, sequenceList } = call.input;
  const named = chatOf(call, conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  return changeConversations(app, call, {
    conversations: ownConversations(call, [conversationID]),
    messages: { chat: named.chat, sequenceList },
    lastMessage: { conversationID, without: sequenceList },
    decide: (state) => decideDeletion(state, askerOf(call), call.input),
  });
};
