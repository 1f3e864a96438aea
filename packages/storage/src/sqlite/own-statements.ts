/**
 * Statements that only SQLite has: the common ones about one conversation, asked for many at once, which takes a
 * fraction of the time. Parameter $1 is a JSON list of `[at, chat, after]`; `at` comes back with what was found.
 */
import { READS } from '../sql/statements.ts';

const CHAT = 'one.value ->> 1';
const AFTER = 'one.value ->> 2';
const LAST_MESSAGE = given(READS.lastMessages, [CHAT, AFTER, '$2', '1']).replace(
  'm.sequence, m.body',
  'm.body',
);
const MENTIONS = given(READS.mentions, [CHAT, '$2', AFTER, '$3']);

export const OWN_READS = {
  /** Of user $2. */
  lastMessageOfEach: `SELECT one.value ->> 0 AS at, (${LAST_MESSAGE}) AS body FROM json_each($1) one`,
  /** Of user $2 the newest $3 of each, their rows as one JSON text. */
  mentionsOfEach: `SELECT one.value ->> 0 AS at, (SELECT json_group_array(
    json_object('sequence', sequence, 'user_id', user_id, 'sender', sender)) FROM (${MENTIONS})) AS mentions
    FROM json_each($1) one`,
} as const;

/** A text with something in place of each of its parameters. */
function given(text: string, values: readonly string[]): string {
  return text.replace(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? '');
}
