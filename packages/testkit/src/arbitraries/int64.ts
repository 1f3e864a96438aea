import { INT64_MAX, INT64_MIN, type Int64, normalizeInt64 } from '@muster/protocol';
import fc from 'fast-check';

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Where representations change: 0, 32 bits, the safe integers, int64. */
const EDGES = [0n, 2n ** 31n, 2n ** 32n, SAFE, -SAFE, -(2n ** 31n), INT64_MAX, INT64_MIN];

const NEIGHBOURS = EDGES.flatMap((edge) => [edge - 2n, edge - 1n, edge, edge + 1n, edge + 2n]);
const within = (value: bigint): boolean => value >= INT64_MIN && value <= INT64_MAX;

/** A signed 64-bit integer, often an extreme one or a neighbour of one. */
export function int64(): fc.Arbitrary<Int64> {
  return fc
    .oneof(
      { weight: 3, arbitrary: fc.bigInt({ min: -100n, max: 100n }) },
      { weight: 2, arbitrary: fc.constantFrom(...NEIGHBOURS.filter(within)) },
      { weight: 2, arbitrary: fc.bigInt({ min: INT64_MIN, max: INT64_MAX }) },
    )
    .map((value) => normalizeInt64(value) as Int64);
}

/** An integer just outside int64, or far from it. */
export function beyondInt64(): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc.constantFrom(...NEIGHBOURS.filter((value) => !within(value))),
    fc.bigInt({ min: INT64_MAX + 1n, max: 2n ** 80n }),
    fc.bigInt({ min: -(2n ** 80n), max: INT64_MIN - 1n }),
  );
}

/** What is no int64 in any form: what callers pass by mistake (GC4). */
export function noInt64(): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0.5,
    -1.5,
    2 ** 53,
    -(2 ** 53),
    1e300,
    '1',
    '',
    null,
    undefined,
    true,
    {},
    [],
    [1],
    Symbol.iterator,
    () => 1,
  );
}
