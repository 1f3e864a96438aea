import { addConversationsToGroup as decideAdding } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const addConversationsToGroup: Handler<'addConversationsToGroup'> = (app, call) =>
  changeConversations(app, call, {
    conversationGroups: true,
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideAdding(state, askerOf(call), call.input, { listedOnly: !call.isForeign }),
  });
