import { INT64_MAX, INT64_MIN, normalizeInt64 } from '@muster/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  JOURNAL_BYTES,
  type OperationRecord,
  packJournal,
  packWindow,
  unpackAnswers,
  unpackJournal,
} from '../../src/operations/packing.ts';
import type { Answered } from '../../src/operations/window.ts';

const FAR = 2 ** 48 - 1;
const value = fc.bigInt({ min: INT64_MIN, max: INT64_MAX }).map((wide) => normalizeInt64(wide) ?? 0);
const edge = fc
  .constantFrom(0, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER)
  .map((safe) => safe as number | bigint);
const rest = {
  hash: fc.integer({ min: 0, max: 0xffffffff }),
  floor: fc.integer({ min: 0, max: FAR }),
  back: fc.integer({ min: 0, max: 63 }),
  device: fc.integer({ min: 1, max: FAR }),
};
const record: fc.Arbitrary<OperationRecord> = fc
  .record({
    ...rest,
    kind: fc.constantFrom('counter', 'body'),
    value: fc.oneof(value, edge),
    version: rest.floor,
  })
  .map(({ device, floor, back, hash, kind, value, version }) => {
    const seq = floor + back;
    const answered: Answered =
      kind === 'counter'
        ? { seq, hash, kind: 'counter', value, version }
        : { seq, hash, kind: 'body', value: 0, version: 0 };
    return { device, floor, answered };
  });

it('[GC3] a journal row gives back what was written', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      const packed = packJournal(records);
      expect(packed.length).toBe(records.length * JOURNAL_BYTES);
      expect(unpackJournal(new Uint8Array(packed))).toEqual(records);
    }),
  );
});

it('[GC3] a window gives back its answers', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 64 }), fc.integer({ min: 0, max: FAR }), (records, floor) => {
      const answers = records.map(({ answered }, index) => ({ ...answered, seq: floor + index }));
      const packed = packWindow({ userID: 'bob', session: 1, floor, highest: floor + 63, answers });
      expect(unpackAnswers(packed, floor)).toEqual(answers);
    }),
  );
});

it('refuses a journal row that is cut short', () => {
  expect(() => unpackJournal(new Uint8Array(JOURNAL_BYTES + 1))).toThrow('broken length');
});
