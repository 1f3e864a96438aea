/**
 * The tables, as a list of migrations. Every table is keyed by its scope first (a user, a group, a device), so that
 * a database can be distributed by that key. Free text stands as JSON, which escapes what a column of text cannot
 * hold (U+0000, lone surrogates). A migration is never changed once it was released; append another one.
 */
import type { Dialect } from './dialect.ts';

type Migration = (dialect: Dialect) => readonly string[];

const first: Migration = ({ integer, text, bytes, clustered, rewritten, name }) => [
  // One who is told of something before he ever logs in has a row for his log, and is not registered.
  `CREATE TABLE users (
    user_id ${text} PRIMARY KEY, profile TEXT NOT NULL, seq ${integer} NOT NULL,
    signatures_from ${integer} NOT NULL, registered ${integer} NOT NULL
  )`,
  // `revoked` rises whenever somebody loses a right: who has cached rights commits only while it is unchanged.
  `CREATE TABLE groups (
    group_id ${text} PRIMARY KEY, generation ${integer} NOT NULL, type TEXT NOT NULL, owner_id ${text} NOT NULL,
    is_support_topic ${integer} NOT NULL, member_count ${integer} NOT NULL, ended_at ${integer} NOT NULL,
    profile TEXT NOT NULL, seq ${integer} NOT NULL, counters_version ${integer} NOT NULL, revoked ${integer} NOT NULL
  )${rewritten}`,
  `CREATE TABLE members (
    group_id ${text} NOT NULL, user_id ${text} NOT NULL, generation ${integer} NOT NULL, role TEXT NOT NULL,
    join_time ${integer} NOT NULL, name_card TEXT NOT NULL, mute_until ${integer} NOT NULL,
    PRIMARY KEY (group_id, user_id)
  )${clustered}`,
  'CREATE INDEX members_by_user ON members (user_id)',
  'CREATE INDEX members_by_time ON members (group_id, join_time, user_id)',
  `CREATE TABLE applications (
    group_id ${text} NOT NULL, user_id ${text} NOT NULL, generation ${integer} NOT NULL, apply_message TEXT NOT NULL,
    apply_time ${integer} NOT NULL, PRIMARY KEY (group_id, user_id)
  )${clustered}`,
  `CREATE TABLE room_devices (
    group_id ${text} NOT NULL, device_no ${integer} NOT NULL, user_id ${text} NOT NULL,
    generation ${integer} NOT NULL, join_time ${integer} NOT NULL, PRIMARY KEY (group_id, device_no)
  )${clustered}`,
  'CREATE INDEX room_devices_by_device ON room_devices (device_no)',
  'CREATE INDEX room_devices_by_user ON room_devices (group_id, user_id)',
  `CREATE TABLE counters (
    group_id ${text} NOT NULL, key ${text} NOT NULL, value ${integer} NOT NULL, version ${integer} NOT NULL,
    PRIMARY KEY (group_id, key)
  )${clustered}${rewritten}`,
  `CREATE TABLE deleted_counters (
    group_id ${text} NOT NULL, key ${text} NOT NULL, version ${integer} NOT NULL, PRIMARY KEY (group_id, key)
  )${clustered}`,
  `CREATE TABLE log (
    scope ${text} NOT NULL, seq ${integer} NOT NULL, at ${integer} NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (scope, seq)
  )${clustered}`,
  // Indexed by nothing that a commit changes. `answers` are those of the operations from `floor` on, packed.
  `CREATE TABLE devices (
    device_no ${integer} PRIMARY KEY, user_id ${text} NOT NULL, session ${integer} NOT NULL,
    floor ${integer} NOT NULL, answers ${bytes} NOT NULL, since ${integer} NOT NULL, seen_at ${integer} NOT NULL
  )${rewritten}`,
  'CREATE INDEX devices_by_user ON devices (user_id)',
  'CREATE INDEX devices_by_contact ON devices (seen_at)',
  `CREATE TABLE operation_answers (
    device_no ${integer} NOT NULL, seq ${integer} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (device_no, seq)
  )${clustered}`,
  `CREATE TABLE app_operations (
    user_id ${text} NOT NULL, operation_id ${text} NOT NULL, n ${integer} NOT NULL, at ${integer} NOT NULL,
    hash ${integer} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (user_id, operation_id)
  )${clustered}`,
  // Groups that have ended and whose members and the like may not all be deleted yet.
  `CREATE TABLE ended_groups (group_id ${text} PRIMARY KEY)${clustered}`,
  'CREATE INDEX app_operations_by_number ON app_operations (user_id, n)',
  'CREATE INDEX app_operations_by_time ON app_operations (at)',
  ...(name === 'sqlite'
    ? [`CREATE TABLE operation_journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, ops BLOB NOT NULL)`]
    : []),
];

