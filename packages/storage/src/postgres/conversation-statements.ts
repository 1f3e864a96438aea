/** Statements about conversations and messages that ask for many at a time: none is sent once for each. */
import { GROUP, LIVING, MEMBER, prefixed, USER } from '../sql/columns.ts';
import { READS, type ReadName } from '../sql/statements.ts';
import { ofMany, type Statement } from './own-statements.ts';

/** One-to-one conversations with their other sides; `record` is null where there is none. */
export const CONVERSATIONS_WITH_USERS: Statement = {
  name: 'conversations with users',
  text: `SELECT p.at, c.conversation_id, c.generation, c.record, ${prefixed('u', USER)}
    FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) p(at, user_id, conversation_id, other_id)
    LEFT JOIN conversations c ON c.user_id = p.user_id AND c.conversation_id = p.conversation_id
    LEFT JOIN users u ON u.user_id = p.other_id`,
};

/** Conversations of groups that live; `role` is null for who is no member, `record` where there is none. */
export const CONVERSATIONS_OF_GROUPS: Statement = {
  name: 'conversations of groups',
  text: `SELECT p.at, ${prefixed('g', GROUP)}, ${prefixed('r', MEMBER)}, c.conversation_id, c.record
    FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) p(at, user_id, conversation_id, group_id)
    JOIN groups g ON g.group_id = p.group_id AND g.ended_at = 0
    LEFT JOIN members r ON r.group_id = g.group_id AND r.user_id = p.user_id AND ${LIVING}
    LEFT JOIN conversations c ON c.user_id = p.user_id AND c.conversation_id = p.conversation_id
    AND c.generation = g.generation`,
};

/** Those of some messages of a chat that exist. */
export const MESSAGES_OF = ofMany('message', 'sequence');

export const LAST_MESSAGES = forEach('lastMessages', ['text', 'bigint', 'text'], 'p.at, one.sequence DESC');
export const MENTIONS = forEach('mentions', ['text', 'text', 'bigint'], 'p.at, one.sequence DESC');
export const COUNTED_MESSAGES = forEach('countedMessages', ['text', 'bigint', 'bigint', 'text'], 'p.at');

/** The common statement run for each of many: its first parameters come as arrays of these types. */
function forEach(name: ReadName, types: readonly string[], order: string): Statement {
  const one = READS[name].replace(/\$(\d+)/g, (parameter, n: string) =>
    Number(n) <= types.length ? `p.v${n}` : parameter,
  );
  const arrays = types.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
  const columns = types.map((_, at) => `v${at + 1}`).join(', ');
  return {
    name: `each ${name}`,
    text: `SELECT p.at, one.* FROM unnest(${arrays}) WITH ORDINALITY p(${columns}, at)
      CROSS JOIN LATERAL (${one}) one ORDER BY ${order}`,
  };
}
