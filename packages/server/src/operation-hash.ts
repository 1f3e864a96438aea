/**
 * FNV-1a over a command and its input: tells another content under a used operation id (DL2). It guards against
 * mistakes, not attackers: a device can only harm itself. Walks the value instead of serialising it.
 */

/** What our SDK adds of what it knows just then: an app that asks again later means the same (CG16, MS1). */
const ADDED = ['conversationGroupID', 'through'];

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

export function operationHash(command: string, input: unknown): number {
  return mix(mixText(OFFSET, command), input) >>> 0;
}

/** The same over what an app on a device has asked for, without what its SDK added. */
export function appOperationHash(command: string, input: unknown): number {
  const given = Object.entries(input as object).filter(([key]) => !ADDED.includes(key));
  return operationHash(command, Object.fromEntries(given));
}

function mixText(hash: number, text: string): number {
  let mixed = hash;
  for (let index = 0; index < text.length; index += 1)
    mixed = Math.imul(mixed ^ text.charCodeAt(index), PRIME);
  return Math.imul(mixed ^ 0xffff, PRIME);
}

function mix(hash: number, value: unknown): number {
  if (typeof value === 'string') return mixText(hash, value);
  if (typeof value !== 'object' || value === null) return mixText(hash ^ 1, String(value));
  if (Array.isArray(value)) return value.reduce<number>(mix, Math.imul(hash ^ 2, PRIME));
  const begin = Math.imul(hash ^ 3, PRIME);
  let sum = begin;
  // A sum, so that the order of the properties does not matter.
  for (const key in value) {
    sum = (sum + mix(mixText(begin, key), (value as Record<string, unknown>)[key])) | 0;
  }
  return sum;
}
