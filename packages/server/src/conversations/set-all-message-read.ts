import { setAllMessageRead as decideReading, effectiveRead, tallyOf } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { NamedConversation } from '@muster/storage';
import type { App } from '../app.ts';
import type { Call, Handler } from '../call.ts';
import { bothSides, changeConversations } from '../change-conversations.ts';
import { askerOf } from '../change-group.ts';

export const setAllMessageRead: Handler<'setAllMessageRead'> = async (app, call) => {
  const conversations = await namedBy(app, call);
  return changeConversations(app, call, {
    userIDs: conversations.map(({ userID }) => userID),
    conversations,
    decide: (state) => decideReading(state, askerOf(call), call.input),
  });
};

/**
 * The caller's conversations with something after the read mark, those of one type if he names it; and of one-to-one
 * the other sides, who are told.
 */
async function namedBy(app: App, { userID, input }: Call<'setAllMessageRead'>): Promise<NamedConversation[]> {
  const mirror = await app.storage.conversations.mirror(userID);
  const unread = (mirror?.conversations ?? []).filter(
    (row) => tallyOf(row).sequence > effectiveRead(row).sequence,
  );
  return unread.flatMap(({ conversationID }) => {
    const parsed = parseConversationID(conversationID);
    if (!parsed || (input.conversationType ?? parsed.type) !== parsed.type) return [];
    return parsed.type === 'C2C' ? bothSides(userID, parsed.userID) : [{ userID, conversationID }];
  });
}
