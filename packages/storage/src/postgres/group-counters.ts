/**
 * The hot path: batches of counter writes of one group.
 *
 * While this process is alone with a group, a batch is decided on what memory holds and written by one fenced
 * statement. Once the fence was lost, somebody else writes the group too; from then on a batch locks the group
 * first and reads what it decides on, until it has done so a hundred times.
 */
import { appKey, type BatchResult, fillLookups, hasWrites, runBatch } from '../operations/batch.ts';
import type { CounterOutcome, CounterRequest, GroupCounterStorage } from '../port.ts';
import { BoundedMap } from './bounded-map.ts';
import type { BatchState, CounterCache } from './counter-cache.ts';
import { commitFenced, FenceLost, groupAfter, rareWrites } from './counter-commit.ts';
import { appNames, devicesOf, loadApps, loadGroup, usersOf, windowsOf } from './counter-state.ts';
import type { Connection, Database } from './database.ts';
import type { Gate } from './gate.ts';
import { LOCK_DEVICES, LOCK_GROUP, LOCK_NAMES } from './own-statements.ts';

const LOCKED_COMMITS = 100;
const CONTENDED_GROUPS_MAX = 10_000;

export interface CounterParts {
  database: Database;
  cache: CounterCache;
  gate: Gate;
}

export function openGroupCounters(parts: CounterParts): GroupCounterStorage {
  const writer = new BatchWriter(parts);
  return {
    update: async (requests) => {
      const groupID = requests[0]?.groupID;
      if (groupID === undefined) return [];
      if (requests.some((request) => request.groupID !== groupID)) {
        throw new Error(
          'PostgreSQL commits the counters of one group at a time: give the requests of one group.',
        );
      }
      return parts.gate.run([groupGate(groupID), ...devicesOf(requests)], () =>
        writer.write(groupID, requests),
      );
    },
    read: (groupID, userID, isAdministrator) =>
      parts.database.read(async (connection) => {
        const { counters, roles } = await loadGroup(connection, groupID, [userID]);
        return { ...counters, actor: { userID, isAdministrator, role: roles.get(userID) } };
      }),
  };
}

/** The name under which work on a group takes its turn. */
export const groupGate = (groupID: string): string => `group:${groupID}`;

class BatchWriter {
  private readonly parts: CounterParts;
  /** Groups that others write too, with the number of commits that are still to lock first. */
  private readonly contended = new BoundedMap<string, number>(CONTENDED_GROUPS_MAX);

  constructor(parts: CounterParts) {
    this.parts = parts;
  }

  async write(groupID: string, requests: readonly CounterRequest[]): Promise<CounterOutcome[]> {
    try {
      const hasApps = requests.some(({ operation }) => operation?.app);
      const fenced =
        hasApps || this.contended.get(groupID) ? undefined : await this.writeFenced(groupID, requests);
      return fenced ?? (await this.writeLocked(groupID, requests));
    } catch (cause) {
      // The outcome may be unknown: what memory holds is worth nothing until it is read again.
      this.forget(groupID, requests);
      throw cause;
    }
  }

  /** Undefined when the fence was lost and nothing was written. */
  private async writeFenced(
    groupID: string,
    requests: readonly CounterRequest[],
  ): Promise<CounterOutcome[] | undefined> {
    const { cache } = this.parts;
    const { state, result } = await this.decide(groupID, requests);
    if (!hasWrites(result)) return this.outcomes(result);
    try {
      await this.commit(groupID, state, result);
    } catch (cause) {
      if (!(cause instanceof FenceLost)) throw cause;
      if (cause.isGroup) this.contended.set(groupID, LOCKED_COMMITS);
      return undefined;
    }
    cache.remember(groupID, groupAfter(groupID, state.group, result));
    cache.rememberWindows(result.windows);
    return this.outcomes(result);
  }

  /** Most batches are one statement; what else some write belongs to its transaction. */
  private async commit(groupID: string, { group }: BatchState, result: BatchResult): Promise<void> {
    const { database } = this.parts;
    const rare = rareWrites(groupID, result);
    if (rare.length === 0) {
      await database.direct((connection) => commitFenced(connection, groupID, group, result));
      return;
    }
    await database.transaction(async (connection) => {
      await commitFenced(connection, groupID, group, result);
      await connection.write(rare);
    });
  }

  /** Decides on what is remembered; refusals are given only on what was read after the requests had come. */
  private async decide(
    groupID: string,
    requests: readonly CounterRequest[],
  ): Promise<{ state: BatchState; result: BatchResult }> {
    const { cache, database } = this.parts;
    const state = await cache.state(database, groupID, requests);
    const result = runBatch(requests, sourceOf(state));
    if (state.isFresh || result.outcomes.every((outcome) => outcome.ok)) return { state, result };
    const fresh = await cache.state(database, groupID, requests, true);
    return { state: fresh, result: runBatch(requests, sourceOf(fresh)) };
  }

  private async writeLocked(groupID: string, requests: readonly CounterRequest[]): Promise<CounterOutcome[]> {
    const { database, cache } = this.parts;
    const { state, result } = await database.transaction(async (connection) => {
      const names = appNames(requests);
      if (names.length > 0) await connection.run(LOCK_NAMES, [names]);
      const state = await lockState(connection, groupID, requests);
      const apps = await loadApps(connection, requests);
      const source = {
        ...sourceOf(state),
        app: (userID: string, id: string) => apps.get(appKey(userID, id)),
      };
      const result = runBatch(requests, source);
      if (hasWrites(result)) {
        await commitFenced(connection, groupID, state.group, result);
        await connection.write(rareWrites(groupID, result));
      }
      return { state, result };
    });
    cache.remember(groupID, groupAfter(groupID, state.group, result));
    cache.rememberWindows(state.windows);
    cache.rememberWindows(result.windows);
    this.countLocked(groupID);
    return this.outcomes(result);
  }

  private countLocked(groupID: string): void {
    const left = this.contended.get(groupID);
    if (left === undefined) return;
    if (left > 1) this.contended.set(groupID, left - 1);
    else this.contended.delete(groupID);
  }

  /** Completes the outcomes with the long answers that repeats are given. */
  private async outcomes(result: BatchResult): Promise<CounterOutcome[]> {
    if (result.lookups.length === 0) return result.outcomes;
    const bodies = new Map<string, string>();
    await this.parts.database.read(async (connection) => {
      for (const { device, seq } of result.lookups) {
        const [row] = await connection.read('answer', [device, seq]);
        if (row) bodies.set(`${device}:${seq}`, row.body as string);
      }
    });
    fillLookups(result, (device, seq) => bodies.get(`${device}:${seq}`));
    return result.outcomes;
  }

  private forget(groupID: string, requests: readonly CounterRequest[]): void {
    this.parts.cache.forgetGroup(groupID);
    this.parts.cache.forgetWindows(devicesOf(requests));
  }
}

/** Locks the group and the devices, and only then reads what they hold. */
async function lockState(
  connection: Connection,
  groupID: string,
  requests: readonly CounterRequest[],
): Promise<BatchState> {
  await connection.run(LOCK_GROUP, [groupID]);
  const devices = devicesOf(requests);
  const rows = devices.length === 0 ? [] : await connection.run(LOCK_DEVICES, [devices]);
  const group = await loadGroup(connection, groupID, usersOf(requests));
  return { group, windows: windowsOf(rows), isFresh: true };
}

function sourceOf({ group, windows }: BatchState) {
  return {
    group: () => group.counters,
    role: (_groupID: string, userID: string) => group.roles.get(userID),
    window: (device: number) => windows.get(device),
    app: () => undefined,
  };
}
