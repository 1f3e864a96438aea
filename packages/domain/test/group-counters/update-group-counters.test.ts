import { type CounterUpdate, updateCounters } from '@muster/domain';
import { INT64_MAX, INT64_MIN, type Int64 } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterState, fullState, MEMBER, OUTSIDER } from './counter-states.ts';

const one = (mode: CounterUpdate['mode'], key: string, value: Int64 | string): CounterUpdate => ({
  mode,
  counters: [{ key, value }],
});

function valuesOf(decision: ReturnType<typeof updateCounters>): Int64[] {
  if (!decision.ok) throw new Error(`refused: ${decision.error}`);
  return decision.reply.counters.map(({ value }) => value);
}

describe('set', () => {
  it('[GC6] writes all keys under one version and answers them in the order asked', () => {
    const counters = [
      { key: 'b', value: 2 },
      { key: 'a', value: -1 },
    ];
    expect(updateCounters(counterState({ a: 9 }), { mode: 'Set', counters })).toEqual({
      ok: true,
      changes: { set: counters, deleted: [] },
      events: [],
      reply: { counters, version: 8 },
    });
  });

  it('[GC18] is what a missing mode means', () => {
    expect(valuesOf(updateCounters(counterState({ a: 9 }), one(undefined, 'a', 4)))).toEqual([4]);
  });

  it('[GC3] keeps the ends of int64 exactly, in either form', () => {
    for (const value of [INT64_MAX, INT64_MIN, 2n ** 53n + 1n]) {
      expect(valuesOf(updateCounters(counterState(), one('Set', 'a', value)))).toEqual([value]);
      expect(valuesOf(updateCounters(counterState(), one('Set', 'a', value.toString())))).toEqual([value]);
    }
    expect(valuesOf(updateCounters(counterState(), one('Set', 'a', 12n)))).toEqual([12]);
    expect(Object.is(valuesOf(updateCounters(counterState(), one('Set', 'a', -0)))[0], 0)).toBe(true);
  });
});

describe('increase and decrease', () => {
  it('[GC7] an absent counter starts at 0, and the value may be 0 or negative', () => {
    expect(valuesOf(updateCounters(counterState(), one('Increase', 'a', 3)))).toEqual([3]);
    expect(valuesOf(updateCounters(counterState(), one('Decrease', 'a', 3)))).toEqual([-3]);
    expect(valuesOf(updateCounters(counterState({ a: 5 }), one('Increase', 'a', 0)))).toEqual([5]);
    expect(valuesOf(updateCounters(counterState({ a: 5 }), one('Increase', 'a', -7)))).toEqual([-2]);
  });

  it('[GC7] an overflow is refused, either way', () => {
    const high = counterState({ a: INT64_MAX });
    const low = counterState({ a: INT64_MIN });
    expect(updateCounters(high, one('Increase', 'a', 1))).toMatchObject({ error: 'COUNTER_OVERFLOW' });
    expect(updateCounters(high, one('Decrease', 'a', -1))).toMatchObject({ error: 'COUNTER_OVERFLOW' });
    expect(updateCounters(low, one('Decrease', 'a', 1))).toMatchObject({ error: 'COUNTER_OVERFLOW' });
    expect(updateCounters(low, one('Increase', 'a', -1))).toMatchObject({ error: 'COUNTER_OVERFLOW' });
  });

  it('[GC7] a decrease by -2^63 is refused from 0 up and exact from -1 down', () => {
    for (const start of [0, 1, INT64_MAX]) {
      const decision = updateCounters(counterState({ a: start }), one('Decrease', 'a', INT64_MIN));
      expect(decision).toMatchObject({ error: 'COUNTER_OVERFLOW' });
    }
    expect(valuesOf(updateCounters(counterState({ a: -1 }), one('Decrease', 'a', INT64_MIN)))).toEqual([
      INT64_MAX,
    ]);
    expect(valuesOf(updateCounters(counterState({ a: INT64_MIN }), one('Decrease', 'a', INT64_MIN)))).toEqual(
      [0],
    );
  });

  it('[GC7] one counter that overflows refuses the others too', () => {
    const counters = [
      { key: 'b', value: 1 },
      { key: 'a', value: 1 },
    ];
    const decision = updateCounters(counterState({ a: INT64_MAX }), { mode: 'Increase', counters });
    expect(decision).toMatchObject({ ok: false, error: 'COUNTER_OVERFLOW' });
    expect(decision).not.toHaveProperty('changes');
  });
});

