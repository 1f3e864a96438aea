/** Arbitraries of fast-check: values as callers send them, good and bad. */
export * from './bad-input.ts';
export * from './ids.ts';
export * from './int64.ts';
