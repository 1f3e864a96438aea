/**
 * One group within a batch: changes are applied one after another and folded into one row per counter at the end.
 */
import type { Counter, CounterChanges, CounterState } from '@muster/domain';
import { LIMITS } from '@muster/protocol';
import type { CounterSet } from '../port.ts';
import { compareText } from './text-order.ts';

/** A group as the rules of counters see it. An ended group has no counters. */
export interface GroupCounters extends CounterSet {
  group: CounterState['group'];
}

/** What one group's accepted requests leave behind. */
export interface GroupResult {
  before: GroupCounters;
  after: GroupCounters;
  /** Counters to write, each with its last value and version. */
  set: [key: string, Counter][];
  /** Keys to delete; most of them were there. */
  removed: string[];
  /** Deleted keys to remember, each with the version that deleted it. */
  remembered: [key: string, version: number][];
  /** Deleted keys to remember no longer: they were set again, or 100 newer ones are remembered. */
  forgotten: string[];
}

/** A group while its batch runs. The maps are copied when they are written first. */
export interface RunningGroup {
  before: GroupCounters;
  counters: Map<string, Counter>;
  deleted: Map<string, number> | undefined;
  version: number;
  touched: Set<string>;
}

export function beginGroup(before: GroupCounters): RunningGroup {
  const counters = new Map(before.counters);
  return { before, counters, deleted: undefined, version: before.version, touched: new Set() };
}

/** Applies what an accepted operation changes; it takes the next version. */
export function applyChanges(group: RunningGroup, changes: CounterChanges): void {
  group.version += 1;
  const { version } = group;
  for (const { key, value } of changes.set) {
    group.counters.set(key, { value, version });
    group.touched.add(key);
    if ((group.deleted ?? group.before.deleted).has(key)) tombstones(group).delete(key);
  }
  if (changes.deleted.length > 0) bury(group, changes.deleted, version);
}

/** Deletes counters and remembers them, the newest last; of one version in the order of their keys. */
function bury(group: RunningGroup, keys: readonly string[], version: number): void {
  const deleted = tombstones(group);
  for (const key of [...keys].sort(compareText)) {
    group.counters.delete(key);
    group.touched.add(key);
    deleted.delete(key);
    deleted.set(key, version);
  }
  for (const key of deleted.keys()) {
    if (deleted.size <= LIMITS.deletedCounters_perGroup_max.value) break;
    deleted.delete(key);
  }
}

function tombstones(group: RunningGroup): Map<string, number> {
  group.deleted ??= new Map(group.before.deleted);
  return group.deleted;
}

/** Many changes of a counter become one row. */
export function fold(group: RunningGroup): GroupResult {
  const { before, counters, version } = group;
  const deleted = group.deleted ?? before.deleted;
  const after = { group: before.group, counters, deleted, version };
  const result: GroupResult = { before, after, set: [], removed: [], remembered: [], forgotten: [] };
  for (const key of group.touched) {
    const counter = counters.get(key);
    const buried = deleted.get(key);
    if (counter) result.set.push([key, counter]);
    else result.removed.push(key);
    if (buried !== undefined) result.remembered.push([key, buried]);
  }
  if (group.deleted)
    for (const key of before.deleted.keys()) if (!deleted.has(key)) result.forgotten.push(key);
  return result;
}
