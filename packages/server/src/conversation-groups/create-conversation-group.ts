import { createConversationGroup as decideCreation } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const createConversationGroup: Handler<'createConversationGroup'> = (app, call) =>
  changeConversations(app, call, {
    conversationGroups: true,
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideCreation(state, askerOf(call), call.input, { listedOnly: !call.isForeign }),
  });
