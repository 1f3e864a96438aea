import { type Scope, userScope } from '@muster/protocol';
import { integer, type Row } from '../sql/rows.ts';
import type { Connection } from './database.ts';
import { LOCK_NAMES, LOCK_USERS } from './own-statements.ts';

/**
 * Locks the rows of users in ascending order, and the names of those who have none, so that two first writes do not
 * both begin a log. They come last of all locks: what is the user's own is read after them and stays as it is read,
 * his conversations, his conversation groups and, as who removes him locks him too, his being a member (CG15).
 */
export async function lockUsers(connection: Connection, userIDs: readonly string[]): Promise<Row[]> {
  if (userIDs.length === 0) return [];
  const rows = await connection.run(LOCK_USERS, [userIDs]);
  const known = new Set(rows.map((row) => row.user_id));
  const names = userIDs.filter((userID) => !known.has(userID)).map((userID) => `user:${userID}`);
  if (names.length === 0) return rows;
  await connection.run(LOCK_NAMES, [names]);
  return connection.run(LOCK_USERS, [userIDs]);
}

/** The last numbers of the logs of users that are locked. */
export function seqsOf(rows: readonly Row[]): Map<Scope, number> {
  return new Map(rows.map((row) => [userScope(row.user_id as string), integer(row.seq)]));
}
