import type { DeviceWindow } from '../operations/window.ts';
import type { CounterRequest } from '../port.ts';
import { BoundedMap } from './bounded-map.ts';
import { type KnownGroup, loadGroup, usersOf, windowsOf } from './counter-state.ts';
import type { Database } from './database.ts';
import { DEVICES } from './own-statements.ts';

const GROUPS_MAX = 10_000;
const WINDOWS_MAX = 200_000;

/** What a batch is decided on. */
export interface BatchState {
  group: KnownGroup;
  windows: Map<number, DeviceWindow>;
  /** Whether the group was read for this batch, so that also its refusals are right. */
  isFresh: boolean;
}

/**
 * What this process remembers of groups and of the windows of devices, so that a batch needs no reading.
 *
 * It may be behind: another process may have written. What is written on its grounds is therefore fenced, and what
 * is refused on its grounds is decided again on what was read. Of roles only those that exist are remembered.
 */
export class CounterCache {
  private readonly groups = new BoundedMap<string, KnownGroup>(GROUPS_MAX);
  private readonly windows = new BoundedMap<number, DeviceWindow>(WINDOWS_MAX);

  /** What is remembered for a batch, completed by what must be read. `fresh` reads the group in any case. */
  async state(
    database: Database,
    groupID: string,
    requests: readonly CounterRequest[],
    fresh = false,
  ): Promise<BatchState> {
    const windows = await this.windowsFor(database, requests);
    const known = this.groups.get(groupID);
    const userIDs = usersOf(requests);
    if (known && !fresh && userIDs.every((userID) => known.roles.has(userID))) {
      return { group: known, windows, isFresh: false };
    }
    const read = await database.read((connection) => loadGroup(connection, groupID, userIDs));
    const group = known ? withRoles(read, known, userIDs) : read;
    this.remember(groupID, group);
    return { group, windows, isFresh: true };
  }

  remember(groupID: string, group: KnownGroup): void {
    if (group.counters.group) this.groups.set(groupID, group);
    else this.groups.delete(groupID);
  }

  rememberWindows(windows: Iterable<[number, DeviceWindow]>): void {
    for (const [device, window] of windows) this.windows.set(device, window);
  }

  forgetGroup(groupID: string): void {
    this.groups.delete(groupID);
  }

  forgetWindows(devices: Iterable<number>): void {
    for (const device of devices) this.windows.delete(device);
  }

  /** A window of another session than the request's is read again: the device may have logged in elsewhere. */
  private async windowsFor(
    database: Database,
    requests: readonly CounterRequest[],
  ): Promise<Map<number, DeviceWindow>> {
    const windows = new Map<number, DeviceWindow>();
    const missing = new Set<number>();
    for (const { operation } of requests) {
      if (!operation?.device) continue;
      const { device, session } = operation.device;
      const window = this.windows.get(device);
      if (window?.session === session) windows.set(device, window);
      else missing.add(device);
    }
    if (missing.size === 0) return windows;
    const rows = await database.read((connection) => connection.run(DEVICES, [[...missing]]));
    const read = windowsOf(rows);
    this.rememberWindows(read);
    for (const [device, window] of read) windows.set(device, window);
    return windows;
  }
}

/** The group as it was read, with the other roles remembered before, as long as nobody has lost one since. */
function withRoles(read: KnownGroup, known: KnownGroup, userIDs: readonly string[]): KnownGroup {
  if (read.revoked !== known.revoked) return read;
  const roles = new Map(known.roles);
  for (const userID of userIDs) roles.delete(userID);
  for (const [userID, role] of read.roles) roles.set(userID, role);
  return { ...read, roles };
}
