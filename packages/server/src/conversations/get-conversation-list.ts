import { conversationViewOf, inListOrder, isListedRow, type ListedConversationRow } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { App } from '../app.ts';
import type { Call, Handler } from '../call.ts';

export const getConversationList: Handler<'getConversationList'> = async (app, call) => {
  const rows = await rowsOf(app, call);
  const listed = rows.filter(isListedRow).map(conversationViewOf);
  return { ok: true, output: { conversationList: inListOrder(listed) } };
};

async function rowsOf(
  app: App,
  { userID, input }: Call<'getConversationList'>,
): Promise<ListedConversationRow[]> {
  if (!input.conversationIDList) return (await app.storage.conversations.mirror(userID))?.conversations ?? [];
  const wellFormed = input.conversationIDList.filter((id) => parseConversationID(id) !== undefined);
  return app.storage.conversations.read(userID, [...new Set(wellFormed)]);
}
