/** The checks of texts and custom fields that groups and profiles share. Lengths are bytes of UTF-8. */
import { LIMITS, type LimitName, utf8Length } from '@muster/protocol';
import { type Refusal, refuse } from './decision.ts';

/** Why a text may not be kept, or undefined; one that is absent is always fine. */
export function refuseText(
  argument: string,
  text: string | undefined,
  most: LimitName,
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (text === undefined) return undefined;
  const refusal = refuseCharacters(argument, text);
  if (refusal !== undefined) return refusal;
  const limit = LIMITS[most].value;
  const length = utf8Length(text);
  if (length > limit) return bad(argument, `is ${length} bytes of UTF-8 long; at most ${limit} are allowed.`);
  return undefined;
}

/** Why a text cannot be kept, however short, or undefined. */
export function refuseCharacters(argument: string, text: string): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (!text.isWellFormed()) return bad(argument, 'is not well-formed Unicode.');
  if (text.includes('\u0000')) return bad(argument, 'holds U+0000.');
  return undefined;
}

/** The first refusal among several texts. */
export function refuseTexts(
  texts: readonly (readonly [argument: string, text: string | undefined, most: LimitName])[],
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  for (const [argument, text, most] of texts) {
    const refusal = refuseText(argument, text, most);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

export interface CustomField {
  key: string;
  value: string;
}

export interface CustomFieldLimits {
  argument: string;
  count: LimitName;
  valueLength: LimitName;
}

/** The fields after those given have replaced their namesakes, or why they may not. Their order of making stays. */
export function mergeCustomFields(
  old: readonly CustomField[],
  given: readonly CustomField[] | undefined,
  { argument, count, valueLength }: CustomFieldLimits,
): CustomField[] | Refusal<'BAD_ARGUMENT_VALUE'> {
  const merged = new Map(old.map(({ key, value }) => [key, value]));
  const seen = new Set<string>();
  for (const { key, value } of given ?? []) {
    if (seen.has(key)) return bad(argument, `names the key ${JSON.stringify(key)} twice.`);
    seen.add(key);
    const refusal =
      refuseText(`A key of ${argument}`, key, 'customFieldKey_bytes_max') ??
      refuseText(`A value of ${argument}`, value, valueLength);
    if (refusal !== undefined) return refusal;
    merged.set(key, value);
  }
  const most = LIMITS[count].value;
  if (merged.size > most)
    return bad(argument, `would make ${merged.size} fields; at most ${most} are allowed.`);
  return [...merged].map(([key, value]) => ({ key, value }));
}

export function isRefusal<Value extends object>(value: Value): value is Extract<Value, Refusal> {
  return 'ok' in value && value.ok === false;
}

function bad(argument: string, what: string): Refusal<'BAD_ARGUMENT_VALUE'> {
  return refuse('BAD_ARGUMENT_VALUE', `${argument} ${what}`);
}
