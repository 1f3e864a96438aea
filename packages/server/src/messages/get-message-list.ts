import { messageHistory, refuse } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';

/** What the SDK asks for. */
const COUNT = 15;

export const getMessageList: Handler<'getMessageList'> = async (app, call) => {
  const { conversationID, count = COUNT, before } = call.input;
  if (!parseConversationID(conversationID)) return refuse('BAD_CONVERSATION_ID');
  const [row] = await app.storage.conversations.read(call.userID, [conversationID]);
  if (!row) throw new Error('the storage left a conversation out');
  const history = messageHistory(row, askerOf(call));
  if (!history.ok) return history;
  const messages = await app.storage.conversations.messages({
    ...history.reply,
    userID: call.userID,
    ...(before === undefined ? {} : { before }),
    // One more than asked for tells whether there is anything older.
    count: count + 1,
  });
  const messageList = messages.slice(0, count).reverse();
  return { ok: true, output: { messageList, isCompleted: messages.length <= count } };
};
