/**
 * Windows and recorded operations as bytes. All numbers are little-endian.
 *
 * window    per answer: seq - floor u8, kind u8, hash u32; a counter's also version u48, value i64
 * journal   per operation: device u48, seq f64, seq - floor u8, kind u8, hash u32, version u48, value i64
 */
import { type Int64, normalizeInt64 } from '@muster/protocol';
import type { Answered, DeviceWindow } from './window.ts';

/** A recorded operation with its device and the floor that the device's window had after it. */
export interface OperationRecord {
  device: number;
  floor: number;
  answered: Answered;
}

const COUNTER = 1;
const BODY = 2;
const SHORT_BYTES = 6;
const COUNTER_BYTES = 20;
export const JOURNAL_BYTES = 34;
const WORD = 0x1_0000_0000;

export function packWindow(window: DeviceWindow): Buffer {
  const bytes = Buffer.allocUnsafe(packedBytes(window));
  packInto(bytes, window, 0);
  return bytes;
}

/** How many bytes a window's answers take. */
export function packedBytes({ answers }: DeviceWindow): number {
  let length = 0;
  for (const { kind } of answers) length += kind === 'counter' ? COUNTER_BYTES : SHORT_BYTES;
  return length;
}

/** Writes a window's answers into larger bytes. */
export function packInto(bytes: Buffer, { floor, answers }: DeviceWindow, from: number): void {
  let at = from;
  for (const answered of answers) {
    bytes[at] = answered.seq - floor;
    bytes[at + 1] = answered.kind === 'counter' ? COUNTER : BODY;
    writeU32(bytes, answered.hash, at + 2);
    at += SHORT_BYTES;
    if (answered.kind === 'body') continue;
    writeU48(bytes, answered.version, at);
    writeInt64(bytes, answered.value, at + 6);
    at += COUNTER_BYTES - SHORT_BYTES;
  }
}

export function unpackAnswers(packed: Uint8Array, floor: number): Answered[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return unpackFrom(bytes, floor, { from: 0, to: bytes.length });
}

/** Reads a window's answers out of larger bytes. */
export function unpackFrom(
  bytes: Buffer,
  floor: number,
  { from, to }: { from: number; to: number },
): Answered[] {
  const answers: Answered[] = [];
  let at = from;
  while (at < to) {
    const seq = floor + (bytes[at] ?? 0);
    const hash = readU32(bytes, at + 2);
    const isCounter = bytes[at + 1] === COUNTER;
    at += SHORT_BYTES;
    if (isCounter) {
      answers.push({
        seq,
        hash,
        kind: 'counter',
        value: readInt64(bytes, at + 6),
        version: readU48(bytes, at),
      });
      at += COUNTER_BYTES - SHORT_BYTES;
    } else answers.push({ seq, hash, kind: 'body', value: 0, version: 0 });
  }
  return answers;
}

export function packJournal(records: readonly OperationRecord[]): Buffer {
  const bytes = Buffer.allocUnsafe(records.length * JOURNAL_BYTES);
  let at = 0;
  for (const { device, floor, answered } of records) {
    writeU48(bytes, device, at);
    bytes.writeDoubleLE(answered.seq, at + 6);
    bytes[at + 14] = answered.seq - floor;
    bytes[at + 15] = answered.kind === 'counter' ? COUNTER : BODY;
    writeU32(bytes, answered.hash, at + 16);
    writeU48(bytes, answered.version, at + 20);
    writeInt64(bytes, answered.value, at + 26);
    at += JOURNAL_BYTES;
  }
  return bytes;
}

export function unpackJournal(packed: Uint8Array): OperationRecord[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.length % JOURNAL_BYTES !== 0)
    throw new Error('A row of the operation journal has a broken length.');
  const records: OperationRecord[] = [];
  for (let at = 0; at < bytes.length; at += JOURNAL_BYTES) {
    const seq = bytes.readDoubleLE(at + 6);
    const kind = bytes.readUInt8(at + 15) === COUNTER ? 'counter' : 'body';
    const hash = bytes.readUInt32LE(at + 16);
    const version = bytes.readUIntLE(at + 20, 6);
    const answered = { seq, hash, kind, version, value: readInt64(bytes, at + 26) } as const;
    records.push({ device: bytes.readUIntLE(at, 6), floor: seq - bytes.readUInt8(at + 14), answered });
  }
  return records;
}

/** Byte by byte: several times faster than the methods of a Buffer, which check their arguments. */
function writeU32(bytes: Buffer, value: number, at: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

function readU32(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

export function writeU48(bytes: Buffer, value: number, at: number): void {
  writeU32(bytes, value >>> 0, at);
  const high = Math.floor(value / WORD);
  bytes[at + 4] = high;
  bytes[at + 5] = high >>> 8;
}

export function readU48(bytes: Buffer, at: number): number {
  return readU32(bytes, at) + ((bytes[at + 4] as number) | ((bytes[at + 5] as number) << 8)) * WORD;
}

/** Two words instead of a bigint while the value is a number: this is the hot path. */
function writeInt64(bytes: Buffer, value: Int64, at: number): void {
  if (typeof value === 'bigint') {
    bytes.writeBigInt64LE(value, at);
    return;
  }
  writeU32(bytes, value >>> 0, at);
  writeU32(bytes, Math.floor(value / WORD) >>> 0, at + 4);
}

function readInt64(bytes: Buffer, at: number): Int64 {
  const value = (readU32(bytes, at + 4) | 0) * WORD + readU32(bytes, at);
  if (Number.isSafeInteger(value)) return value;
  return normalizeInt64(bytes.readBigInt64LE(at)) as Int64;
}
