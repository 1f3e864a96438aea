/** The commands of group counters. Values are JSON numbers on this wire, also those that a client's numbers round. */
import type { WireInt64 } from '@muster/protocol';
import type { Body } from './frame.ts';
import { objectsOf, one, type Translation } from './translation.ts';

/** A value as a JSON integer with all its digits. */
export function wireValue(value: WireInt64): unknown {
  return typeof value === 'number' ? value : rawJSON(value);
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A number that is an integer and yet not safe is told to our schemas by its digits. A text is no number here. */
export function ownValue(value: unknown): unknown {
  if (typeof value === 'string') return null;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  return BigInt(value).toString();
}

export const counterBody = ({ key, value }: { key: string; value: WireInt64 }): Body => ({
  Key: key,
  Value: wireValue(value),
});

const update = one(
  'updateGroupCounters',
  (body) => ({
    groupID: body.GroupId,
    mode: body.Mode,
    counters: objectsOf(body.GroupCounter).map(({ Key, Value }) => ({ key: Key, value: ownValue(Value) })),
  }),
  ({ counters }) => ({ GroupCounter: counters.map(counterBody) }),
);

const get = one(
  'getGroupCounters',
  (body) => ({ groupID: body.GroupId, keyList: body.GroupCounterKeys }),
  ({ counters, version }) => ({ GroupCounterSeq: version, GroupCounter: counters.map(counterBody) }),
);

export const GROUP_COUNTER_TRANSLATIONS: Record<string, Translation> = {
  update_group_counter: update,
  get_group_counter: get,
};
