/** Values on their way to an app (GC5). The SDK itself holds a number while it is safe, and a bigint beyond. */
import type { Int64 } from '@muster/protocol';

export function counterValueOf(value: Int64, values: 'bigint' | 'exact' | undefined): Int64 {
  return values === 'bigint' ? BigInt(value) : value;
}

/** A plain object of counters, in which `__proto__` is a key like any other (GC2). */
export function counterRecord(
  counters: Iterable<readonly [string, Int64]>,
  values: 'bigint' | 'exact' | undefined,
): Record<string, Int64> {
  return Object.fromEntries([...counters].map(([key, value]) => [key, counterValueOf(value, values)]));
}