/** All attributes of a group in one row, which goes when the group ends. */
const second: Migration = ({ text }) => [
  `CREATE TABLE group_attributes (group_id ${text} PRIMARY KEY, attributes TEXT NOT NULL)`,
];

/** Messages, conversations and conversation groups. A `chat` is a group's or that of two users. */
const third: Migration = ({ integer, text, clustered, rewritten }) => [
  ...['message_seq', 'messages_counted', 'first_message_seq'].map(
    (column) => `ALTER TABLE groups ADD COLUMN ${column} ${integer} NOT NULL DEFAULT 0`,
  ),
  ...['join_sequence', 'join_counted', 'own_counted'].map(
    (column) => `ALTER TABLE members ADD COLUMN ${column} ${integer} NOT NULL DEFAULT 0`,
  ),
  // `counts` is 1 when it counts as unread for somebody, `shows` when it may be a last message.
  `CREATE TABLE messages (
    chat ${text} NOT NULL, sequence ${integer} NOT NULL, sender ${text} NOT NULL, counts ${integer} NOT NULL,
    shows ${integer} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (chat, sequence)
  )${clustered}`,
  // Who is named by a message of a group; an empty `user_id` means everybody.
  `CREATE TABLE mentions (
    chat ${text} NOT NULL, user_id ${text} NOT NULL, sequence ${integer} NOT NULL, sender ${text} NOT NULL,
    PRIMARY KEY (chat, user_id, sequence)
  )${clustered}`,
  `CREATE TABLE deleted_messages (
    user_id ${text} NOT NULL, chat ${text} NOT NULL, sequence ${integer} NOT NULL,
    PRIMARY KEY (user_id, chat, sequence)
  )${clustered}`,
  'CREATE INDEX deleted_messages_by_chat ON deleted_messages (chat)',
  // A conversation with a user has an empty `group_id`.
  `CREATE TABLE conversations (
    user_id ${text} NOT NULL, conversation_id ${text} NOT NULL, group_id ${text} NOT NULL,
    generation ${integer} NOT NULL, record TEXT NOT NULL, PRIMARY KEY (user_id, conversation_id)
  )${clustered}${rewritten}`,
  `CREATE INDEX conversations_by_group ON conversations (group_id) WHERE group_id <> ''`,
  // `deletion` is 0 while it is there, then its place among the user's deletions.
  `CREATE TABLE conversation_groups (
    user_id ${text} NOT NULL, id ${integer} NOT NULL, name TEXT NOT NULL, deletion ${integer} NOT NULL,
    PRIMARY KEY (user_id, id)
  )${clustered}`,
  `CREATE TABLE conversation_group_members (
    user_id ${text} NOT NULL, id ${integer} NOT NULL, conversation_id ${text} NOT NULL, group_id ${text} NOT NULL,
    generation ${integer} NOT NULL, n ${integer} NOT NULL, PRIMARY KEY (user_id, id, conversation_id)
  )${clustered}`,
  'CREATE INDEX conversation_group_members_by_conversation ON conversation_group_members (user_id, conversation_id)',
  `CREATE INDEX conversation_group_members_by_group ON conversation_group_members (group_id) WHERE group_id <> ''`,
];

export const MIGRATIONS: readonly Migration[] = [first, second, third];

/** The version of the schema that this code reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Comes before the migrations: it says which of them have run. */
export const createMeta = ({ text }: Dialect): string =>
  `CREATE TABLE IF NOT EXISTS meta (name ${text} PRIMARY KEY, value TEXT NOT NULL)`;

/** Names of the rows of `meta`. */
export const META = { epoch: 'epoch', schemaVersion: 'schema_version', lastDevice: 'last_device' } as const;

/** The statements that bring a database of version `from` up to date; refuses one that is newer than this code. */
export function migrationsFrom(from: number, dialect: Dialect): string[] {
  if (!Number.isSafeInteger(from) || from < 0)
    throw new Error(`The database names no schema version: ${from}.`);
  if (from > SCHEMA_VERSION) {
    throw new Error(
      `The database has schema version ${from}, this server knows versions up to ${SCHEMA_VERSION}: ` +
        'start the newer server that wrote it, or restore a backup from before it did.',
    );
  }
  return MIGRATIONS.slice(from).flatMap((migration) => [...migration(dialect)]);
}
