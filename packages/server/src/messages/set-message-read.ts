import { setMessageRead as decideReading, refuse } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { bothSides, changeConversations, ownConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const setMessageRead: Handler<'setMessageRead'> = async (app, call) => {
  const { conversationID, through } = call.input;
  const named = parseConversationID(conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  const isPair = named.type === 'C2C';
  const sides = isPair ? bothSides(call.userID, named.userID) : ownConversations(call, [conversationID]);
  const at = through === undefined ? {} : { through };
  return changeConversations(app, call, {
    userIDs: isPair ? [named.userID] : [],
    conversations: sides.map((side) => (side.userID === call.userID ? { ...side, ...at } : side)),
    decide: (state) => decideReading(state, askerOf(call), call.input),
  });
};
