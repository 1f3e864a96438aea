/** What no user, group or scope is called. */
const NOBODY = '\u0001';

/**
 * A value to look for. A database changes what is no Unicode into what is, and PostgreSQL takes no U+0000 in a text:
 * neither is the name of anything, so nobody is looked for instead, and not somebody else.
 */
export function findable<Value>(value: Value): Value | string {
  if (typeof value !== 'string') return value;
  return value.includes('\u0000') || !value.isWellFormed() ? NOBODY : value;
}
