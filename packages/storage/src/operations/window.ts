/**
 * A device's window of operations (DL2): what tells a repeated write from a new one.
 *
 * The window holds the answers of recorded operations from `floor` on, at most 64 sequences wide. The floor is the
 * highest "lowest unconfirmed sequence" that a recorded operation carried: everything below it has been confirmed
 * and is never executed again. Only recorded operations move it, so that a window read back from disk is the same
 * as the one in memory.
 */
import type { Refusal } from '@muster/domain';
import { refuse } from '@muster/domain';
import { type Int64, LIMITS } from '@muster/protocol';

const WIDTH = LIMITS.operationsOpen_perDevice_max.value;
/** Sequences and floors are kept in six bytes. A device that writes a million times a second gets there in 8 years. */
const SEQUENCE_MAX = 2 ** 48 - 1;

/** The answer of a recorded operation. A counter's is kept here; any other stands in operation_answers. */
export interface Answered {
  seq: number;
  hash: number;
  kind: 'counter' | 'body';
  /** Of kind `counter`: the result and its version. 0 for the others. */
  value: Int64;
  version: number;
}

export interface DeviceWindow {
  userID: string;
  /** The login that may write: what an older connection of the device sends is refused. */
  session: number;
  floor: number;
  /** The highest sequence among the answers, 0 without any: most operations are above it and need no search. */
  highest: number;
  answers: readonly Answered[];
}

/** The device's part of an operation id, as the port has it. */
export interface DeviceOperation {
  device: number;
  session: number;
  seq: number;
  low: number;
}

const FORGOTTEN = refuse(
  'OPERATION_CONFIRMED',
  'The device of this operation is forgotten, or has logged in again.',
);
const CONFIRMED = refuse('OPERATION_CONFIRMED');
const FULL = refuse('OPERATION_WINDOW_FULL');
export const CONTENT_DIFFERS = refuse('OPERATION_CONTENT_DIFFERS');

/** The recorded answer of a repeat, a refusal, or undefined when the operation is new and may be decided. */
export function judge(
  window: DeviceWindow | undefined,
  operation: DeviceOperation,
  hash: number,
): Answered | Refusal | undefined {
  if (window === undefined || window.session !== operation.session) return FORGOTTEN;
  const floor = Math.max(window.floor, operation.low);
  if (operation.seq < floor) return CONFIRMED;
  if (operation.seq >= floor + WIDTH || operation.seq > SEQUENCE_MAX) return FULL;
  if (operation.seq > window.highest) return undefined;
  for (const answered of window.answers) {
    if (answered.seq === operation.seq) return answered.hash === hash ? answered : CONTENT_DIFFERS;
  }
  return undefined;
}

/** Whether a verdict is a refusal rather than a recorded answer. */
export function isRefusal(verdict: Answered | Refusal): verdict is Refusal {
  return 'ok' in verdict;
}

/** The window of a device that has written nothing yet. */
export function emptyWindow(userID: string, session: number): DeviceWindow {
  return { userID, session, floor: 0, highest: 0, answers: [] };
}

/** The window with one more answer. What the floor has passed is gone from it; `judge` has admitted the operation. */
export function withAnswer(window: DeviceWindow, low: number, answered: Answered): DeviceWindow {
  const { userID, session } = window;
  const floor = Math.max(window.floor, low);
  // Spread into a literal, an array takes no more room than it needs: there is one for every device.
  const answers =
    window.highest < floor ? [answered] : [...window.answers.filter(({ seq }) => seq >= floor), answered];
  return { userID, session, floor, highest: Math.max(window.highest, answered.seq), answers };
}

const NONE: readonly number[] = [];

/** The sequences of long answers that `before` held and `after` no longer needs. */
export function droppedBodies(before: DeviceWindow, after: DeviceWindow): readonly number[] {
  if (after.floor === before.floor) return NONE;
  const dropped: number[] = [];
  for (const { seq, kind } of before.answers) if (kind === 'body' && seq < after.floor) dropped.push(seq);
  return dropped;
}
