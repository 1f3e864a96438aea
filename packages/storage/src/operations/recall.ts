/** Operations whose answers are recorded whole, as JSON: everything but the writes of counters. Pure. */
import { type Refusal, refuse } from '@muster/domain';
import type { Operation } from '../port.ts';
import type { AppRecord } from './batch.ts';
import type { OperationRecord } from './packing.ts';
import { CONTENT_DIFFERS, type DeviceWindow, droppedBodies, isRefusal, judge, withAnswer } from './window.ts';

/** What is recorded, as far as one operation needs it. */
export interface Records {
  window(device: number): DeviceWindow | undefined;
  /** The record of an app's operation id while it is remembered. */
  app(userID: string, operationID: string): AppRecord | undefined;
  /** A long answer. */
  body(device: number, seq: number): string | undefined;
}

/** A repeat with its recorded reply. One known by the app's id alone is yet to be put in the device's window. */
export interface Recalled {
  body: string;
  isInWindow: boolean;
}

/** What is known of an operation: its answer, a refusal, or nothing, so that it may be decided. */
export function recall(operation: Operation | undefined, records: Records): Recalled | Refusal | undefined {
  if (operation?.device) {
    const { device } = operation.device;
    const verdict = judge(records.window(device), operation.device, operation.hash);
    if (verdict && isRefusal(verdict)) return verdict;
    if (verdict?.kind === 'counter') return CONTENT_DIFFERS;
    if (verdict) {
      const body = records.body(device, verdict.seq);
      return body === undefined ? refuse('OPERATION_CONFIRMED') : { body, isInWindow: true };
    }
  }
  if (!operation?.app) return undefined;
  const app = records.app(operation.app.userID, operation.app.operationID);
  if (!app) return undefined;
  return app.hash === operation.hash ? { body: app.body, isInWindow: !operation.device } : CONTENT_DIFFERS;
}

/** Whether what is known of an operation is a refusal. */
export function isRefused(known: Recalled | Refusal): known is Refusal {
  return 'ok' in known;
}

/** What an answered operation leaves behind. */
export interface Kept {
  device?: {
    device: number;
    window: DeviceWindow;
    record: OperationRecord;
    body: string;
    /** The sequences of long answers that this operation has confirmed. */
    dropped: readonly number[];
  };
  app?: AppRecord;
}

/** The records of an operation that was decided, or recalled by the app's id (`isNew` false). */
export function keep(
  operation: Operation | undefined,
  answer: { body: string; now: number; isNew: boolean },
  window: (device: number) => DeviceWindow | undefined,
): Kept {
  const kept: Kept = {};
  if (!operation) return kept;
  const { body, now, isNew } = answer;
  const { hash, app } = operation;
  if (app && isNew) kept.app = { ...app, at: now, hash, body };
  const before = operation.device && window(operation.device.device);
  if (operation.device && before) {
    const { device, seq, low } = operation.device;
    const answered = { seq, hash, kind: 'body', value: 0, version: 0 } as const;
    const after = withAnswer(before, low, answered);
    const record = { device, floor: after.floor, answered };
    kept.device = { device, window: after, record, body, dropped: droppedBodies(before, after) };
  }
  return kept;
}

/** A reply as it is recorded. */
export function encodeReply(reply: unknown): string {
  return JSON.stringify(reply ?? null);
}
