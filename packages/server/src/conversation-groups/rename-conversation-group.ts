import { renameConversationGroup as decideRenaming } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const renameConversationGroup: Handler<'renameConversationGroup'> = (app, call) =>
  changeConversations(app, call, {
    conversationGroups: true,
    decide: (state) => decideRenaming(state, askerOf(call), call.input),
  });
