import { LIMITS } from '@muster/protocol';
import { type BatchResult, type BatchSource, fillLookups, hasWrites, runBatch } from '../operations/batch.ts';
import type { CounterOutcome, CounterRequest, GroupCounterStorage } from '../port.ts';
import { appKeyParameters, appParameters, appRecordOf } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import type { CommitQueue, Turn, TurnSource } from './commit-queue.ts';
import type { Caches } from './pending.ts';

interface Call {
  requests: readonly CounterRequest[];
  resolve(outcomes: CounterOutcome[]): void;
  reject(error: unknown): void;
}

/** The hot path: a commit of counters is decided from memory and written as a few rows. */
export class SqliteGroupCounters implements GroupCounterStorage, TurnSource {
  private readonly caches: Caches;
  private readonly queue: CommitQueue;
  private readonly source: BatchSource;
  private readonly calls: Call[] = [];

  constructor(caches: Caches, queue: CommitQueue) {
    this.caches = caches;
    this.queue = queue;
    const { groups, windows, reader } = caches;
    this.source = {
      group: (groupID) => groups.counters(groupID),
      role: (groupID, userID) => groups.role(groupID, userID),
      window: (device) => windows.get(device),
      app: (userID, operationID) => {
        const row = reader.first('appOperation', appKeyParameters(userID, operationID));
        return row && appRecordOf(row);
      },
    };
  }

  update(requests: readonly CounterRequest[]): Promise<CounterOutcome[]> {
    return new Promise((resolve, reject) => {
      this.calls.push({ requests, resolve, reject });
      this.queue.wake();
    });
  }

  async read(groupID: string, userID: string, isAdministrator: boolean) {
    const { reader, groups } = this.caches;
    return reader.together(() => {
      const actor = { userID, isAdministrator, role: groups.role(groupID, userID) };
      return { ...groups.counters(groupID), actor };
    });
  }

  next(): Turn | undefined {
    for (let call = this.calls.shift(); call; call = this.calls.shift()) {
      const turn = this.turn(call);
      if (turn) return turn;
    }
    return undefined;
  }

  private turn({ requests, resolve, reject }: Call): Turn | undefined {
    try {
      const result = runBatch(requests, this.source);
      const body = (device: number, seq: number) =>
        this.caches.reader.first('answer', [device, seq])?.body as string | undefined;
      fillLookups(result, body);
      const settle = () => {
        this.settle(result);
        resolve(result.outcomes);
      };
      return { writes: this.writes(result, requests[0]?.now ?? 0), settle, fail: reject };
    } catch (error) {
      reject(error);
      return undefined;
    }
  }

  private writes(result: BatchResult, now: number): Write[] {
    if (!hasWrites(result)) return [];
    const writes: Write[] = [];
    for (const [groupID, { after, set, removed, remembered, forgotten }] of result.groups) {
      writes.push(['setCountersVersion', [after.version, groupID]]);
      for (const [key, { value, version }] of set)
        writes.push(['putCounter', [groupID, key, value, version]]);
      for (const key of removed) writes.push(['deleteCounter', [groupID, key]]);
      for (const [key, version] of remembered) writes.push(['putDeletedCounter', [groupID, key, version]]);
      for (const key of forgotten) writes.push(['forgetDeletedCounter', [groupID, key]]);
    }
    for (const { device, seq, body } of result.bodies) writes.push(['putAnswer', [device, seq, body]]);
    for (const { device, seq } of result.droppedBodies) writes.push(['deleteAnswer', [device, seq]]);
    for (const app of result.apps) writes.push(['putAppOperation', appParameters(app)]);
    for (const userID of new Set(result.apps.map((app) => app.userID))) {
      writes.push(['pruneAppOperationsOfUser', [userID, LIMITS.operationIDs_perUser_max.value]]);
    }
    if (result.records.length > 0) writes.push(this.caches.windows.journalWrite(result.records, now));
    return writes;
  }

  private settle(result: BatchResult): void {
    for (const [groupID, { after }] of result.groups) this.caches.groups.counted(groupID, after);
    if (result.records.length > 0) this.caches.windows.recorded(result.windows, result.records.length);
  }
}
