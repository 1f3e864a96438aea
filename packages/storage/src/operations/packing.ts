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
  const bytes = Buffer.allocUnsafe(window.answers.length * COUNTER_BYTES);
  let at = 0;
  for (const answered of window.answers) {
    bytes[at] = answered.seq - window.floor;
    bytes[at + 1] = answered.kind === 'counter' ? COUNTER : BODY;
    bytes.writeUInt32LE(answered.hash, at + 2);
    at += SHORT_BYTES;
    if (answered.kind === 'body') continue;
    writeU48(bytes, answered.version, at);
    writeInt64(bytes, answered.value, at + 6);
    at += COUNTER_BYTES - SHORT_BYTES;
  }
  return bytes.subarray(0, at);
}

export function unpackAnswers(packed: Uint8Array, floor: number): Answered[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const answers: Answered[] = [];
  let at = 0;
  while (at < bytes.length) {
    const seq = floor + bytes.readUInt8(at);
    const hash = bytes.readUInt32LE(at + 2);
    const isCounter = bytes.readUInt8(at + 1) === COUNTER;
    at += SHORT_BYTES;
    if (isCounter) {
      const version = bytes.readUIntLE(at, 6);
      answers.push({ seq, hash, kind: 'counter', value: readInt64(bytes, at + 6), version });
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
    bytes.writeUInt32LE(answered.hash, at + 16);
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

function writeU48(bytes: Buffer, value: number, at: number): void {
  bytes.writeUInt32LE(value >>> 0, at);
  bytes.writeUInt16LE(Math.floor(value / WORD), at + 4);
}

/** Two words instead of a bigint while the value is a number: this is the hot path. */
function writeInt64(bytes: Buffer, value: Int64, at: number): void {
  if (typeof value === 'bigint') {
    bytes.writeBigInt64LE(value, at);
    return;
  }
  bytes.writeUInt32LE(value >>> 0, at);
  bytes.writeInt32LE(Math.floor(value / WORD), at + 4);
}

function readInt64(bytes: Buffer, at: number): Int64 {
  const value = bytes.readInt32LE(at + 4) * WORD + bytes.readUInt32LE(at);
  if (Number.isSafeInteger(value)) return value;
  return normalizeInt64(bytes.readBigInt64LE(at)) as Int64;
}
