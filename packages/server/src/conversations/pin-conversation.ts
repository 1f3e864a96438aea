import { pinConversation as decidePin } from '@muster/domain';
import type { Handler } from '../call.ts';
import { changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const pinConversation: Handler<'pinConversation'> = (app, call) =>
  changeConversations(app, call, {
    conversations: ownConversations(call, [call.input.conversationID]),
    decide: (state) => decidePin(state, askerOf(call), call.input),
  });
