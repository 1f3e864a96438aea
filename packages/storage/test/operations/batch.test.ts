import { crc32 } from 'node:zlib';
import { accept, type Counter, type CounterChanges, type CounterState, refuse } from '@muster/domain';
import { addInt64, INT64_MAX, type Int64, LIMITS } from '@muster/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BatchResult, type BatchSource, fillLookups, runBatch } from '../../src/operations/batch.ts';
import type { GroupCounters } from '../../src/operations/group-fold.ts';
import { type DeviceWindow, emptyWindow } from '../../src/operations/window.ts';
import type { CounterRequest } from '../../src/port.ts';

type Command =
  | { kind: 'increase'; key: string; value: Int64 }
  | { kind: 'set'; keys: string[]; value: Int64 }
  | { kind: 'delete'; keys: string[] }
  | { kind: 'refuse' };

interface Step {
  group: string;
  command: Command;
  device: number;
  seq: number;
}

function decide(command: Command, state: CounterState) {
  const version = state.version + 1;
  if (command.kind === 'refuse') return refuse('NOT_PERMITTED');
  if (command.kind === 'delete') {
    const deleted = command.keys.filter((key) => state.counters.has(key));
    return accept<CounterChanges, never>({ set: [], deleted }, {
      counters: [],
      keyList: deleted,
      version,
    } as never);
  }
  if (command.kind === 'set')
    return acceptSet(
      command.keys.map((key) => ({ key, value: command.value })),
      version,
    );
  const value = addInt64(state.counters.get(command.key)?.value ?? 0, command.value);
  return value === undefined ? refuse('COUNTER_OVERFLOW') : acceptSet([{ key: command.key, value }], version);
}

function acceptSet(set: { key: string; value: Int64 }[], version: number) {
  return accept({ set, deleted: [] }, { counters: set, version } as never);
}

function requestOf({ group, command, device, seq }: Step): CounterRequest {
  return {
    groupID: group,
    userID: 'bob',
    isAdministrator: false,
    now: 1,
    ...(command.kind === 'increase' && { key: command.key }),
    operation: { device: { device, session: 1, seq, low: 1 }, hash: crc32(JSON.stringify(command, bigints)) },
    decide: (state) => decide(command, state),
  };
}

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

/** What a storage holds, written from a batch's result as an engine writes it. */
class Kept {
  readonly counters = new Map<string, Map<string, Counter>>();
  readonly deleted = new Map<string, Map<string, number>>();
  readonly versions = new Map<string, number>();
  readonly windows = new Map<number, DeviceWindow>(
    [1, 2, 3].map((device) => [device, emptyWindow('bob', 1)]),
  );
  readonly bodies = new Map<string, string>();

  source(): BatchSource {
    return {
      group: (groupID) => this.group(groupID),
      role: () => 'Member',
      window: (device) => this.windows.get(device),
      app: () => undefined,
    };
  }

  group(groupID: string): GroupCounters {
    const deleted = [...(this.deleted.get(groupID) ?? [])].sort(([, a], [, b]) => a - b);
    return {
      group: { groupID, type: 'Public', isSupportTopic: false, endedAt: 0, ownerID: 'bob' },
      counters: new Map(this.counters.get(groupID)),
      deleted: new Map(deleted),
      version: this.versions.get(groupID) ?? 0,
    };
  }

  apply(result: BatchResult): void {
    for (const [groupID, { after, set, removed, remembered, forgotten }] of result.groups) {
      const counters = this.counters.get(groupID) ?? new Map<string, Counter>();
      const deleted = this.deleted.get(groupID) ?? new Map<string, number>();
      for (const [key, counter] of set) counters.set(key, counter);
      for (const key of removed) counters.delete(key);
      for (const [key, version] of remembered) deleted.set(key, version);
      for (const key of forgotten) deleted.delete(key);
      this.counters.set(groupID, counters);
      this.deleted.set(groupID, deleted);
      this.versions.set(groupID, after.version);
      expect(this.group(groupID)).toEqual(after);
    }
    for (const [device, window] of result.windows) this.windows.set(device, window);
    for (const { device, seq, body } of result.bodies) this.bodies.set(`${device}:${seq}`, body);
  }
}

/** The same, one operation at a time and without windows: every operation ever accepted is remembered. */
class Naive {
  readonly values = new Map<string, Map<string, Int64>>();
  readonly answers = new Map<string, { hash: number; outcome: unknown }>();
  readonly versions = new Map<string, number>();

  run(request: CounterRequest): unknown {
    const { groupID, operation } = request;
    const id = `${operation?.device?.device}:${operation?.device?.seq}`;
    const known = this.answers.get(id);
    if (known) return known.hash === operation?.hash ? known.outcome : 'OPERATION_CONTENT_DIFFERS';
    const values = this.values.get(groupID) ?? new Map<string, Int64>();
    const version = this.versions.get(groupID) ?? 0;
    const counters = new Map([...values].map(([key, value]) => [key, { value, version: 0 }]));
    const actor = { userID: 'bob', isAdministrator: false, role: 'Member' } as const;
    const decision = request.decide({ group: undefined, actor, counters, version });
    if (!decision.ok) return decision.error;
    for (const { key, value } of decision.changes.set) values.set(key, value);
    for (const key of decision.changes.deleted) values.delete(key);
    const changes = decision.changes.set.length + decision.changes.deleted.length;
    this.values.set(groupID, values);
    this.versions.set(groupID, changes > 0 ? version + 1 : version);
    this.answers.set(id, { hash: operation?.hash ?? 0, outcome: decision.reply });
    return decision.reply;
  }
}

