/** The methods of group counters (GC6 to GC8, GC16). */
import { type CounterMode, fromWire, type Int64, toWire } from '@muster/protocol';
import {
  anyText,
  type Check,
  int64,
  keys,
  operationID,
  optional,
  plainObject,
  take,
  text,
} from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { invalidArgument } from '../errors.ts';
import { methodOf } from '../sync/methods.ts';
import type { GroupCounterMethods } from '../types/group-counters.ts';
import { counterRecord, counterValueOf } from './counter-values.ts';

type Counter = readonly [key: string, value: Int64];

/** Own enumerable properties, whatever their names. */
const counters: Check<Counter[]> = (value, name) => {
  const changes = Object.entries(plainObject(value, name));
  if (changes.length === 0) throw invalidArgument(`${name} must hold at least one key`);
  return changes.map(([key, one]) => [key, int64(one, `${name}[${JSON.stringify(key)}]`)]);
};

const SET = { groupID: text, counters, operationID };
const KEYS = { groupID: text, keyList: optional(keys) };
const CHANGE = { groupID: text, key: anyText, value: int64, operationID };

export function groupCounterMethods(core: Core): GroupCounterMethods {
  const { mirror, log, counterValues } = core;
  const change = (method: string, mode: CounterMode) => async (given: unknown) => {
    const { groupID, key, value, operationID: own } = take(method, given, CHANGE, log);
    const output = await update(core, groupID, mode, [[key, value]], own);
    const result = output.counters[0]?.[1] ?? 0;
    return ok({ groupID, key, value: counterValueOf(result, counterValues), ...shown(core, output) });
  };
  const methods = {
    async setGroupCounters(given: unknown) {
      const { groupID, counters: values, operationID: own } = take('setGroupCounters', given, SET, log);
      return ok({ groupID, ...shown(core, await update(core, groupID, 'Set', values, own)) });
    },
    increaseGroupCounter: change('increaseGroupCounter', 'Increase'),
    decreaseGroupCounter: change('decreaseGroupCounter', 'Decrease'),
    getGroupCounters: (given: unknown) => getCounters(core, given),
    getGroupCounter: (given: unknown) => getCounters(core, given),
    deleteGroupCounters: methodOf(core, 'deleteGroupCounters', {
      takes: KEYS,
      spends: 'counterWrites',
      apply({ keyList, version }, { groupID }) {
        const deleted = keyList.map((key) => ({ key, version }));
        // An operation that removed nothing took no version.
        if (deleted.length > 0)
          mirror.applyCounterNews(groupID, { kind: 'own', version, counters: [], deleted });
      },
      gives: ({ keyList }, { groupID }) => ({ groupID, keyList }),
    }),
  };
  // The default hands bigints out under the type `number`, as documented (GC5).
  return methods as unknown as GroupCounterMethods;
}

interface Updated {
  counters: Counter[];
  version: number;
}

function shown({ counterValues }: Core, { counters: values, version }: Updated) {
  return { counters: counterRecord(values, counterValues), version };
}

async function update(
  { calls, mirror }: Core,
  groupID: string,
  mode: CounterMode,
  changes: Counter[],
  own: string | undefined,
): Promise<Updated> {
  const input = { groupID, mode, counters: changes.map(([key, value]) => ({ key, value: toWire(value) })) };
  const { counters: values, version } = await calls.ask('updateGroupCounters', input, {
    spends: 'counterWrites',
    operationID: own,
    apply(output) {
      const risen = output.counters.map((one) => ({ ...one, version: output.version }));
      mirror.applyCounterNews(groupID, {
        kind: 'own',
        version: output.version,
        counters: risen,
        deleted: [],
      });
    },
  });
  return { counters: values.map(({ key, value }) => [key, fromWire(value) ?? 0]), version };
}

/** From memory while it is whole and every change is heard (GC15), else from the server. */
async function getCounters(core: Core, given: unknown) {
  const { session, mirror, log, counterValues } = core;
  const { groupID, keyList = [] } = take('getGroupCounters', given, KEYS, log);
  const served = session.served();
  if (served) await served;
  const known = session.isLive ? mirror.counters.whole(groupID) : undefined;
  const all = known ?? (await fetchCounters(core, groupID));
  const wanted = new Set(keyList);
  const chosen = [...all].filter(([key]) => wanted.size === 0 || wanted.has(key));
  return ok({ counters: counterRecord(chosen, counterValues) });
}

async function fetchCounters({ calls, mirror }: Core, groupID: string): Promise<Map<string, Int64>> {
  const { counters: values } = await calls.ask(
    'getGroupCounters',
    { groupID },
    { spends: 'counterReads', apply: (set) => mirror.applyCounterSet(groupID, set) },
  );
  // Memory may know of something newer, such as an own call that has resolved since.
  const known = mirror.counters.living(groupID);
  return known ?? new Map(values.map(({ key, value }) => [key, fromWire(value) ?? 0]));
}
