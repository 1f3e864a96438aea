/** The statements about messages, conversations and conversation groups, by name. */
import { GROUP, LIVING, MEMBER, prefixed, USER } from './columns.ts';

/** Leaves out the messages `m` that the user of parameter $3 has deleted for himself. */
const NOT_DELETED = `NOT EXISTS (SELECT 1 FROM deleted_messages d
  WHERE d.user_id = $3 AND d.chat = m.chat AND d.sequence = m.sequence)`;

/** What was said in a group (parameter $1) that has ended, or that was another one then. */
const saidBefore = (table: string) => `FROM ${table} r JOIN groups g ON g.group_id = $1
  WHERE r.chat = 'group:' || $1 AND (g.ended_at <> 0 OR r.sequence <= g.first_message_seq)`;

/** What users kept of a group (parameter $1) that has ended, or that was another one then. */
const keptBefore = (table: string) => `FROM ${table} r JOIN groups g ON g.group_id = r.group_id
  WHERE r.group_id = $1 AND r.group_id <> '' AND NOT (${LIVING})`;

/**
 * The same, asked once more of the very row that is deleted: its user, who does not lock the group, may have written
 * it anew while it was waited for. A row that was waited for is compared as it then is with a value, not with a join.
 */
const STILL_KEPT_BEFORE = `generation <
  (SELECT generation + CASE WHEN ended_at = 0 THEN 0 ELSE 1 END FROM groups WHERE group_id = $1)`;

const mentionsOf = (user: string) => `SELECT sequence, user_id, sender FROM mentions
  WHERE chat = $1 AND user_id = ${user} AND sequence > $3 AND sender <> $2 ORDER BY sequence DESC LIMIT $4`;

export const CONVERSATION_READS = {
  /** Of a group also what was said in a former generation: the reader compares with `firstMessageSeq`. */
  message: 'SELECT body FROM messages WHERE chat = $1 AND sequence = $2',
  messages: `SELECT m.body FROM messages m WHERE m.chat = $1 AND m.sequence > $2 AND m.sequence < $4
    AND ${NOT_DELETED} ORDER BY m.sequence DESC LIMIT $5`,
  /** The newest of a chat that may be a last message, as a user sees them. */
  lastMessages: `SELECT m.sequence, m.body FROM messages m WHERE m.chat = $1 AND m.sequence > $2 AND m.shows = 1
    AND ${NOT_DELETED} ORDER BY m.sequence DESC LIMIT $4`,
  /** How many messages count between two sequences, the second included, and how many of these are one user's. */
  countedMessages: `SELECT COUNT(*) AS counted, COALESCE(SUM(CASE WHEN sender = $4 THEN 1 ELSE 0 END), 0) AS own
    FROM messages WHERE chat = $1 AND sequence > $2 AND sequence <= $3 AND counts = 1`,
  /** Newest first. One that names everybody names nobody besides, so that no message comes twice. */
  mentions: `SELECT * FROM (${mentionsOf('$2')}) named UNION ALL SELECT * FROM (${mentionsOf("''")}) everybody
    ORDER BY sequence DESC LIMIT $4`,

  /** Whatever generation of its group it was written in: the reader compares with the group. */
  conversation:
    'SELECT conversation_id, generation, record FROM conversations WHERE user_id = $1 AND conversation_id = $2',
  conversationsWithUsers: `SELECT c.conversation_id, c.generation, c.record, ${prefixed('u', USER)}
    FROM conversations c LEFT JOIN users u ON u.user_id = substr(c.conversation_id, 4)
    WHERE c.user_id = $1 AND c.group_id = '' ORDER BY c.conversation_id`,
  /** Like `joinedGroups`; `record` is null where the user has none. */
  joinedGroupsWithRecords: `SELECT ${prefixed('g', GROUP)}, ${prefixed('r', MEMBER)}, c.conversation_id, c.record
    FROM members r JOIN groups g ON g.group_id = r.group_id
    LEFT JOIN conversations c ON c.user_id = r.user_id AND c.conversation_id = 'GROUP' || r.group_id
    AND c.generation = g.generation
    WHERE r.user_id = $1 AND ${LIVING} AND g.type <> 'AVChatRoom' ORDER BY r.join_time, r.group_id`,

  conversationGroups:
    'SELECT id, name FROM conversation_groups WHERE user_id = $1 AND deletion = 0 ORDER BY id',
  conversationGroupMembers: `SELECT r.id, r.conversation_id, r.generation FROM conversation_group_members r
    LEFT JOIN groups g ON g.group_id = r.group_id
    WHERE r.user_id = $1 AND (r.group_id = '' OR (${LIVING})) ORDER BY r.id, r.n`,
  /** The last ones, newest first. */
  deletedConversationGroups: `SELECT id, name FROM conversation_groups WHERE user_id = $1 AND deletion > 0
    ORDER BY deletion DESC LIMIT $2`,
  lastConversationGroup: 'SELECT MAX(id) AS id FROM conversation_groups WHERE user_id = $1',

  deadMessage: `SELECT r.chat ${saidBefore('messages')} LIMIT 1`,
  deadMention: `SELECT r.chat ${saidBefore('mentions')} LIMIT 1`,
  deadDeletedMessage: `SELECT r.chat ${saidBefore('deleted_messages')} LIMIT 1`,
  deadConversation: `SELECT r.group_id ${keptBefore('conversations')} LIMIT 1`,
  deadConversationGroupMember: `SELECT r.group_id ${keptBefore('conversation_group_members')} LIMIT 1`,
} as const;

