/** What the decisions of a batch are made on, read from the database. */
import type { Counter } from '@muster/domain';
import type { Role } from '@muster/protocol';
import { isRemembered } from '../operations/app-operations.ts';
import type { AppRecord } from '../operations/batch.ts';
import { appKey } from '../operations/batch.ts';
import type { GroupCounters } from '../operations/group-fold.ts';
import type { DeviceWindow } from '../operations/window.ts';
import type { CounterRequest } from '../port.ts';
import {
  appKeyParameters,
  appRecordOf,
  deviceOf,
  groupCountersOf,
  groupOf,
  int64,
  integer,
  type Row,
} from '../sql/rows.ts';
import type { Connection } from './database.ts';
import { LOAD_COUNTERS } from './own-statements.ts';

/** A group with the roles of those users who were looked up; who is no member is not in it. */
export interface KnownGroup {
  counters: GroupCounters;
  revoked: number;
  roles: Map<string, Role>;
}

export async function loadGroup(
  connection: Connection,
  groupID: string,
  userIDs: readonly string[],
): Promise<KnownGroup> {
  const [row] = await connection.run(LOAD_COUNTERS, [groupID, userIDs]);
  if (!row)
    return { counters: groupCountersOf(undefined, new Map(), new Map()), revoked: 0, roles: new Map() };
  const stored = groupOf(row);
  return {
    counters: groupCountersOf(stored, countersOf(row), deletedOf(row)),
    revoked: stored.revoked,
    roles: rolesOf(row, stored.record.type === 'AVChatRoom'),
  };
}

function countersOf(row: Row): Map<string, Counter> {
  const values = row.values as string[];
  const versions = row.versions as string[];
  return new Map(
    (row.keys as string[]).map((key, at) => [
      key,
      { value: int64(values[at]), version: integer(versions[at]) },
    ]),
  );
}

function deletedOf(row: Row): Map<string, number> {
  const versions = row.deleted_versions as string[];
  return new Map((row.deleted_keys as string[]).map((key, at) => [key, integer(versions[at])]));
}

function rolesOf(row: Row, isRoom: boolean): Map<string, Role> {
  const found = new Map<string, Role>();
  if (isRoom) for (const userID of row.present as string[]) found.set(userID, 'Member');
  const roles = row.roles as Role[];
  for (const [at, userID] of (row.users as string[]).entries()) found.set(userID, roles[at] as Role);
  return found;
}

export function windowsOf(rows: readonly Row[]): Map<number, DeviceWindow> {
  return new Map(
    rows.map((row) => {
      const { device, window } = deviceOf(row);
      return [device, window];
    }),
  );
}

/** The records of the app's own operation ids that these requests carry. */
export async function loadApps(
  connection: Connection,
  requests: readonly Pick<CounterRequest, 'operation' | 'now'>[],
): Promise<Map<string, AppRecord>> {
  const records = new Map<string, AppRecord>();
  for (const { operation, now } of requests) {
    if (!operation?.app) continue;
    const { userID, operationID } = operation.app;
    const [row] = await connection.read('appOperation', appKeyParameters(userID, operationID));
    const record = row && appRecordOf(row);
    if (record && isRemembered(record, now)) records.set(appKey(userID, operationID), record);
  }
  return records;
}

/** The names to lock, so that the same id sent twice at once is decided once. */
export function appNames(requests: readonly Pick<CounterRequest, 'operation'>[]): string[] {
  return requests.flatMap(({ operation }) => {
    return operation?.app ? [JSON.stringify([operation.app.userID, operation.app.operationID])] : [];
  });
}

/** The users whose roles a batch needs, and its devices in ascending order. */
export function usersOf(requests: readonly CounterRequest[]): string[] {
  return [...new Set(requests.map(({ userID }) => userID))];
}

export function devicesOf(requests: readonly Pick<CounterRequest, 'operation'>[]): number[] {
  const devices = new Set<number>();
  for (const { operation } of requests) if (operation?.device) devices.add(operation.device.device);
  return [...devices].sort((a, b) => a - b);
}
