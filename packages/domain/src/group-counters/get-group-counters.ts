import type { CommandError, Int64 } from '@muster/protocol';
import type { Reading } from '../decision.ts';
import { refuseCounterUse } from './counter-access.ts';
import type { CounterState } from './counter-state.ts';

export interface CounterReadState extends CounterState {
  /** The keys deleted lately, with the version that deleted each (GC16). */
  deleted: ReadonlyMap<string, number>;
}

export interface CounterReading {
  counters: { key: string; value: Int64; version: number }[];
  deleted: { key: string; version: number }[];
  version: number;
}

/** The counters that exist among those named; all without a keyList or with an empty one (GC8). */
export function readCounters(
  state: CounterReadState,
  input: { keyList?: readonly string[] | undefined },
): Reading<CounterReading, CommandError<'getGroupCounters'>> {
  const barred = refuseCounterUse(state.group, state.actor);
  if (barred !== undefined) return barred;
  const named =
    input.keyList === undefined || input.keyList.length === 0 ? undefined : new Set(input.keyList);
  const reading: CounterReading = { counters: [], deleted: [], version: state.version };
  for (const key of named ?? state.counters.keys()) {
    const counter = state.counters.get(key);
    if (counter !== undefined) reading.counters.push({ key, value: counter.value, version: counter.version });
  }
  for (const key of named ?? state.deleted.keys()) {
    const version = state.deleted.get(key);
    if (version !== undefined && !state.counters.has(key)) reading.deleted.push({ key, version });
  }
  return { ok: true, reply: reading };
}
