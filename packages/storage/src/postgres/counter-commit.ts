/** Turns the result of a batch into what the database is sent. */

import { LIMITS } from '@muster/protocol';
import type { BatchResult } from '../operations/batch.ts';
import { packWindow } from '../operations/packing.ts';
import { appParameters } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import type { KnownGroup } from './counter-state.ts';
import type { Connection } from './database.ts';
import { COMMIT_BATCH, GROUP_WRITTEN, SESSION_ENDED } from './own-statements.ts';

/** The fence of a commit did not hold: nothing was written. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';
  /** Whether it was the group that changed, and not a device's session. */
  readonly isGroup: boolean;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.isGroup = cause.message.includes(GROUP_WRITTEN);
  }
}

/** Writes counters, version and windows, if group and devices are as the batch took them to be. */
export async function commitFenced(
  connection: Connection,
  groupID: string,
  group: KnownGroup,
  result: BatchResult,
): Promise<void> {
  const changed = result.groups.get(groupID);
  const set = changed?.set ?? [];
  const windows = [...result.windows].sort(([a], [b]) => a - b);
  const packed = windows.map(([, window]) => packWindow(window));
  const starts = startsOf(packed);
  try {
    await connection.keep(COMMIT_BATCH, [
      groupID,
      group.counters.version,
      group.revoked,
      changed?.after.version ?? group.counters.version,
      set.map(([key]) => key),
      set.map(([, { value }]) => value),
      set.map(([, { version }]) => version),
      windows.map(([device]) => device),
      windows.map(([, { session }]) => session),
      windows.map(([, { floor }]) => floor),
      starts,
      packed.map(({ length }) => length),
      Buffer.concat(packed),
    ]);
  } catch (cause) {
    throw isFenceLost(cause) ? new FenceLost(cause) : cause;
  }
}

/** Where each part begins in the whole, counted from 1 as SQL does. */
function startsOf(parts: readonly Buffer[]): number[] {
  let start = 1;
  return parts.map(({ length }) => {
    const own = start;
    start += length;
    return own;
  });
}

function isFenceLost(cause: unknown): cause is Error {
  if (!(cause instanceof Error)) return false;
  return cause.message.includes(GROUP_WRITTEN) || cause.message.includes(SESSION_ENDED);
}

/** What few batches have besides: deletions, long answers, the app's own ids. They belong to the same transaction. */
export function rareWrites(groupID: string, result: BatchResult): Write[] {
  const writes: Write[] = [];
  const changed = result.groups.get(groupID);
  for (const key of changed?.removed ?? []) writes.push(['deleteCounter', [groupID, key]]);
  for (const key of changed?.forgotten ?? []) writes.push(['forgetDeletedCounter', [groupID, key]]);
  for (const [key, version] of changed?.remembered ?? [])
    writes.push(['putDeletedCounter', [groupID, key, version]]);
  for (const { device, seq, body } of result.bodies) writes.push(['putAnswer', [device, seq, body]]);
  for (const { device, seq } of result.droppedBodies) writes.push(['deleteAnswer', [device, seq]]);
  for (const app of result.apps) writes.push(['putAppOperation', appParameters(app)]);
  for (const userID of new Set(result.apps.map((app) => app.userID))) writes.push(pruneAppsOf(userID));
  return writes;
}

export function pruneAppsOf(userID: string): Write {
  return ['pruneAppOperationsOfUser', [userID, LIMITS.operationIDs_perUser_max.value]];
}

/** The group as it is once the batch is durable. */
export function groupAfter(groupID: string, group: KnownGroup, result: BatchResult): KnownGroup {
  const changed = result.groups.get(groupID);
  return changed ? { ...group, counters: changed.after } : group;
}
