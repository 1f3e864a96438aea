/** Values on their way to an app (GC5). The SDK itself holds a number while it is safe, and a bigint beyond. */
import type { Int64 } from '@muster/protocol';

export function counterValueOf(value: Int64, values: 'bigint' | 'exact' | undefined): Int64 {
  return values === 'bigint' ? BigInt(value) : value;
}

/**
 * A plain object of counters. Defined, not assigned: `__proto__` is a key like any other (GC2), and an assignment
 * would set the object's prototype.
 */
export function counterRecord(
  counters: Iterable<readonly [string, Int64]>,
  values: 'bigint' | 'exact' | undefined,
): Record<string, Int64> {
  const record: Record<string, Int64> = {};
  for (const [key, value] of counters) {
    Object.defineProperty(record, key, {
      value: counterValueOf(value, values),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return record;
}
