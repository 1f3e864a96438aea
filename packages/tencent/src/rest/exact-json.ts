/**
 * JSON with exact integers, as REST v4 has them: the value of a counter is an integer of 64 bits in all its digits, and
 * no text (GC3). `JSON.parse` tells the digits, and `JSON.rawJSON` writes them.
 */
import { type Body, isBody, isDeep } from '../wire/frame.ts';

/** What the types of this version of TypeScript do not have yet. */
type Parse = (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** The property that holds the values of counters. Elsewhere a number is a number. */
const EXACT = 'Value';
const INTEGER = /^-?(0|[1-9][0-9]*)$/;

/** The body of a request; undefined when it is no JSON object. */
export function readRestBody(text: string): Body | undefined {
  try {
    const parsed = (JSON.parse as Parse)(text, (key, value, { source }) =>
      key === EXACT && typeof value === 'number' ? exactly(source ?? '') : value,
    );
    return isBody(parsed) && !isDeep(parsed) ? parsed : undefined;
  } catch {
    // Not JSON: there is nothing in it to be understood.
    return undefined;
  }
}

/** A number that was spelled as an integer, all of it. Another spelling, such as 1e3, is no integer of this API. */
function exactly(source: string): number | bigint {
  if (!INTEGER.test(source)) return Number.NaN;
  const value = Number(source);
  return Number.isSafeInteger(value) ? value : BigInt(source);
}

/** A value as our commands take it. What was no integer is left to be refused, a text of digits too. */
export function exactValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' ? value : null;
}
