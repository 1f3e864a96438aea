import { deleteConversation as decideDeletion } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const deleteConversation: Handler<'deleteConversation'> = (app, call) =>
  changeConversations(app, call, {
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideDeletion(state, askerOf(call), call.input),
  });
