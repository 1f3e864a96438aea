/** The methods of group counters (GC6 to GC8, GC16). */
import { type CommandInput, type CounterMode, fromWire, type Int64, toWire } from '@muster/protocol';
import { anyText, type Check, type Checks, int64, plainObject, text } from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { invalidArgument } from '../errors.ts';
import { chosenOf, KEYS } from '../sync/keyed-reading.ts';
import { methodOf } from '../sync/methods.ts';
import type { GroupCounterMethods } from '../types/group-counters.ts';
import { counterRecord } from './counter-values.ts';

type Written = CommandInput<'updateGroupCounters'>['counters'];

/** Own enumerable properties, whatever their names. */
const counters: Check<Written> = (value, name) => {
  const changes = Object.entries(plainObject(value, name));
  if (changes.length === 0) throw invalidArgument(`${name} must hold at least one key`);
  return changes.map(([key, one]) => ({ key, value: toWire(int64(one, `${name}[${JSON.stringify(key)}]`)) }));
};

const CHANGE = { groupID: text, key: anyText, value: int64 };

/** What a write takes: several counters, or one by its key. */
type Taken = { groupID: string } & ({ counters: Written } | { key: string; value: Int64 });

export function groupCounterMethods(core: Core): GroupCounterMethods {
  const { mirror, counterValues } = core;
  const write = (method: string, mode: CounterMode, takes: Checks = CHANGE) =>
    methodOf(core, 'updateGroupCounters', {
      method,
      takes,
      spends: 'counterWrites',
      sends(input) {
        const taken = input as Taken;
        const written =
          'counters' in taken ? taken.counters : [{ key: taken.key, value: toWire(taken.value) }];
        return { groupID: taken.groupID, mode, counters: written };
      },
      apply({ counters: values, version }, { groupID }) {
        const risen = values.map((one) => ({ ...one, version }));
        mirror.applyCounterNews(groupID as string, { version, counters: risen, deleted: [] });
      },
      gives({ counters: values, version }, { groupID, key }) {
        const record = counterRecord(
          values.map((one) => [one.key, fromWire(one.value) ?? 0]),
          counterValues,
        );
        const one = typeof key === 'string' && { key, value: record[key] };
        return { groupID, ...one, counters: record, version };
      },
    });
  const methods = {
    setGroupCounters: write('setGroupCounters', 'Set', { groupID: text, counters }),
    increaseGroupCounter: write('increaseGroupCounter', 'Increase'),
    decreaseGroupCounter: write('decreaseGroupCounter', 'Decrease'),
    getGroupCounters: (given: unknown) => getCounters(core, given),
    getGroupCounter: (given: unknown) => getCounters(core, given),
    deleteGroupCounters: methodOf(core, 'deleteGroupCounters', {
      takes: KEYS,
      spends: 'counterWrites',
      apply({ keyList, version }, { groupID }) {
        const deleted = keyList.map((key) => ({ key, version }));
        // An operation that removed nothing took no version.
        if (deleted.length > 0) mirror.applyCounterNews(groupID, { version, counters: [], deleted });
      },
      gives: ({ keyList }, { groupID }) => ({ groupID, keyList }),
    }),
  };
  // The default hands bigints out under the type `number`, as documented (GC5).
  return methods as unknown as GroupCounterMethods;
}

async function getCounters(core: Core, given: unknown) {
  const counters = await chosenOf(core, 'getGroupCounters', given, {
    known: (groupID) => core.mirror.heldCounters.whole(groupID),
    fetch: (groupID) => fetchCounters(core, groupID),
  });
  return ok({ counters: counterRecord(counters, core.counterValues) });
}

async function fetchCounters({ calls, mirror }: Core, groupID: string): Promise<Map<string, Int64>> {
  const { counters: values } = await calls.ask(
    'getGroupCounters',
    { groupID },
    { spends: 'counterReads', apply: (set) => mirror.applyCounterSet(groupID, set) },
  );
  // Memory may know of something newer, such as an own call that has resolved since.
  const known = mirror.heldCounters.living(groupID);
  return known ?? new Map(values.map(({ key, value }) => [key, fromWire(value) ?? 0]));
}
