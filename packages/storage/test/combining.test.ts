import { accept } from '@muster/domain';
import { LIMITS } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { type CombinedStorage, type CombineOptions, combine } from '../src/combining/combine.ts';
import type { Engine } from '../src/engine.ts';
import { openMemory } from '../src/memory/open-memory.ts';
import type { CounterOutcome, CounterRequest, Operation } from '../src/port.ts';

describe('one commit at a time', () => {
  it('the first goes at once; what arrives during its commit goes together', async () => {
    const { storage, commits, finish } = slowEngine('one-at-a-time');
    const first = write(storage, 'a');
    await turn();
    expect(commits).toEqual([['a']]);
    const others = ['b', 'a', 'c'].map((groupID) => write(storage, groupID));
    await turn();
    expect([commits.length, storage.queued()]).toEqual([1, 3]);
    await finish();
    expect(commits).toEqual([['a'], ['b', 'a', 'c']]);
    await finish();
    expect((await Promise.all([first, ...others])).every((outcome) => outcome.ok)).toBe(true);
    expect(storage.queued()).toBe(0);
  });

  it('what arrives in one turn goes together from the start', async () => {
    const { storage, commits } = slowEngine('one-at-a-time');
    for (const groupID of ['a', 'b', 'a']) void write(storage, groupID);
    await turn();
    expect(commits).toEqual([['a', 'b', 'a']]);
  });

  it('[SE1] takes at most 256 into a commit', async () => {
    const { storage, commits, finish } = slowEngine('one-at-a-time');
    for (let at = 0; at < 600; at += 1) void write(storage, 'a');
    await turn();
    await finish();
    await finish();
    expect(commits.map(({ length }) => length)).toEqual([256, 256, 88]);
    expect(LIMITS.batch_operations_max.value).toBe(256);
  });
});

describe('commits per scope', () => {
  it('one in flight per group, a few in all', async () => {
    const { storage, commits, finish } = slowEngine('per-scope', { commitsAtOnce: 2 });
    for (const groupID of ['a', 'b', 'c', 'a', 'c']) void write(storage, groupID);
    await turn();
    expect(commits).toEqual([['a', 'a'], ['b']]);
    void write(storage, 'a');
    await turn();
    expect(commits).toHaveLength(2);
    await finish(1);
    expect(commits.slice(2)).toEqual([['c', 'c']]);
    await finish(1);
    expect(commits.slice(3)).toEqual([['a']]);
  });

  it('[DL2] an operation waits while its device has one in flight in another group', async () => {
    const { storage, commits, finish } = slowEngine('per-scope');
    void write(storage, 'a', 1);
    void write(storage, 'b', 1);
    void write(storage, 'b', 2);
    void write(storage, 'b', 1);
    void write(storage, 'a', 1);
    await turn();
    // Device 2 does not wait for device 1; device 1 keeps the order a, b, b, a.
    expect(commits).toEqual([['a'], ['b']]);
    await finish(1);
    expect(commits.slice(2)).toEqual([]);
    await finish(1);
    expect(commits.slice(2)).toEqual([['b', 'b']]);
    await finish(1);
    expect(commits.slice(3)).toEqual([['a']]);
  });

  it('[DL2] what is not combined keeps its place among the writes of its device', async () => {
    const order: string[] = [];
    const { storage, finish, engine } = slowEngine('per-scope');
    engine.users.update = async () => {
      order.push('profile');
      return { ok: true, reply: undefined as never, repeated: false, events: [] };
    };
    void write(storage, 'a', 1).then(() => order.push('a'));
    const operation = operationOf(1);
    void storage.users.update({ userID: 'u', now: 0, operation, decide: () => accept({}, null) });
    void write(storage, 'a', 1).then(() => order.push('second a'));
    await turn();
    expect(order).toEqual([]);
    await finish(1);
    await turn();
    expect(order.toSorted()).toEqual(['a', 'profile']);
    await finish(1);
    await turn();
    expect(order.at(-1)).toBe('second a');
  });

  it('a lane that went quiet while a request waited for its device still commits one at a time', async () => {
    const { storage, commits, finish } = slowEngine('per-scope');
    void write(storage, 'a', 1);
    void write(storage, 'b', 2);
    void write(storage, 'b', 1);
    await turn();
    await finish(1, 1);
    void write(storage, 'b', 3);
    await turn();
    await finish(1);
    expect(commits).toEqual([['a'], ['b'], ['b']]);
    await finish(1);
    expect(commits.slice(3)).toEqual([['b']]);
  });
});

