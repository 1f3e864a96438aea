/** Reading what a device sent: total over all bytes, and no property is taken on trust (SE2, DI4). */
import { limit, type OperationID, type RequestFrame } from '@muster/protocol';

export type ReadFrame =
  | { kind: 'request'; request: RequestFrame }
  | { kind: 'mark'; mark: number }
  | { kind: 'ping'; ping: number }
  /** Not understood; `id` when the sender can still be told. */
  | { kind: 'fault'; id: number | undefined; fault: string };

const REQUEST_PROPERTIES = new Set(['id', 'command', 'input', 'operation', 'operationID']);

/** The frames of a message; undefined when it is no JSON object or array of objects. */
export function readFrames(text: string): ReadFrame[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not JSON: there is no id to answer to.
    return undefined;
  }
  if (!Array.isArray(parsed)) return isObject(parsed) ? [readFrame(parsed)] : undefined;
  return parsed.every(isObject) ? parsed.map(readFrame) : undefined;
}

function readFrame(frame: Record<string, unknown>): ReadFrame {
  if (frame.command !== undefined || frame.id !== undefined) return readRequest(frame);
  if (isCount(frame.mark)) return { kind: 'mark', mark: frame.mark };
  if (isCount(frame.ping)) return { kind: 'ping', ping: frame.ping };
  return { kind: 'fault', id: undefined, fault: 'a frame is a request, a mark or a ping' };
}

function readRequest(frame: Record<string, unknown>): ReadFrame {
  const { id, command, operation, operationID } = frame;
  if (!isCount(id)) return fault(undefined, '"id" must be a safe integer from 0 up');
  if (typeof command !== 'string') return fault(id, '"command" must be a string');
  if (operation !== undefined && !isOperationID(operation)) {
    return fault(id, '"operation" must be {seq, low} with 1 <= low <= seq');
  }
  if (operationID !== undefined && !isOwnOperationID(operationID)) {
    return fault(id, '"operationID" must be a string of 1 to 64 bytes');
  }
  for (const name in frame) {
    if (!REQUEST_PROPERTIES.has(name)) {
      return fault(id, `${JSON.stringify(name)} is no property of a request`);
    }
  }
  // The frame was parsed here and is nobody else's: it is completed instead of copied.
  frame.input ??= {};
  return { kind: 'request', request: frame as unknown as RequestFrame };
}

function fault(id: number | undefined, text: string): ReadFrame {
  return { kind: 'fault', id, fault: text };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const SEQ_MAX = 4_294_967_295;

function isOperationID(value: unknown): value is OperationID {
  if (!isObject(value)) return false;
  const { seq, low } = value;
  return isCount(seq) && isCount(low) && low >= 1 && low <= seq && seq <= SEQ_MAX;
}

/** Whether an app's own operation id is of its form (DL2). */
export function isOwnOperationID(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || !value.isWellFormed() || value.includes('\u0000'))
    return false;
  return Buffer.byteLength(value) <= limit('operationID_bytes_max');
}
