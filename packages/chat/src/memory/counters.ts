/**
 * What the device knows of the counters of its groups (GC11 to GC15).
 *
 * Events, whole sets and own answers all pass through `apply`, which takes the higher version of each key and says
 * what rose. Per group it holds how far its knowledge reaches without a gap: every change after `from` and up to
 * `covered` was heard. A set as of a version within that reach, together with what was heard since, is the whole.
 */
import { type CounterEntry, type DeletedCounter, fromWire, type Int64 } from '@muster/protocol';
import * as LIMITS from '../limits.ts';

/** A key that rose: to a value, or out of existence. */
export interface CounterRise {
  groupID: string;
  key: string;
  version: number;
  value?: Int64;
}

/**
 * Something heard of a group's counters: every key changed after `since` and up to `version`. With `whole` it is all
 * that exist at `version`, with `anew` too in another history of the database, in which the versions known here mean
 * nothing. Without either of these and without `since` it is one operation of this device, whose number is `version`.
 */
export interface CounterNews {
  whole?: true;
  anew?: true;
  since?: number;
  version: number;
  counters: CounterEntry[];
  deleted: DeletedCounter[];
}

interface Known {
  /** Absent for a deleted key, which is remembered so that older news cannot bring it back. */
  value?: Int64;
  version: number;
}

interface Group {
  keys: Map<string, Known>;
  from: number;
  covered: number;
  /** Where what is known last reached without a gap, until a set closes the gap. */
  gapAt?: number | undefined;
  isWhole: boolean;
  /** Whether the app has heard of its counters, so that a reconnect brings them up to date (GC14). */
  isHeard: boolean;
  /** Versions up to this one are old news of a key that is not known. */
  floor: number;
}

export interface Applied {
  rises: CounterRise[];
  /** Whether changes were missed, so that the set must be asked for. */
  isMissing: boolean;
}

export class Counters {
  readonly #groups = new Map<string, Group>();