describe('faults', () => {
  it('a batch that fails rejects each of its requests, and the next one goes on', async () => {
    const { storage, finish, fail } = slowEngine('one-at-a-time');
    const lost = Promise.allSettled([write(storage, 'a', 1), write(storage, 'b', 2)]);
    await turn();
    const next = write(storage, 'a', 1);
    await fail(new Error('the disk is full'));
    const settled = await lost;
    expect(settled.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
      Array(2).fill('the disk is full'),
    );
    await finish();
    expect(await next).toMatchObject({ ok: true });
  });

  it('closing finishes what was begun', async () => {
    const { storage, engine, finish } = slowEngine('one-at-a-time');
    let isClosed = false;
    engine.close = async () => {
      isClosed = true;
    };
    const first = write(storage, 'a', 1);
    await turn();
    const second = write(storage, 'b', 1);
    const closing = storage.close();
    await finish();
    expect(isClosed).toBe(false);
    await finish();
    await closing;
    expect(isClosed).toBe(true);
    expect([await first, await second]).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('closing finishes what waits for its device, too', async () => {
    const { storage, engine, finish } = slowEngine('one-at-a-time');
    const told: string[] = [];
    let finishProfile = () => {};
    engine.close = async () => {
      told.push('closed');
    };
    engine.users.update = () =>
      new Promise((resolve) => {
        finishProfile = () => resolve({ ok: true, reply: undefined as never, repeated: false, events: [] });
      });
    const operation = operationOf(1);
    void storage.users.update({ userID: 'u', now: 0, operation, decide: () => accept({}, null) });
    const waiting = write(storage, 'a', 1).then(() => told.push('written'));
    const closing = storage.close();
    await turn();
    expect(told).toEqual([]);
    finishProfile();
    await turn();
    await finish();
    await Promise.all([waiting, closing]);
    expect(told).toEqual(['written', 'closed']);
  });

  it('tells an observer of every commit', async () => {
    const told: number[] = [];
    const onCommit = ({ operations }: { operations: number }) => told.push(operations);
    const { storage, finish } = slowEngine('one-at-a-time', { onCommit });
    void write(storage, 'a');
    await turn();
    for (let at = 0; at < 3; at += 1) void write(storage, 'a');
    await finish();
    await finish();
    expect(told).toEqual([1, 3]);
  });
});

/** An engine whose commits end when the test says so. */
function slowEngine(commits: Engine['commits'], options: CombineOptions = {}) {
  const begun: string[][] = [];
  const open: {
    resolve: (outcomes: CounterOutcome[]) => void;
    reject: (cause: Error) => void;
    size: number;
  }[] = [];
  const memory = openMemory();
  const update = (requests: readonly CounterRequest[]) => {
    begun.push(requests.map(({ groupID }) => groupID));
    return new Promise<CounterOutcome[]>((resolve, reject) =>
      open.push({ resolve, reject, size: requests.length }),
    );
  };
  const engine: Engine = { ...memory, commits, groupCounters: { ...memory.groupCounters, update } };
  const outcome: CounterOutcome = {
    ok: true,
    repeated: false,
    reply: { counters: [], version: 1 },
    changes: { set: [], deleted: [] },
  };
  return {
    storage: combine(engine, options),
    engine,
    commits: begun,
    /** Ends so many of the commits that are open, all unless said otherwise, from the n-th on. */
    finish: async (count = open.length, from = 0) => {
      for (const { resolve, size } of open.splice(from, count)) resolve(Array(size).fill(outcome));
      await turn();
    },
    fail: async (cause: Error) => {
      for (const { reject } of open.splice(0)) reject(cause);
      await turn();
    },
  };
}

let seq = 0;

function operationOf(device: number): Operation {
  seq += 1;
  return { device: { device, session: 1, seq, low: 1 }, hash: 1 };
}

async function write(storage: CombinedStorage, groupID: string, device?: number): Promise<CounterOutcome> {
  const [outcome] = await storage.groupCounters.update([
    {
      groupID,
      userID: 'u',
      isAdministrator: false,
      now: 0,
      decide: () => accept({ set: [], deleted: [] }, { counters: [], version: 1 }),
      ...(device !== undefined && { operation: operationOf(device) }),
    },
  ]);
  if (!outcome) throw new Error('There was no outcome.');
  return outcome;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
