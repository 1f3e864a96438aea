import { LIMITS } from '@muster/protocol';
import { deviceOf } from '../sql/rows.ts';
import { ROWS_OF_ENDED_GROUPS, type Write } from '../sql/statements.ts';
import type { Connection } from './database.ts';
import { type DeviceParts, forgetDevices } from './devices.ts';
import { LOCK_DEVICES, LOCK_GROUP } from './own-statements.ts';

/** Rows that one statement deletes, so that nothing waits long for its locks. */
const CHUNK = 500;
/** Chunks of one kind in one call: the rest is left to the next one. */
const CHUNKS_MAX = 20;

/** Deletes what may be forgotten, in small transactions. */
export async function maintain(parts: DeviceParts, now: number): Promise<void> {
  await forgetOldDevices(parts, now - LIMITS.device_kept_ms.value);
  await pruneAppOperations(parts, now - LIMITS.operationID_kept_ms.value);
  await pruneEndedGroups(parts);
}

async function forgetOldDevices({ database, cache }: DeviceParts, before: number): Promise<void> {
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    const { devices, rooms } = await database.transaction(async (connection) => {
      const devices = await oldDevices(connection, before);
      return { devices, rooms: await forgetDevices(connection, devices) };
    });
    cache.forgetWindows(devices);
    for (const groupID of rooms) cache.forgetGroup(groupID);
    if (devices.length < CHUNK) return;
  }
}

/** Locks devices that were not heard of for long. One that came back while its row was waited for is left out. */
async function oldDevices(connection: Connection, before: number): Promise<number[]> {
  const found = await connection.read('forgottenDevices', [before, CHUNK]);
  const rows = await connection.run(LOCK_DEVICES, [found.map((row) => row.device_no)]);
  return rows.map(deviceOf).flatMap(({ device, seenAt }) => (seenAt < before ? [device] : []));
}

async function pruneAppOperations({ database }: DeviceParts, before: number): Promise<void> {
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    const deleted = await database.direct((connection) =>
      connection.change(['pruneAppOperations', [before + 1, CHUNK]]),
    );
    if (deleted < CHUNK) return;
  }
}

/** A group is done with once none of its rows of an older generation is left. */
async function pruneEndedGroups({ database }: DeviceParts): Promise<void> {
  const rows = await database.direct((connection) => connection.read('endedGroups', [CHUNK]));
  for (const row of rows) {
    const groupID = row.group_id as string;
    for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
      const isDone = await database.transaction((connection) => pruneGroup(connection, groupID));
      if (isDone) break;
    }
  }
}

/** The group is locked, so that it does not end once more before it is struck off the list. */
async function pruneGroup(connection: Connection, groupID: string): Promise<boolean> {
  await connection.run(LOCK_GROUP, [groupID]);
  for (const [, name] of ROWS_OF_ENDED_GROUPS) {
    const write: Write = [name, [groupID, CHUNK]];
    if ((await connection.change(write)) === CHUNK) return false;
  }
  await connection.write([['forgetEnded', [groupID]]]);
  return true;
}
