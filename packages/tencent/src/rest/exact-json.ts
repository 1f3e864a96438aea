/**
 * JSON with exact integers, as REST v4 has them: the value of a counter is an integer of 64 bits in all its digits, and
 * no text (GC3). `JSON.parse` tells the digits, and `JSON.rawJSON` writes them.
 */
import { type Body, isBody, isDeep } from '../wire/frame.ts';

/** What the types of this version of TypeScript do not have yet. */
interface ExactJSON {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): value is { rawJSON: string };
}

const json = JSON as unknown as ExactJSON;

/** The property that holds the values of counters. Elsewhere a number is a number. */
const EXACT = 'Value';
const INTEGER = /^-?(0|[1-9][0-9]*)$/;

/** The body of a request; undefined when it is no JSON object. */
export function readRestBody(text: string): Body | undefined {
  try {
    const parsed = json.parse(text, (key, value, { source }) =>
      key === EXACT && typeof value === 'number' ? exactly(source ?? '') : value,
    );
    return isBody(parsed) && !isDeep(parsed) ? parsed : undefined;
  } catch {
    // Not JSON: there is nothing in it to be understood.
    return undefined;
  }
}

/** A number that was spelled as an integer, all of it. Another spelling, such as 1e3, is no integer of this API. */
function exactly(source: string): unknown {
  if (!INTEGER.test(source)) return Number.NaN;
  const value = Number(source);
  return Number.isSafeInteger(value) ? value : json.rawJSON(source);
}

/** A value as our commands take it. What was no integer is left to be refused, a text of digits too. */
export function exactValue(value: unknown): unknown {
  if (json.isRawJSON(value)) return value.rawJSON;
  return typeof value === 'number' ? value : null;
}
