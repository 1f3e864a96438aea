/**
 * What methods are given (DL10): each names the properties it takes and their checks. A property that is missing or
 * of the wrong type is refused by its name and nothing is sent; one that is not known is ignored, and warned of once
 * (DI4).
 */
import { type Int64, normalizeInt64 } from '@muster/protocol';
import { invalidArgument } from './errors.ts';
import * as LIMITS from './limits.ts';
import type { Log } from './log.ts';

/** Gives the value back, or throws; `name` is how messages call it. */
export type Check<T> = (value: unknown, name: string) => T;
export type Checks = { [property: string]: Check<unknown> };

type OptionalOf<C extends Checks> = {
  [K in keyof C]: undefined extends ReturnType<C[K]> ? K : never;
}[keyof C];

/** What was given, with nothing in it that was not asked for; what is absent has no property. */
export type Taken<C extends Checks> = { [K in Exclude<keyof C, OptionalOf<C>>]: ReturnType<C[K]> } & {
  [K in OptionalOf<C>]?: Exclude<ReturnType<C[K]>, undefined>;
};

export const refuse = (name: string, what: string): never => {
  throw invalidArgument(`${name} must be ${what}`);
};

export function take<C extends Checks>(method: string, given: unknown, checks: C, log: Log): Taken<C> {
  const options = plainObject(given, `${method}: the options`);
  const taken: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(checks)) {
    const value = check(options[name], `${method}: ${name}`);
    if (value !== undefined) taken[name] = value;
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(checks, name)) log.ignore(method, name);
  }
  return taken as Taken<C>;
}

export const plainObject: Check<Record<string, unknown>> = (value, name) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(name, 'an object');

export const anyText: Check<string> = (value, name) =>
  typeof value === 'string' ? value : refuse(name, 'a string');

/** A name of something, which cannot be empty. */
export const text: Check<string> = (value, name) =>
  typeof value === 'string' && value !== '' ? value : refuse(name, 'a string, not empty');

export const flag: Check<boolean> = (value, name) =>
  typeof value === 'boolean' ? value : refuse(name, 'a boolean');

export const wholeNumber: Check<number> = (value, name) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse(name, 'a whole number');

export const oneOf =
  <T extends string>(...words: T[]): Check<T> =>
  (value, name) =>
    words.includes(value as T) ? (value as T) : refuse(name, `one of ${words.join(', ')}`);

export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value, name) =>
    value === undefined ? undefined : check(value, name);

/** For names that an app leaves out by giving `''`. */
export const optionalName: Check<string | undefined> = (value, name) =>
  value === '' ? undefined : optional(text)(value, name);

/** Taken from code written for the original, and of no use here. */
export const unused: Check<undefined> = () => undefined;

export const listOf =
  <T>(check: Check<T>): Check<T[]> =>
  (value, name) =>
    Array.isArray(value)
      ? value.map((one, index) => check(one, `${name}[${index}]`))
      : refuse(name, 'an array');

export const keys: Check<string[]> = listOf(anyText);

export const userIDs: Check<string[]> = (value, name) => {
  const list = listOf(text)(value, name);
  const max = LIMITS.users_perRequest_max;
  return list.length > 0 && list.length <= max ? list : refuse(name, `1 to ${max} userIDs`);
};

export const customFields: Check<{ key: string; value: string }[]> = listOf((value, name) => {
  const field = plainObject(value, name);
  return { key: text(field.key, `${name}.key`), value: anyText(field.value, `${name}.value`) };
});

export const operationID: Check<string | undefined> = (value, name) => {
  if (value === undefined) return undefined;
  const id = text(value, name);
  const max = LIMITS.operationID_bytes_max;
  return new TextEncoder().encode(id).length <= max ? id : refuse(name, `1 to ${max} bytes`);
};

/** A counter's value, exact (GC4). A number that is not a safe integer may already be a wrong one. */
export const int64: Check<Int64> = (value, name) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const exact = typeof value === 'bigint' ? normalizeInt64(value) : undefined;
  return exact ?? refuse(name, 'a safe integer or a 64-bit bigint');
};
