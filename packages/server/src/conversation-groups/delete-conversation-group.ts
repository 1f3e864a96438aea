import { deleteConversationGroup as decideDeletion } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const deleteConversationGroup: Handler<'deleteConversationGroup'> = (app, call) =>
  changeConversations(app, call, {
    conversationGroups: true,
    decide: (state) => decideDeletion(state, askerOf(call), call.input),
  });
