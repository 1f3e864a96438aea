import { counterKeyFault, INT64_MAX, INT64_MIN, ownGroupIDFault, userIDFault } from '@muster/protocol';
import { SCHEMAS } from '@muster/protocol/schemas';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  badCounterKeys,
  badGroupIDs,
  badInputs,
  badUserIDs,
  beyondInt64,
  counterKeys,
  groupIDs,
  int64,
  userIDs,
} from '../src/arbitraries/index.ts';

it('[US1] [GR3] [GC2] good names are good and bad ones are bad', () => {
  fc.assert(fc.property(userIDs(), (userID) => userIDFault(userID) === undefined));
  fc.assert(fc.property(badUserIDs(), (userID) => userIDFault(userID) !== undefined));
  fc.assert(fc.property(groupIDs(), (groupID) => ownGroupIDFault(groupID, false) === undefined));
  fc.assert(fc.property(badGroupIDs(), (groupID) => ownGroupIDFault(groupID, false) !== undefined));
  fc.assert(fc.property(counterKeys(), (key) => counterKeyFault(key) === undefined));
  fc.assert(fc.property(badCounterKeys(), (key) => counterKeyFault(key) !== undefined));
});

it('[GC3] values are within int64, a number while they are safe', () => {
  const isInside = (value: number | bigint) => value >= INT64_MIN && value <= INT64_MAX;
  fc.assert(
    fc.property(
      int64(),
      (value) => isInside(value) && (typeof value === 'number') === Number.isSafeInteger(Number(value)),
    ),
  );
  fc.assert(fc.property(beyondInt64(), (value) => !isInside(value)));
  expect(fc.sample(int64(), 1_000)).toContain(INT64_MAX);
});

it('bad inputs are refused in many ways', () => {
  const example = { groupID: 'g', mode: 'Set', counters: [{ key: 'a', value: 1 }] };
  const hows = fc.sample(badInputs(SCHEMAS.updateGroupCounters.input, example), 500).map(({ how }) => how);
  expect([...new Set(hows)].sort()).toEqual(
    expect.arrayContaining(['something else', 'with another counters', 'without groupID']),
  );
});
