/**
 * Signed 64-bit integers, exact at every step.
 *
 * A value is a `number` while it is a safe integer and a `bigint` beyond, so that the hot path works in plain
 * numbers and nothing is ever rounded. On our wire a safe value travels as a JSON number and any other as a
 * decimal string, because `JSON.parse` would round it.
 */
export type Int64 = number | bigint;

/** An int64 as it travels in a frame: a JSON number when safe, a decimal string when not. */
export type WireInt64 = number | string;

export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

/** The decimal form of an int64 in canonical spelling; the range is checked apart. */
export const INT64_PATTERN = '^-?(0|[1-9][0-9]{0,18})$';

const CANONICAL = new RegExp(INT64_PATTERN);

/** Gives the one representation of a value: number when safe, bigint when not, undefined outside int64. */
export function normalizeInt64(value: bigint): Int64 | undefined {
  if (value < INT64_MIN || value > INT64_MAX) return undefined;
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

/** Reads a value from a frame; undefined when it is no int64 in canonical form. */
export function fromWire(value: unknown): Int64 | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : undefined;
  if (typeof value !== 'string' || !CANONICAL.test(value)) return undefined;
  return normalizeInt64(BigInt(value));
}

/** Writes a value for a frame. */
export function toWire(value: Int64): WireInt64 {
  return typeof value === 'number' ? value : value.toString();
}

/** The sum, or undefined when it leaves int64. */
export function addInt64(a: Int64, b: Int64): Int64 | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return normalizeInt64(BigInt(a) + BigInt(b));
}

/** The difference, or undefined when it leaves int64. Subtracting -2^63 is exact where the result fits. */
export function subtractInt64(a: Int64, b: Int64): Int64 | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return normalizeInt64(BigInt(a) - BigInt(b));
}
