import { chatOf, deleteMessage as decideDeletion, refuse } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const deleteMessage: Handler<'deleteMessage'> = async (app, call) => {
  const { conversationID, sequenceList } = call.input;
  const named = parseConversationID(conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  return changeConversations(app, call, {
    conversations: ownConversations(call, [conversationID]),
    messages: { chat: chatOf(call.userID, named), sequenceList },
    lastMessage: { conversationID, without: sequenceList },
    decide: (state) => decideDeletion(state, askerOf(call), call.input),
  });
};
