/**
 * Every statement, by name; one text for all databases. A row lives in the generation of its group that wrote it:
 * once the group has ended or was made again, its rows are as good as gone, whenever `maintain` deletes them.
 */
import { GROUP, LIVING, MEMBER, prefixed, taken, USER } from './columns.ts';
import { CONVERSATION_READS, CONVERSATION_WRITES } from './conversation-statements.ts';
import { placeholders } from './dialect.ts';

const G = prefixed('g', GROUP);
const PUT_MEMBER = `group_id, generation, ${MEMBER}`;

export const READS = {
  ...CONVERSATION_READS,
  meta: 'SELECT name, value FROM meta',

  /** Also one who never logged in: `registered` says so. */
  user: `SELECT ${USER} FROM users WHERE user_id = $1`,

  group: `SELECT ${GROUP} FROM groups WHERE group_id = $1`,
  member: `SELECT ${prefixed('r', MEMBER)} FROM members r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND r.user_id = $2 AND ${LIVING}`,
  application: `SELECT r.user_id, r.apply_message, r.apply_time FROM applications r
    JOIN groups g ON g.group_id = r.group_id WHERE r.group_id = $1 AND r.user_id = $2 AND ${LIVING}`,
  roomDevice: `SELECT r.device_no, r.user_id, r.join_time FROM room_devices r
    JOIN groups g ON g.group_id = r.group_id WHERE r.group_id = $1 AND r.device_no = $2 AND ${LIVING}`,
  /** Whether a user is in an AVChatRoom with any device. */
  roomUser: `SELECT r.user_id FROM room_devices r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND r.user_id = $2 AND ${LIVING} LIMIT 1`,
  joinedGroups: `SELECT ${G}, ${prefixed('r', MEMBER)} FROM members r JOIN groups g ON g.group_id = r.group_id
    WHERE r.user_id = $1 AND ${LIVING} AND g.type <> 'AVChatRoom' ORDER BY r.join_time, r.group_id`,
  members: `SELECT ${prefixed('r', MEMBER)} FROM members r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND ${LIVING} ORDER BY r.join_time, r.user_id LIMIT $2 OFFSET $3`,
  membersOfRole: `SELECT ${prefixed('r', MEMBER)} FROM members r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND r.role = $2 AND ${LIVING} ORDER BY r.join_time, r.user_id LIMIT $3 OFFSET $4`,
  applicationsToDecide: `SELECT ${G}, a.user_id AS applicant_id, a.apply_message, a.apply_time
    FROM members r JOIN groups g ON g.group_id = r.group_id
    JOIN applications a ON a.group_id = g.group_id AND a.generation = g.generation
    WHERE r.user_id = $1 AND r.role IN ('Owner', 'Admin') AND ${LIVING}
    ORDER BY a.apply_time, a.group_id, a.user_id`,
  roomDevicesOfGroup: `SELECT r.group_id, r.device_no, r.user_id, r.join_time FROM room_devices r
    JOIN groups g ON g.group_id = r.group_id WHERE r.group_id = $1 AND ${LIVING} ORDER BY r.join_time, r.device_no`,
  roomDevicesOfDevice: `SELECT r.group_id, r.device_no, r.user_id, r.join_time FROM room_devices r
    JOIN groups g ON g.group_id = r.group_id WHERE r.device_no = $1 AND ${LIVING} ORDER BY r.group_id`,
  roomDevicesOfAll: `SELECT r.group_id, r.device_no, r.user_id, r.join_time FROM room_devices r
    JOIN groups g ON g.group_id = r.group_id WHERE ${LIVING} ORDER BY r.group_id, r.join_time, r.device_no`,

  attributes: 'SELECT attributes FROM group_attributes WHERE group_id = $1',

  /** The value may lie beyond the safe integers: read it as a bigint. */
  counters: 'SELECT key, value, version FROM counters WHERE group_id = $1',
  deletedCounters: 'SELECT key, version FROM deleted_counters WHERE group_id = $1 ORDER BY version, key',

  device:
    'SELECT device_no, user_id, session, floor, answers, since, seen_at FROM devices WHERE device_no = $1',
  devicesOfUser: 'SELECT device_no FROM devices WHERE user_id = $1 ORDER BY device_no',
  answer: 'SELECT body FROM operation_answers WHERE device_no = $1 AND seq = $2',
  appOperation:
    'SELECT user_id, operation_id, at, hash, body FROM app_operations WHERE user_id = $1 AND operation_id = $2',

  log: 'SELECT seq, event FROM log WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3',
  seqOfUser: 'SELECT seq FROM users WHERE user_id = $1',
  seqOfGroup: 'SELECT seq FROM groups WHERE group_id = $1',

  journal: 'SELECT id, ops FROM operation_journal WHERE id > $1 ORDER BY id LIMIT $2',
  endedGroups: 'SELECT group_id FROM ended_groups ORDER BY group_id LIMIT $1',
  deadMember: `SELECT r.group_id FROM members r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT 1`,
  deadApplication: `SELECT r.group_id FROM applications r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT 1`,
  deadRoomDevice: `SELECT r.group_id FROM room_devices r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT 1`,
  forgottenDevices: 'SELECT device_no FROM devices WHERE seen_at < $1 ORDER BY seen_at LIMIT $2',
} as const;

