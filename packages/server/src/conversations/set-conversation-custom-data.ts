import { setConversationCustomData as decideCustomData } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const setConversationCustomData: Handler<'setConversationCustomData'> = (app, call) =>
  changeConversations(app, call, {
    conversations: ownConversations(call, call.input.conversationIDList),
    decide: (state) => decideCustomData(state, askerOf(call), call.input),
  });
