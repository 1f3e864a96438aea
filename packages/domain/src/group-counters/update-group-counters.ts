/**
 * Setting, increasing and decreasing counters: the hot path of the product (GC1, GC6, GC7, GC18).
 *
 * Refusals come in one order: the group, the right to it, the arguments, the number of counters, the range. The
 * list of results serves as changes and as reply, so that a one-key operation allocates next to nothing.
 */
import {
  addInt64,
  type CommandError,
  type CounterMode,
  counterKeyFault,
  fromWire,
  type Int64,
  LIMITS,
  normalizeInt64,
  subtractInt64,
} from '@muster/protocol';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { refuseCounterUse } from './counter-access.ts';
import type { Counter, CounterChanges, CounterReply, CounterState } from './counter-state.ts';

/** A value may still be in its wire form: then it is read here, without a copy of the request. */
export interface CounterUpdate {
  /** A missing mode means Set (GC18). */
  mode?: CounterMode | undefined;
  counters: readonly { key: string; value: Int64 | string }[];
}

type Entry = CounterUpdate['counters'][number];
interface Result {
  key: string;
  value: Int64;
}

const NO_KEYS: readonly string[] = Object.freeze([]);

export function updateCounters(
  state: CounterState,
  input: CounterUpdate,
): Decision<CounterChanges, CounterReply, CommandError<'updateGroupCounters'>> {
  const barred = refuseCounterUse(state.group, state.actor);
  if (barred !== undefined) return barred;
  const { counters } = input;
  const fault = counters.length === 1 ? undefined : listFault(counters);
  if (fault !== undefined) return fault;

  const set: Result[] = [];
  let overflow: Refusal<'COUNTER_OVERFLOW'> | undefined;
  let count = state.counters.size;
  for (const entry of counters) {
    const current = state.counters.get(entry.key);
    if (current === undefined) count += 1;
    const operand = readOperand(entry, current);
    if (typeof operand === 'object') return operand;
    const value = resultOf(input.mode, current === undefined ? 0 : current.value, operand);
    if (value !== undefined) set.push({ key: entry.key, value });
    else overflow ??= overflowOf(entry.key);
  }
  if (count > LIMITS.counters_perGroup_max.value && count > state.counters.size) return tooMany(count);
  if (overflow !== undefined) return overflow;
  return accept({ set, deleted: NO_KEYS }, { counters: set, version: state.version + 1 });
}

/** The value of an entry, or why it is refused. The key of a counter that exists was checked when it was made. */
function readOperand(entry: Entry, current: Counter | undefined): Int64 | Refusal<'BAD_ARGUMENT_VALUE'> {
  if (current === undefined) {
    const fault = counterKeyFault(entry.key);
    if (fault !== undefined) return refuse('BAD_ARGUMENT_VALUE', `The key ${quoted(entry.key)} ${fault}.`);
  }
  const { value } = entry;
  const operand = typeof value === 'bigint' ? normalizeInt64(value) : fromWire(value);
  if (operand !== undefined) return operand;
  const message = `The value for the key ${quoted(entry.key)} is not a signed 64-bit integer.`;
  return refuse('BAD_ARGUMENT_VALUE', message);
}

/** The counter's new value, or undefined when it leaves int64. */
function resultOf(mode: CounterMode | undefined, current: Int64, operand: Int64): Int64 | undefined {
  if (mode === 'Increase') return addInt64(current, operand);
  if (mode === 'Decrease') return subtractInt64(current, operand);
  return operand;
}

function listFault(counters: readonly Entry[]): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (counters.length === 0) return refuse('BAD_ARGUMENT_VALUE', 'counters names no key.');
  const keys = new Set<string>();
  for (const { key } of counters) {
    if (keys.has(key)) return refuse('BAD_ARGUMENT_VALUE', `The key ${quoted(key)} is named twice.`);
    keys.add(key);
  }
  return undefined;
}

function overflowOf(key: string): Refusal<'COUNTER_OVERFLOW'> {
  return refuse(
    'COUNTER_OVERFLOW',
    `The counter ${quoted(key)} would leave the range of a signed 64-bit integer.`,
  );
}

function tooMany(count: number): Refusal<'TOO_MANY_COUNTERS'> {
  return refuse('TOO_MANY_COUNTERS', `A group has at most 20 counters; this would make ${count}.`);
}

/** A key as a message shows it: escaped, and cut so that no message grows with what was sent. */
function quoted(key: string): string {
  const shown = key.length > 40 ? `${key.slice(0, 40)}...` : key;
  return JSON.stringify(shown);
}