export const CONVERSATION_WRITES = {
  putMessage: `INSERT INTO messages (chat, sequence, sender, counts, shows, body) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (chat, sequence) DO UPDATE SET counts = excluded.counts, shows = excluded.shows,
    body = excluded.body`,
  putMention: `INSERT INTO mentions (chat, user_id, sequence, sender) VALUES ($1, $2, $3, $4)
    ON CONFLICT (chat, user_id, sequence) DO NOTHING`,
  putDeletedMessage: `INSERT INTO deleted_messages (user_id, chat, sequence) VALUES ($1, $2, $3)
    ON CONFLICT (user_id, chat, sequence) DO NOTHING`,

  putConversation: `INSERT INTO conversations (user_id, conversation_id, group_id, generation, record)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, conversation_id) DO UPDATE SET
    generation = excluded.generation, record = excluded.record`,
  deleteConversation: 'DELETE FROM conversations WHERE user_id = $1 AND conversation_id = $2',

  putConversationGroup: `INSERT INTO conversation_groups (user_id, id, name, deletion) VALUES ($1, $2, $3, 0)
    ON CONFLICT (user_id, id) DO UPDATE SET name = excluded.name`,
  deleteConversationGroup: `UPDATE conversation_groups SET deletion =
    (SELECT MAX(deletion) + 1 FROM conversation_groups WHERE user_id = $1) WHERE user_id = $1 AND id = $2`,
  /** Keeps the last deleted ones, and the highest id, which is never given again. */
  pruneConversationGroups: `DELETE FROM conversation_groups WHERE user_id = $1 AND deletion > 0
    AND deletion <= (SELECT MAX(deletion) FROM conversation_groups WHERE user_id = $1) - $2
    AND id < (SELECT MAX(id) FROM conversation_groups WHERE user_id = $1)`,
  addToConversationGroup: `INSERT INTO conversation_group_members
    (user_id, id, conversation_id, group_id, generation, n) VALUES ($1, $2, $3, $4, $5,
    (SELECT COALESCE(MAX(n), 0) + 1 FROM conversation_group_members WHERE user_id = $1 AND id = $2))
    ON CONFLICT (user_id, id, conversation_id) DO UPDATE SET generation = excluded.generation, n = excluded.n`,
  removeFromConversationGroup:
    'DELETE FROM conversation_group_members WHERE user_id = $1 AND id = $2 AND conversation_id = $3',
  emptyConversationGroup: 'DELETE FROM conversation_group_members WHERE user_id = $1 AND id = $2',
  removeFromConversationGroups:
    'DELETE FROM conversation_group_members WHERE user_id = $1 AND conversation_id = $2',

  pruneMessages: `DELETE FROM messages WHERE (chat, sequence) IN
    (SELECT r.chat, r.sequence ${saidBefore('messages')} LIMIT $2)`,
  pruneMentions: `DELETE FROM mentions WHERE (chat, user_id, sequence) IN
    (SELECT r.chat, r.user_id, r.sequence ${saidBefore('mentions')} LIMIT $2)`,
  pruneDeletedMessages: `DELETE FROM deleted_messages WHERE (user_id, chat, sequence) IN
    (SELECT r.user_id, r.chat, r.sequence ${saidBefore('deleted_messages')} LIMIT $2)`,
  pruneConversations: `DELETE FROM conversations WHERE (user_id, conversation_id) IN
    (SELECT r.user_id, r.conversation_id ${keptBefore('conversations')} LIMIT $2)
    AND ${STILL_KEPT_BEFORE}`,
  pruneConversationGroupMembers: `DELETE FROM conversation_group_members WHERE (user_id, id, conversation_id) IN
    (SELECT r.user_id, r.id, r.conversation_id ${keptBefore('conversation_group_members')} LIMIT $2)
    AND ${STILL_KEPT_BEFORE}`,
} as const;
