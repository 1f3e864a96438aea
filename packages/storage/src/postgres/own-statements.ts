/** Statements that only PostgreSQL has: with arrays, with locks, and the fenced commit of a batch. */
import { USER } from '../sql/columns.ts';
import { READS, type ReadName } from '../sql/statements.ts';

export interface Statement {
  name: string;
  text: string;
}

/** What the database says when the fence of a commit does not hold; its log shows it too. */
export const GROUP_WRITTEN = 'muster: the group was written elsewhere, the batch is decided again';
export const SESSION_ENDED = 'muster: a device has logged in elsewhere, the batch is decided again';

/**
 * Commits a batch of one group, all or nothing, in one statement: an error undoes what the statement has written.
 *
 * The fence is that the group is as it was when the batch was decided (no counter was written and nobody lost a
 * right) and that every device is in the same session. Both are conditions on the very rows that are updated: a
 * row that had to be waited for is checked again as it then is, which a subquery on another table would not be.
 * The counts are asked for in the order in which rows are to be locked: the group, then the devices as they come
 * from their list. A cast that must fail raises the error, because plain SQL has no other way to. All windows come
 * as one value, cut apart here, because an array of bytes would have to be parsed from text.
 */
export const COMMIT_BATCH: Statement = {
  name: 'commit batch',
  text: `WITH
    g AS (UPDATE groups SET counters_version = $4
      WHERE group_id = $1 AND counters_version = $2 AND revoked = $3 RETURNING 1),
    d AS (UPDATE devices SET floor = u.f, answers = substring($13::bytea FROM u.start FOR u.length)
      FROM unnest($8::bigint[], $9::bigint[], $10::bigint[], $11::int[], $12::int[]) u(n, s, f, start, length)
      WHERE device_no = u.n AND session = u.s RETURNING 1),
    c AS (INSERT INTO counters (group_id, key, value, version)
      SELECT $1, u.k, u.v, u.n FROM unnest($5::text[], $6::bigint[], $7::bigint[]) u(k, v, n)
      ON CONFLICT (group_id, key) DO UPDATE SET value = excluded.value, version = excluded.version)
    SELECT CASE
      WHEN (SELECT count(*) FROM g) <> 1 THEN CAST('${GROUP_WRITTEN}' || left($1, 0) AS bigint)
      WHEN (SELECT count(*) FROM d) <> cardinality($8::bigint[]) THEN CAST('${SESSION_ENDED}' || left($1, 0) AS bigint)
    END`,
};

/**
 * A group's counters with the roles of some users, in one statement and so from one snapshot. Lists come as arrays
 * of equal length; a user in an AVChatRoom has no role but is among `present`.
 */
export const LOAD_COUNTERS: Statement = {
  name: 'load counters',
  text: `SELECT g.*,
    ARRAY(SELECT key FROM counters WHERE group_id = $1 ORDER BY key) AS keys,
    ARRAY(SELECT value FROM counters WHERE group_id = $1 ORDER BY key) AS "values",
    ARRAY(SELECT version FROM counters WHERE group_id = $1 ORDER BY key) AS versions,
    ARRAY(SELECT key FROM deleted_counters WHERE group_id = $1 ORDER BY version, key) AS deleted_keys,
    ARRAY(SELECT version FROM deleted_counters WHERE group_id = $1 ORDER BY version, key) AS deleted_versions,
    ${roles('ARRAY(SELECT user_id', ')')} AS users,
    ${roles('ARRAY(SELECT role', ')')} AS roles,
    ARRAY(SELECT DISTINCT user_id FROM room_devices WHERE group_id = $1 AND user_id = ANY($2::text[])
      AND generation = g.generation AND g.ended_at = 0) AS present
    FROM groups g WHERE g.group_id = $1`,
};

function roles(select: string, end: string): string {
  return `${select} FROM members WHERE group_id = $1 AND user_id = ANY($2::text[])
    AND generation = g.generation AND g.ended_at = 0 ORDER BY user_id${end}`;
}

/** Locks the group for a batch; what it holds is read afterwards, by a statement that sees what was waited for. */
export const LOCK_GROUP: Statement = {
  name: 'lock group',
  text: 'SELECT 1 FROM groups WHERE group_id = $1 FOR UPDATE',
};

