import type { CommandError } from '@muster/protocol';
import { accept, type Decision } from '../decision.ts';
import { refuseCounterDeletion } from './counter-access.ts';
import type { CounterChanges, CounterReply, CounterState } from './counter-state.ts';

export interface CounterDeletion {
  keyList?: readonly string[] | undefined;
}

/**
 * Deletes the named counters, all without a keyList, none with an empty one; absent names are skipped (GC16). When
 * nothing was there to delete, no version is taken and the reply carries the current one.
 */
export function deleteCounters(
  state: CounterState,
  input: CounterDeletion,
): Decision<CounterChanges, CounterReply, CommandError<'deleteGroupCounters'>> {
  const barred = refuseCounterDeletion(state.group, state.actor);
  if (barred !== undefined) return barred;
  const named = input.keyList ?? state.counters.keys();
  const keyList = [...new Set(named)].filter((key) => state.counters.has(key));
  const version = keyList.length === 0 ? state.version : state.version + 1;
  return accept({ set: [], deleted: keyList }, { counters: [], keyList, version });
}