export const WRITES = {
  ...CONVERSATION_WRITES,
  putMeta:
    'INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',

  registerUser: `INSERT INTO users (user_id, profile, seq, signatures_from, registered) VALUES ($1, $2, 0, 0, 1)
    ON CONFLICT (user_id) DO UPDATE SET registered = 1`,
  putProfile: `INSERT INTO users (user_id, profile, seq, signatures_from, registered) VALUES ($1, $2, 0, 0, 1)
    ON CONFLICT (user_id) DO UPDATE SET profile = excluded.profile, registered = 1`,
  setUserSeq: `INSERT INTO users (user_id, profile, seq, signatures_from, registered) VALUES ($1, $2, $3, 0, 0)
    ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq`,
  deleteUser: 'UPDATE users SET profile = $2, registered = 0 WHERE user_id = $1',
  setSignaturesFrom: 'UPDATE users SET signatures_from = $1 WHERE user_id = $2',

  putGroup: `INSERT INTO groups (${GROUP}) VALUES (${placeholders(14)})
    ON CONFLICT (group_id) DO UPDATE SET ${taken(GROUP.replace('group_id, ', ''))}`,
  setCountersVersion: 'UPDATE groups SET counters_version = $1 WHERE group_id = $2',
  revoke: 'UPDATE groups SET revoked = revoked + 1 WHERE group_id = $1',
  putMember: `INSERT INTO members (${PUT_MEMBER}) VALUES (${placeholders(10)})
    ON CONFLICT (group_id, user_id) DO UPDATE SET ${taken(`generation, ${MEMBER.replace('user_id, ', '')}`)}`,
  deleteMember: 'DELETE FROM members WHERE group_id = $1 AND user_id = $2',
  putApplication: `INSERT INTO applications (group_id, user_id, generation, apply_message, apply_time)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (group_id, user_id) DO UPDATE SET generation = excluded.generation,
    apply_message = excluded.apply_message, apply_time = excluded.apply_time`,
  deleteApplication: 'DELETE FROM applications WHERE group_id = $1 AND user_id = $2',
  putRoomDevice: `INSERT INTO room_devices (group_id, device_no, user_id, generation, join_time)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (group_id, device_no) DO UPDATE SET user_id = excluded.user_id,
    generation = excluded.generation, join_time = excluded.join_time`,
  deleteRoomDevice: 'DELETE FROM room_devices WHERE group_id = $1 AND device_no = $2',
  deleteRoomsOfDevice: 'DELETE FROM room_devices WHERE device_no = $1',

  putAttributes: `INSERT INTO group_attributes (group_id, attributes) VALUES ($1, $2)
    ON CONFLICT (group_id) DO UPDATE SET attributes = excluded.attributes`,
  deleteAttributes: 'DELETE FROM group_attributes WHERE group_id = $1',

  putCounter: `INSERT INTO counters (group_id, key, value, version) VALUES ($1, $2, $3, $4)
    ON CONFLICT (group_id, key) DO UPDATE SET value = excluded.value, version = excluded.version`,
  deleteCounter: 'DELETE FROM counters WHERE group_id = $1 AND key = $2',
  deleteCounters: 'DELETE FROM counters WHERE group_id = $1',
  putDeletedCounter: `INSERT INTO deleted_counters (group_id, key, version) VALUES ($1, $2, $3)
    ON CONFLICT (group_id, key) DO UPDATE SET version = excluded.version`,
  forgetDeletedCounter: 'DELETE FROM deleted_counters WHERE group_id = $1 AND key = $2',
  forgetDeletedCounters: 'DELETE FROM deleted_counters WHERE group_id = $1',

  insertLog: 'INSERT INTO log (scope, seq, at, event) VALUES ($1, $2, $3, $4)',

  insertDevice: `INSERT INTO devices (device_no, user_id, session, floor, answers, since, seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)`,
  startSession: 'UPDATE devices SET session = $1, seen_at = $2 WHERE device_no = $3',
  setWindow: 'UPDATE devices SET floor = $1, answers = $2 WHERE device_no = $3',
  seen: 'UPDATE devices SET seen_at = $1 WHERE device_no = $2 AND seen_at < $1',
  deleteDevice: 'DELETE FROM devices WHERE device_no = $1',
  putAnswer: `INSERT INTO operation_answers (device_no, seq, body) VALUES ($1, $2, $3)
    ON CONFLICT (device_no, seq) DO UPDATE SET body = excluded.body`,
  deleteAnswer: 'DELETE FROM operation_answers WHERE device_no = $1 AND seq = $2',
  deleteAnswersOfDevice: 'DELETE FROM operation_answers WHERE device_no = $1',

  /** Numbers a user's app operations, so that the newest 10,000 can be told. */
  putAppOperation: `INSERT INTO app_operations (user_id, operation_id, n, at, hash, body)
    VALUES ($1, $2, (SELECT COALESCE(MAX(n), 0) + 1 FROM app_operations WHERE user_id = $1), $3, $4, $5)
    ON CONFLICT (user_id, operation_id) DO UPDATE
    SET n = excluded.n, at = excluded.at, hash = excluded.hash, body = excluded.body`,
  pruneAppOperationsOfUser: `DELETE FROM app_operations WHERE user_id = $1
    AND n <= (SELECT MAX(n) FROM app_operations WHERE user_id = $1) - $2`,

  insertJournal: 'INSERT INTO operation_journal (id, at, ops) VALUES ($1, $2, $3)',
  deleteJournal: 'DELETE FROM operation_journal WHERE id <= $1',

  pruneAppOperations: `DELETE FROM app_operations WHERE (user_id, operation_id) IN
    (SELECT user_id, operation_id FROM app_operations WHERE at < $1 ORDER BY at LIMIT $2)`,
  noteEnded: 'INSERT INTO ended_groups (group_id) VALUES ($1) ON CONFLICT (group_id) DO NOTHING',
  forgetEnded: 'DELETE FROM ended_groups WHERE group_id = $1',
  pruneMembers: `DELETE FROM members WHERE (group_id, user_id) IN (SELECT r.group_id, r.user_id FROM members r
    JOIN groups g ON g.group_id = r.group_id WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT $2)`,
  pruneApplications: `DELETE FROM applications WHERE (group_id, user_id) IN
    (SELECT r.group_id, r.user_id FROM applications r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT $2)`,
  pruneRoomDevices: `DELETE FROM room_devices WHERE (group_id, device_no) IN
    (SELECT r.group_id, r.device_no FROM room_devices r JOIN groups g ON g.group_id = r.group_id
    WHERE r.group_id = $1 AND NOT (${LIVING}) LIMIT $2)`,
  pruneLog: 'DELETE FROM log WHERE scope = $1 AND seq <= $2',
} as const;

/** What an ended group leaves to `maintain`: a read that finds some of it, and the write that deletes some. */
export const ROWS_OF_ENDED_GROUPS = [
  ['deadMember', 'pruneMembers'],
  ['deadApplication', 'pruneApplications'],
  ['deadRoomDevice', 'pruneRoomDevices'],
  ['deadConversation', 'pruneConversations'],
  ['deadConversationGroupMember', 'pruneConversationGroupMembers'],
  ['deadMention', 'pruneMentions'],
  ['deadDeletedMessage', 'pruneDeletedMessages'],
  ['deadMessage', 'pruneMessages'],
] as const satisfies readonly (readonly [ReadName, WriteName])[];

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;

export type Parameter = string | number | bigint | Uint8Array | null;

/** One statement to run, with its parameters. */
export type Write = readonly [name: WriteName, parameters: readonly Parameter[]];
