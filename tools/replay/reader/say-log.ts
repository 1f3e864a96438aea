/** Says a log: a group, its people in it, and every line as a message of its author, in the order of the file. */
import { eachOf } from '../each-of.ts';
import { authorsOf, type Message } from '../parse.ts';
import type { Server } from '../people.ts';
import { userIDOf } from '../user-ids.ts';
import { type HttpPerson, httpPerson } from './http-person.ts';

const JOINS_AT_ONCE = 16;

/** Resolves with the userIDs of its people, once the last line is stored. */
export async function sayLog(
  server: Server,
  groupID: string,
  messages: readonly Message[],
): Promise<string[]> {
  const people = new Map<string, HttpPerson>();
  await eachOf(authorsOf(messages), JOINS_AT_ONCE, async (nick) => {
    const person = httpPerson(server, userIDOf(nick));
    people.set(nick, person);
    await person.ask('joinGroup', { groupID });
  });
  const clientTime = Math.floor(Date.now() / 1_000);
  for (const [random, { author, text }] of messages.entries()) {
    await people.get(author)?.ask('sendMessage', {
      conversationID: `GROUP${groupID}`,
      ...contentOf(text),
      random,
      clientTime,
    });
  }
  return [...people.keys()].map(userIDOf);
}

/** A text message is never empty; what somebody said without a word is an empty message of the app's own. */
function contentOf(text: string) {
  return text === ''
    ? ({ type: 'TIMCustomElem', payload: { data: '' } } as const)
    : ({ type: 'TIMTextElem', payload: { text } } as const);
}
