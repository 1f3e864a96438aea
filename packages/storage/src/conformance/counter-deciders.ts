import {
  accept,
  type CounterChanges,
  type CounterState,
  type Decision,
  type Refusal,
  refuse,
} from '@muster/domain';
import { addInt64, type Int64 } from '@muster/protocol';
import type { CounterOutcome, CounterReply, CounterRequest, Operation, Storage } from '../port.ts';
import { START } from './fixtures.ts';

type CounterDecision = Decision<CounterChanges, CounterReply>;
export type CounterDecider = (state: CounterState) => CounterDecision;

/** Adds to one counter, for members only. */
export function increasing(key: string, value: Int64): CounterDecider {
  return (state) => {
    const refusal = refusalFor(state);
    if (refusal) return refusal;
    const sum = addInt64(state.counters.get(key)?.value ?? 0, value);
    if (sum === undefined) return refuse('COUNTER_OVERFLOW');
    return written(state, [{ key, value: sum }]);
  };
}

/** Sets counters, for members only. */
export function setting(values: Record<string, Int64>): CounterDecider {
  const set = Object.entries(values).map(([key, value]) => ({ key, value }));
  return (state) => {
    const refusal = refusalFor(state);
    if (refusal) return refusal;
    const keys = new Set([...state.counters.keys(), ...set.map(({ key }) => key)]);
    return keys.size > 20 ? refuse('TOO_MANY_COUNTERS') : written(state, set);
  };
}

/** Deletes counters that are there. */
export function deleting(keys: readonly string[]): CounterDecider {
  return (state) => {
    const refusal = refusalFor(state);
    if (refusal) return refusal;
    const deleted = keys.filter((key) => state.counters.has(key));
    const reply = { counters: [], keyList: deleted, version: state.version + 1 };
    return accept({ set: [], deleted }, reply);
  };
}

/** Says no, whatever the state is. */
export const refusing: CounterDecider = () => refuse('BAD_ARGUMENT_VALUE', 'no');

/** Fails as a mistake in a rule would. */
export const throwing: CounterDecider = () => {
  throw new Error('a mistake in a rule');
};

function refusalFor({ group, actor }: CounterState): Refusal | undefined {
  if (!group || group.endedAt > 0) return refuse('GROUP_NOT_FOUND');
  if (actor.role === undefined && !actor.isAdministrator) return refuse('NOT_PERMITTED');
  return undefined;
}

function written(state: CounterState, set: { key: string; value: Int64 }[]): CounterDecision {
  return accept({ set, deleted: [] }, { counters: set, version: state.version + 1 });
}

export interface RequestOptions {
  userID?: string;
  operation?: Operation;
  key?: string;
  now?: number;
}

export function counterRequest(
  groupID: string,
  decide: CounterDecider,
  options: RequestOptions = {},
): CounterRequest {
  const { userID = 'owner', now = START, operation, key } = options;
  return {
    groupID,
    userID,
    isAdministrator: false,
    now,
    decide,
    ...(operation && { operation }),
    ...(key !== undefined && { key }),
  };
}

/** Writes with one request and gives its outcome. */
export async function writeCounters(
  storage: Storage,
  groupID: string,
  decide: CounterDecider,
  options?: RequestOptions,
): Promise<CounterOutcome> {
  const [outcome] = await storage.groupCounters.update([counterRequest(groupID, decide, options)]);
  if (!outcome) throw new Error('The storage gave no outcome.');
  return outcome;
}

/** Adds to one counter under an operation, as a device does. */
export function increase(
  storage: Storage,
  groupID: string,
  value: Int64,
  operation?: Operation,
  key = 'likes',
): Promise<CounterOutcome> {
  return writeCounters(storage, groupID, increasing(key, value), { key, ...(operation && { operation }) });
}

/** The values of a group's counters, as an object. */
export async function valuesOf(storage: Storage, groupID: string): Promise<Record<string, Int64>> {
  const { counters } = await storage.groupCounters.read(groupID, 'owner', false);
  return Object.fromEntries([...counters].map(([key, { value }]) => [key, value]));
}
