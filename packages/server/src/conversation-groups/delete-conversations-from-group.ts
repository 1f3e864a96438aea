import { deleteConversationsFromGroup as decideRemoval } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const deleteConversationsFromGroup: Handler<'deleteConversationsFromGroup'> = (app, call) =>
  changeConversations(app, call, {
    conversationGroups: true,
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideRemoval(state, askerOf(call), call.input),
  });