describe('arguments', () => {
  it('[GC2] a key that is empty, too long, ill-formed or holds U+0000 is refused by name', () => {
    for (const key of ['', 'k'.repeat(129), '\ud800', 'a\u0000b']) {
      const decision = updateCounters(counterState(), one('Set', key, 1));
      expect(decision).toMatchObject({
        error: 'BAD_ARGUMENT_VALUE',
        message: expect.stringMatching(/^The key "/),
      });
    }
  });

  it('[GC2] 128 code points are a key, however many bytes, and so is __proto__', () => {
    for (const key of ['\u{1f600}'.repeat(128), '__proto__', 'constructor', ' ']) {
      expect(updateCounters(counterState(), one('Increase', key, 1))).toMatchObject({
        reply: { counters: [{ key, value: 1 }] },
      });
    }
  });

  it('[GC18] a key named twice and an empty list are refused', () => {
    const twice = [
      { key: 'a', value: 1 },
      { key: 'b', value: 1 },
      { key: 'a', value: 1 },
    ];
    expect(updateCounters(counterState(), { counters: twice })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: 'The key "a" is named twice.',
    });
    expect(updateCounters(counterState(), { counters: [] })).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[GC3] a value outside int64 is refused by the name of its key', () => {
    for (const value of [INT64_MAX + 1n, '9223372036854775808', '01', '1.5', 1.5, Number.NaN, 2 ** 53]) {
      const decision = updateCounters(counterState(), one('Set', 'likes', value));
      expect(decision).toMatchObject({
        error: 'BAD_ARGUMENT_VALUE',
        message: expect.stringContaining('"likes"'),
      });
    }
  });
});

describe('the number of counters', () => {
  it('[GC1] a 21st counter is refused, with all that came with it', () => {
    const counters = [
      { key: 'key3', value: 1 },
      { key: 'one too many', value: 1 },
    ];
    expect(updateCounters(fullState(), { counters })).toMatchObject({
      ok: false,
      error: 'TOO_MANY_COUNTERS',
    });
    const twentyOne = Array.from({ length: 21 }, (_, index) => ({ key: `k${index}`, value: 1 }));
    expect(updateCounters(counterState(), { counters: twentyOne })).toMatchObject({
      error: 'TOO_MANY_COUNTERS',
    });
    expect(updateCounters(counterState(), { counters: twentyOne.slice(1) }).ok).toBe(true);
  });

  it('[GC1] a full group goes on taking changes of its own counters', () => {
    expect(valuesOf(updateCounters(fullState(), one('Increase', 'key3', 1)))).toEqual([4]);
  });
});

describe('the order of refusals', () => {
  const bad = one('Increase', '', 1);

  it('[GC9] [GC1] goes group, right, arguments, number, range', () => {
    const gone = { group: undefined, actor: OUTSIDER };
    expect(updateCounters(fullState(gone), bad)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(updateCounters(fullState({ actor: OUTSIDER }), bad)).toMatchObject({ error: 'NOT_PERMITTED' });
    const full = fullState({
      counters: new Map([...fullState().counters, ['key0', { value: INT64_MAX, version: 1 }]]),
    });
    const overflowing = { key: 'key0', value: 1 };
    const additional = { key: 'another', value: 1 };
    const malformed = { key: '', value: 1 };
    const errorOf = (...counters: CounterUpdate['counters']) =>
      updateCounters(full, { mode: 'Increase', counters });
    expect(errorOf(overflowing, additional, malformed)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    expect(errorOf(overflowing, additional)).toMatchObject({ error: 'TOO_MANY_COUNTERS' });
    expect(errorOf(overflowing)).toMatchObject({ error: 'COUNTER_OVERFLOW' });
  });
});

describe('any input', () => {
  const int64 = fc.oneof(
    fc.bigInt({ min: INT64_MIN, max: INT64_MAX }),
    fc.constantFrom(INT64_MIN, INT64_MIN + 1n, -1n, 0n, 1n, INT64_MAX - 1n, INT64_MAX),
    fc.bigInt({ min: -(2n ** 53n) - 2n, max: -(2n ** 53n) + 2n }),
    fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n }),
  );
  const normal = (value: bigint): Int64 => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
  const mode = fc.constantFrom('Set', 'Increase', 'Decrease', undefined);

  it('[GC3] [GC7] agrees with arithmetic in BigInt', () => {
    fc.assert(
      fc.property(mode, int64, int64, (mode, start, operand) => {
        const decision = updateCounters(
          counterState({ a: normal(start) }),
          one(mode, 'a', operand.toString()),
        );
        const model = { Set: operand, Increase: start + operand, Decrease: start - operand }[mode ?? 'Set'];
        if (model < INT64_MIN || model > INT64_MAX)
          expect(decision).toMatchObject({ error: 'COUNTER_OVERFLOW' });
        else expect(valuesOf(decision)).toEqual([normal(model)]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[GC1] [GC18] never throws, never makes a 21st counter, and takes one version', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('key0', 'key1', '__proto__', '\ud800'),
    );
    const value = fc.oneof(int64.map(normal), fc.string(), fc.double());
    const input = fc.record({ mode, counters: fc.array(fc.record({ key, value }), { maxLength: 24 }) });
    fc.assert(
      fc.property(input, fc.boolean(), fc.constantFrom(MEMBER, OUTSIDER), (input, full, actor) => {
        const state = full ? fullState({ actor }) : counterState({}, { actor });
        const before = structuredClone(state);
        const decision = updateCounters(state, input);
        expect(state).toEqual(before);
        if (!decision.ok) return;
        expect(decision.reply.version).toBe(8);
        const keys = new Set([...state.counters.keys(), ...decision.changes.set.map(({ key }) => key)]);
        expect(keys.size).toBeLessThanOrEqual(20);
        expect(decision.reply.counters.map(({ key }) => key)).toEqual(input.counters.map(({ key }) => key));
      }),
    );
  });
});
