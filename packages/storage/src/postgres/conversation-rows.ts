/** Users' conversations with what they are worked out from: a few statements, however many there are. */
import {
  type Chat,
  type ConversationRow,
  conversationKey,
  type GroupRecord,
  type ListedConversationRow,
  type MessageRecord,
} from '@muster/domain';
import { LIMITS, type Message, parseConversationID, type Tally } from '@muster/protocol';
import type { NamedConversation } from '../port.ts';
import {
  lastMessageLookup,
  mentionsLookup,
  saidAfter,
  tallyFrom,
  tallyLookup,
} from '../sql/conversation-lookups.ts';
import { conversationOf, mentionsOf, messageOf } from '../sql/conversation-rows.ts';
import { groupOf, integer, memberOf, type Row, userOf } from '../sql/rows.ts';
import {
  CONVERSATIONS_OF_GROUPS,
  CONVERSATIONS_WITH_USERS,
  COUNTED_MESSAGES,
  LAST_MESSAGES,
  MENTIONS,
  MESSAGES_OF,
} from './conversation-statements.ts';
import type { Connection } from './database.ts';
import type { Statement } from './own-statements.ts';

/** Conversations as they are, known or not, in the order of their names. */
export async function conversationRows(
  connection: Connection,
  named: readonly NamedConversation[],
): Promise<ConversationRow[]> {
  const asked = named.map(({ userID, conversationID }, at) => {
    const of = parseConversationID(conversationID);
    const otherID = of?.type === 'C2C' ? of.userID : of?.groupID;
    return { type: of?.type, values: [at, userID, conversationID, otherID] };
  });
  const read = async (type: 'C2C' | 'GROUP', statement: Statement): Promise<Row[]> => {
    const values = asked.filter((one) => one.type === type).map((one) => one.values);
    return values.length === 0 ? [] : connection.run(statement, columnsOf(values));
  };
  const found = new Map<number, Partial<ConversationRow>>();
  for (const row of await read('C2C', CONVERSATIONS_WITH_USERS)) {
    found.set(integer(row.at), { record: recordOf(row), peer: userOf(row) });
  }
  for (const row of await read('GROUP', CONVERSATIONS_OF_GROUPS)) {
    const member = row.role === null ? undefined : memberOf(row);
    found.set(integer(row.at), { record: recordOf(row), group: groupOf(row).record, member });
  }
  const nothing = { record: undefined, group: undefined, member: undefined, peer: undefined };
  return named.map(({ conversationID }, at) => ({ conversationID, ...nothing, ...found.get(at) }));
}

const recordOf = (row: Row) => (row.record === null ? undefined : conversationOf(row));

/** A user's conversations with what their list entries show of messages. */
export async function listed(
  connection: Connection,
  userID: string,
  rows: readonly ConversationRow[],
): Promise<ListedConversationRow[]> {
  const last = await lastMessages(connection, userID, { rows, without: [] });
  const mentions = await lookUp(connection, MENTIONS, {
    lookups: rows.map((row) => mentionsLookup(userID, row)),
    valuesOf: ({ chat, after }) => [chat, userID, after],
    rest: [LIMITS.mentions_perConversation_max.value],
  });
  return rows.map((row, at) => ({
    ...row,
    lastMessage: last[at],
    mentions: mentionsOf(mentions[at] ?? []),
  }));
}

/** The newest messages that may be shown as the last ones of a user's conversations, without some. */
export async function lastMessages(
  connection: Connection,
  userID: string,
  { rows, without }: { rows: readonly ConversationRow[]; without: readonly number[] },
): Promise<(Message | undefined)[]> {
  const found = await lookUp(connection, LAST_MESSAGES, {
    lookups: rows.map((row) => lastMessageLookup(userID, row)),
    valuesOf: ({ chat, after }) => [chat, after, userID],
    rest: [without.length + 1],
  });
  return found.map((newestFirst) => {
    const newest = newestFirst.find(({ sequence }) => !without.includes(integer(sequence)));
    return newest && messageOf(newest);
  });
}

/** The tallies at the sequences that conversations were asked for with. */
export async function tallies(
  connection: Connection,
  named: readonly NamedConversation[],
  rows: readonly ConversationRow[],
): Promise<Map<string, Tally>> {
  const lookups = rows.map((row, at) => {
    const { userID, through } = named[at] ?? { userID: '' };
    return through === undefined ? undefined : tallyLookup({ userID, through }, row);
  });
  const found = await lookUp(connection, COUNTED_MESSAGES, {
    lookups: lookups.map((lookup, at) => lookup && { ...lookup, userID: named[at]?.userID }),
    valuesOf: ({ chat, after, to, userID }) => [chat, after, to, userID],
    rest: [],
  });
  const known = new Map<string, Tally>();
  for (const [at, { userID, conversationID }] of named.entries()) {
    const lookup = lookups[at];
    if (lookup) known.set(conversationKey(userID, conversationID), tallyFrom(lookup, found[at]?.[0]));
  }
  return known;
}

/** Those that exist of some messages of a chat. With the group, those of its present generation. */
export async function messagesOf(
  connection: Connection,
  { chat, sequenceList }: { chat: Chat; sequenceList: readonly number[] },
  of: { group: GroupRecord | undefined } | undefined,
): Promise<Map<number, MessageRecord>> {
  const after = of ? saidAfter(of.group) : 0;
  const rows = sequenceList.length === 0 ? [] : await connection.run(MESSAGES_OF, [chat, sequenceList]);
  const messages = rows.map(messageOf).filter(({ sequence }) => sequence > after);
  return new Map(messages.map((message) => [message.sequence, { chat, message }]));
}

/** Runs a statement once for all that have something to look up, and gives the rows of each. */
async function lookUp<Lookup>(
  connection: Connection,
  statement: Statement,
  asked: {
    lookups: readonly (Lookup | undefined)[];
    /** The values that the statement takes as arrays. */
    valuesOf(lookup: Lookup): readonly unknown[];
    rest: readonly unknown[];
  },
): Promise<Row[][]> {
  const found = asked.lookups.map((): Row[] => []);
  const used = asked.lookups.flatMap((lookup, at) => {
    return lookup === undefined ? [] : [{ rows: found[at], values: asked.valuesOf(lookup) }];
  });
  if (used.length === 0) return found;
  const columns = columnsOf(used.map(({ values }) => values));
  for (const row of await connection.run(statement, [...columns, ...asked.rest])) {
    used[integer(row.at) - 1]?.rows?.push(row);
  }
  return found;
}

/** Lists of the first values, of the second values, and so on. */
function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((values) => values[column]));
}