const key = fc.constantFrom('a', 'b', '__proto__');
const amount: fc.Arbitrary<Int64> = fc.constantFrom<Int64>(1, -1, 0, 2 ** 53 - 1, 2n ** 62n, INT64_MAX);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('increase' as const), key, value: amount }) },
  fc.record({
    kind: fc.constant('set' as const),
    keys: fc.uniqueArray(key, { minLength: 1 }),
    value: amount,
  }),
  fc.record({ kind: fc.constant('delete' as const), keys: fc.uniqueArray(key) }),
  fc.record({ kind: fc.constant('refuse' as const) }),
);
const step: fc.Arbitrary<Step> = fc.record({
  group: fc.constantFrom('g', 'h'),
  command,
  device: fc.constantFrom(1, 2, 3),
  seq: fc.integer({ min: 1, max: 40 }),
});

it('[DL2] [GC12] a batch gives what one operation after another gives, however they are cut into batches', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 8 }), (batches) => {
      const kept = new Kept();
      const naive = new Naive();
      for (const steps of batches) {
        const requests = steps.map(requestOf);
        const result = runBatch(requests, kept.source());
        fillLookups(result, (device, seq) => kept.bodies.get(`${device}:${seq}`));
        kept.apply(result);
        const told = result.outcomes.map((outcome) => (outcome.ok ? outcome.reply : outcome.error));
        expect(told).toEqual(requests.map((request) => naive.run(request)));
      }
      for (const [groupID, values] of naive.values) {
        const counters = [...kept.group(groupID).counters].map(([name, { value }]) => [name, value]);
        expect(new Map(counters as [string, Int64][])).toEqual(values);
        expect(kept.group(groupID).version).toBe(naive.versions.get(groupID));
      }
    }),
  );
});

it('[GC16] remembers no more than 100 deleted keys, also when one batch deletes more', () => {
  const kept = new Kept();
  const requests: CounterRequest[] = [];
  for (let at = 0; at < 130; at += 1) {
    const [device, seq] = [1 + (at % 3), Math.floor(at / 3) + 1];
    requests.push({
      ...requestOf({ group: 'g', command: { kind: 'increase', key: `k${at}`, value: 1 }, device, seq }),
    });
    const { operation: _, ...deletion } = requestOf({
      group: 'g',
      command: { kind: 'delete', keys: [`k${at}`] },
      device,
      seq,
    });
    requests.push(deletion);
  }
  kept.apply(runBatch(requests, kept.source()));
  const { deleted, version } = kept.group('g');
  expect([deleted.size, version]).toEqual([LIMITS.deletedCounters_perGroup_max.value, 260]);
  expect([deleted.has('k29'), deleted.has('k30')]).toEqual([false, true]);
});

it('folds many operations into one row for each counter', () => {
  const kept = new Kept();
  const requests = Array.from({ length: 120 }, (_, at) =>
    requestOf({
      group: 'g',
      command: { kind: 'increase', key: at % 2 ? 'a' : 'b', value: 1 },
      device: 1 + (at % 3),
      seq: Math.floor(at / 3) + 1,
    }),
  );
  const result = runBatch(requests, kept.source());
  expect(result.groups.get('g')?.set).toEqual([
    ['b', { value: 60, version: 119 }],
    ['a', { value: 60, version: 120 }],
  ]);
  expect([result.records.length, result.windows.size, result.bodies.length]).toEqual([120, 3, 0]);
});

it('a request that decides nothing new takes no version and is recorded', () => {
  const kept = new Kept();
  const request = requestOf({ group: 'g', command: { kind: 'delete', keys: ['a'] }, device: 1, seq: 1 });
  const result = runBatch([request], kept.source());
  expect([result.groups.size, result.records.length]).toEqual([0, 1]);
  kept.apply(result);
  const again = runBatch([request], kept.source());
  expect([again.lookups, again.records]).toEqual([[{ index: 0, device: 1, seq: 1 }], []]);
});

it('leaves what it was given as it was, so that a failed commit is simply forgotten', () => {
  const kept = new Kept();
  const group = kept.group('g');
  const window = emptyWindow('bob', 1);
  const source: BatchSource = { ...kept.source(), group: () => group, window: () => window };
  const steps: Step[] = [
    { group: 'g', command: { kind: 'increase', key: 'a', value: 1 }, device: 1, seq: 1 },
    { group: 'g', command: { kind: 'delete', keys: ['a'] }, device: 1, seq: 2 },
  ];
  runBatch(steps.map(requestOf), source);
  expect([group, window]).toEqual([kept.group('g'), emptyWindow('bob', 1)]);
});
