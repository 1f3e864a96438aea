import { LIMITS } from '@muster/protocol';
import { integer } from '../sql/rows.ts';
import { ROWS_OF_ENDED_GROUPS } from '../sql/statements.ts';
import type { ColdWrites } from './cold-writes.ts';
import type { Pending } from './pending.ts';
import { forgetDevice } from './sqlite-users.ts';

const DEVICES_PER_CALL = 500;
const APP_OPERATIONS_PER_CALL = 5_000;
const ROWS_PER_COMMIT = 1_000;
const COMMITS_PER_CALL = 20;

/** Prunes what may be forgotten. Each step is a commit of its own, so that other writes come between. */
export async function maintain(cold: ColdWrites, now: number): Promise<void> {
  await cold.run((pending) => forgetDevices(pending, now), { isAlone: true });
  await cold.run(({ writes }) => {
    writes.push(['pruneAppOperations', [now - LIMITS.operationID_kept_ms.value, APP_OPERATIONS_PER_CALL]]);
  });
  for (let commits = 0; commits < COMMITS_PER_CALL; commits += 1) {
    const isDone = await cold.run(sweepEndedGroup, { isAlone: true });
    if (isDone) return;
  }
}

function forgetDevices(pending: Pending, now: number): void {
  const before = now - LIMITS.device_kept_ms.value;
  const rows = pending.caches.reader.all('forgottenDevices', [before, DEVICES_PER_CALL]);
  for (const row of rows) forgetDevice(pending, integer(row.device_no));
}

/** Deletes some rows that an ended group has left; true when there is no such group. */
function sweepEndedGroup({ caches: { reader }, writes }: Pending): boolean {
  const [row] = reader.all('endedGroups', [1]);
  if (!row) return true;
  const groupID = row.group_id as string;
  const before = writes.length;
  for (const [dead, prune] of ROWS_OF_ENDED_GROUPS) {
    if (reader.first(dead, [groupID])) writes.push([prune, [groupID, ROWS_PER_COMMIT]]);
  }
  if (writes.length === before) writes.push(['forgetEnded', [groupID]]);
  return false;
}