const DEVICE = 'device_no, user_id, session, floor, answers, since, seen_at';

export const DEVICES: Statement = {
  name: 'devices',
  text: `SELECT ${DEVICE} FROM devices WHERE device_no = ANY($1::bigint[])`,
};

export const LOCK_DEVICES: Statement = {
  name: 'lock devices',
  text: `SELECT ${DEVICE} FROM devices WHERE device_no = ANY($1::bigint[]) ORDER BY device_no FOR UPDATE`,
};

/** Serializes on names for which there may be no row to lock: a new group, an app's operation id. */
export const LOCK_NAMES: Statement = {
  name: 'lock names',
  text: `SELECT pg_advisory_xact_lock(h) FROM
    (SELECT DISTINCT hashtextextended(n, 0) AS h FROM unnest($1::text[]) n ORDER BY h) hashed`,
};

export const LOCK_USERS: Statement = {
  name: 'lock users',
  text: `SELECT ${USER} FROM users WHERE user_id = ANY($1::text[]) ORDER BY user_id FOR UPDATE`,
};

export const USERS: Statement = {
  name: 'users',
  text: `SELECT ${USER} FROM users WHERE user_id = ANY($1::text[])`,
};

/** The rows of one group that belong to several users or devices. */
export const MEMBERS_OF = ofMany('member', 'r.user_id');
export const APPLICATIONS_OF = ofMany('application', 'r.user_id');
export const ROOM_DEVICES_OF = ofMany('roomDevice', 'r.device_no');

/** Starts the next session of a device, if it is the user's. */
export const RESUME_DEVICE: Statement = {
  name: 'resume device',
  text: `UPDATE devices SET session = session + 1, seen_at = GREATEST(seen_at, $1)
    WHERE device_no = $2 AND user_id = $3 RETURNING ${DEVICE}`,
};

export const NEXT_DEVICE: Statement = {
  name: 'next device',
  text: 'UPDATE meta SET value = (value::bigint + 1)::text WHERE name = $1 RETURNING value',
};

export const SEEN_DEVICES: Statement = {
  name: 'seen devices',
  text: `UPDATE devices SET seen_at = $1 FROM (SELECT device_no AS n FROM devices
    WHERE device_no = ANY($2::bigint[]) AND seen_at < $1 ORDER BY device_no FOR UPDATE) s WHERE device_no = s.n`,
};

/** The rooms of some devices, in the order in which groups are locked. */
export const ROOMS_OF_DEVICES: Statement = {
  name: 'rooms of devices',
  text: `SELECT DISTINCT r.group_id, g.generation = r.generation AND g.ended_at = 0 AS living FROM room_devices r
    JOIN groups g ON g.group_id = r.group_id WHERE r.device_no = ANY($1::bigint[]) ORDER BY r.group_id`,
};

export const SEQS: Statement = {
  name: 'seqs',
  text: `SELECT 'group:' || group_id AS scope, seq FROM groups WHERE group_id = ANY($1::text[])
    UNION ALL SELECT 'user:' || user_id AS scope, seq FROM users WHERE user_id = ANY($2::text[])`,
};

export const LOGS: Statement = {
  name: 'logs',
  text: `SELECT p.at, l.seq, l.event FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY p(scope, after, at)
    CROSS JOIN LATERAL (SELECT seq, event FROM log WHERE scope = p.scope AND seq > p.after ORDER BY seq LIMIT $3) l
    ORDER BY p.at, l.seq`,
};

/** What the database promises, and whether it takes writes now. */
export const SETTINGS: Statement = {
  name: 'settings',
  text: `SELECT current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync,
    current_setting('server_encoding') AS encoding, current_setting('transaction_read_only') AS read_only`,
};

/** The common statement for one row, asked for many: so that there is one text for what the row must fulfil. */
export function ofMany(name: ReadName, column: string): Statement {
  const one = `${column} = $2`;
  if (!READS[name].includes(one)) throw new Error(`The statement ${name} does not ask for ${one}.`);
  return { name: `many ${name}`, text: READS[name].replace(one, `${column} = ANY($2)`) };
}
