import { messageHistory, refuse } from '@muster/domain';
import { limit, type Message, parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';

/** What the SDK asks for. */
const COUNT = 15;
const BYTES_MAX = limit('messagePage_bytes_max');

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
  const page = onePage(messages.slice(0, count));
  const isCompleted = page.length === messages.length;
  return { ok: true, output: { messageList: page.reverse(), isCompleted } };
};

/** As many of the newest as an answer may hold: one that is longer than a connection's queue would end it. */
function onePage(newestFirst: readonly Message[]): Message[] {
  let bytes = 0;
  const beyond = newestFirst.findIndex((message, index) => {
    bytes += Buffer.byteLength(JSON.stringify(message));
    return index > 0 && bytes > BYTES_MAX;
  });
  return newestFirst.slice(0, beyond < 0 ? newestFirst.length : beyond);
}
