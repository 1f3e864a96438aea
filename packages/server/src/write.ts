import type { Cause } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { Call } from './call.ts';

/** What every write hands to the storage of its call. */
export function withOperation(call: Pick<Call, 'operation' | 'now'>): { operation?: Operation; now: number } {
  return call.operation ? { operation: call.operation, now: call.now } : { now: call.now };
}

/** Which device and operation an event names as its cause; nothing over HTTP. */
export function causeOf({ operation }: Pick<Call, 'operation'>): { by?: Cause } {
  return operation?.device ? { by: { device: operation.device.device, seq: operation.device.seq } } : {};
}
