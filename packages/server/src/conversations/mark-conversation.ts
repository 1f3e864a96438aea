import { markConversation as decideMark } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const markConversation: Handler<'markConversation'> = (app, call) =>
  changeConversations(app, call, {
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideMark(state, askerOf(call), call.input),
  });