  /**
   * The device is in the group; what happened up to `version` happened before. One that it left a moment ago, of
   * which the app has not been told, goes on: the app still believes what it knew of it.
   */
  open(groupID: string, version: number): Applied {
    if (this.#groups.get(groupID)?.isHeard)
      return this.apply(groupID, { since: version, version, counters: [], deleted: [] });
    const fresh = { from: version, covered: version, floor: version, isWhole: false, isHeard: false };
    this.#groups.set(groupID, { keys: new Map(), ...fresh });
    return { rises: [], isMissing: false };
  }

  /** The app is told: groups that the device is no longer in are forgotten. */
  settle(present: ReadonlyMap<string, unknown>): void {
    for (const groupID of this.#groups.keys()) if (!present.has(groupID)) this.#groups.delete(groupID);
  }

  /** The one way in. News of a group that the device is not in change nothing. */
  apply(groupID: string, news: CounterNews): Applied {
    const group = this.#groups.get(groupID);
    if (!group) return { rises: [], isMissing: false };
    if (news.anew) return { rises: begin(groupID, group, news), isMissing: false };
    const rises: CounterRise[] = [];
    const learn = (key: string, known: Known, isNew: boolean) => {
      const before = group.keys.get(key);
      if (before && known.version <= before.version) return;
      group.keys.set(key, known);
      if (isNew && known.version > (before?.version ?? group.floor)) rises.push({ groupID, key, ...known });
    };
    for (const { key, value, version } of news.counters)
      learn(key, { value: fromWire(value) ?? 0, version }, true);
    for (const { key, version } of news.deleted) {
      // In a whole set the deletion of a key that was never heard of tells nobody anything.
      learn(key, { version }, !news.whole || group.keys.has(key));
    }
    if (news.whole) endAbsent(group, news, learn);
    const isMissing = reach(group, news);
    if (news.counters.length + news.deleted.length > 0 || news.whole) group.isHeard = true;
    forgetOldDeletions(group);
    return { rises, isMissing: isMissing && group.isHeard };
  }

  /** All counters of a group, when the device knows them all. */
  whole(groupID: string): Map<string, Int64> | undefined {
    return this.#groups.get(groupID)?.isWhole ? this.living(groupID) : undefined;
  }

  /** The counters of a group that are known, or undefined when it is none of the device's. */
  living(groupID: string): Map<string, Int64> | undefined {
    const group = this.#groups.get(groupID);
    if (!group) return undefined;
    const living = new Map<string, Int64>();
    for (const [key, { value }] of group.keys) if (value !== undefined) living.set(key, value);
    return living;
  }

  hear(groupID: string): void {
    const group = this.#groups.get(groupID);
    if (group) group.isHeard = true;
  }

  /** From now on the set may change without the device hearing of it. */
  unlearn(groupID: string): void {
    const group = this.#groups.get(groupID);
    if (group) group.isWhole = false;
  }

  /**
   * How far the device is in the groups it has heard of: what a login names (GC14). While something is missing that
   * is no further than the gap, because the set that was asked for may never come.
   */
  versions(): { groupID: string; version: number }[] {
    return [...this.#groups]
      .filter(([, { isHeard }]) => isHeard)
      .map(([groupID, { covered, gapAt = covered }]) => ({ groupID, version: gapAt }));
  }
}

/** Begins with another history: what differs from what the app was told rises, whatever its version. */
function begin(groupID: string, group: Group, { version, counters, deleted }: CounterNews): CounterRise[] {
  const before = group.keys;
  const rises: CounterRise[] = [];
  group.keys = new Map(deleted.map((one) => [one.key, { version: one.version }]));
  for (const { key, value: told, version: written } of counters) {
    const value = fromWire(told) ?? 0;
    group.keys.set(key, { value, version: written });
    if (before.get(key)?.value !== value) rises.push({ groupID, key, value, version: written });
  }
  for (const [key, { value }] of before) {
    if (value === undefined || group.keys.get(key)?.value !== undefined) continue;
    rises.push({ groupID, key, version: group.keys.get(key)?.version ?? version });
  }
  const anew = { from: version, covered: version, gapAt: undefined, floor: version };
  Object.assign(group, anew, { isWhole: true, isHeard: true });
  return rises;
}

type Learn = (key: string, known: Known, isNew: boolean) => void;

/** A key that a whole set lacks was deleted, unless it was written after the set was read. */
function endAbsent(group: Group, news: CounterNews, learn: Learn): void {
  const named = new Set([...news.counters, ...news.deleted].map(({ key }) => key));
  for (const [key, { value, version }] of group.keys) {
    if (value === undefined || named.has(key) || version >= news.version) continue;
    learn(key, { version: news.version }, true);
  }
}

/** Moves the reach of what is known without a gap; says whether a gap opened. */
function reach(group: Group, { whole, since, version }: CounterNews): boolean {
  if (whole) {
    if (version >= group.from) {
      group.isWhole = true;
      group.gapAt = undefined;
    }
    if (version > group.covered) {
      group.from = version;
      group.covered = version;
    }
    return false;
  }
  if (since === undefined) {
    if (version === group.covered + 1) group.covered = version;
    return false;
  }
  const isGap = since > group.covered;
  if (isGap) {
    group.gapAt ??= group.covered;
    group.from = since;
    group.isWhole = false;
  }
  group.covered = Math.max(group.covered, version);
  return isGap;
}

/** Deleted keys are bounded like the server's; what is forgotten may not rise again from older news. */
function forgetOldDeletions(group: Group): void {
  if (group.keys.size <= LIMITS.deletedCounters_perGroup_max) return;
  const deleted = [...group.keys].filter(([, { value }]) => value === undefined);
  if (deleted.length <= LIMITS.deletedCounters_perGroup_max) return;
  deleted.sort(([, one], [, other]) => one.version - other.version);
  for (const [key, { version }] of deleted.slice(0, -LIMITS.deletedCounters_perGroup_max)) {
    group.keys.delete(key);
    group.floor = Math.max(group.floor, version);
  }
}
