import { setMessageRemindType as decideRemindType } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const setMessageRemindType: Handler<'setMessageRemindType'> = (app, call) =>
  changeConversations(app, call, {
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideRemindType(state, askerOf(call), call.input),
  });
