import type { Cause } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { Call } from './call.ts';

/** What every write hands to the storage of its call. */
export function withOperation(call: Pick<Call, 'operation' | 'now'>): { operation?: Operation; now: number } {
  return call.operation ? { operation: call.operation, now: call.now } : { now: call.now };
}

/** Which device and operation an event names as its cause, 0 for an operation without a number; nothing over HTTP. */
export function causeOf({ operation, session }: Pick<Call, 'operation' | 'session'>): { by?: Cause } {
  return session ? { by: { device: session.device, seq: operation?.device?.seq ?? 0 } } : {};
}
