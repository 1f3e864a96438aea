/** The replies of counter writes as JSON. An int64 beyond the safe integers stands there as a decimal string. */
import { fromWire, type Int64, toWire, type WireInt64 } from '@muster/protocol';
import type { CounterReply } from '../port.ts';

interface StoredReply {
  counters: { key: string; value: WireInt64 }[];
  keyList?: string[];
  version: number;
}

export function encodeCounterReply(reply: CounterReply): string {
  const counters = reply.counters.map(({ key, value }) => ({ key, value: toWire(value) }));
  return JSON.stringify({ ...reply, counters });
}

export function decodeCounterReply(body: string): CounterReply {
  const stored = JSON.parse(body) as StoredReply;
  const counters = stored.counters.map(({ key, value }) => ({ key, value: fromWire(value) as Int64 }));
  return { ...stored, counters };
}
