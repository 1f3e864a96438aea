import type { FileRule } from '../rule.ts';
import { lineAt } from '../source-file.ts';

/** Rules are functions of their arguments: whatever differs from call to call is handed in. */
const PURE = /^packages\/(protocol|domain)\/src\//;

const IMPURE: { token: RegExp; instead: string }[] = [
  { token: /\bDate\b/g, instead: 'there is no clock here: take the time as an argument' },
  { token: /\bperformance\s*\./g, instead: 'there is no clock here: take the time as an argument' },
  {
    token: /\bMath\s*\.\s*random\b/g,
    instead: 'there are no dice here: take the random value as an argument',
  },
  { token: /\bcrypto\s*\./g, instead: 'there are no dice here: take the random value as an argument' },
  { token: /\basync\b|\bawait\b/g, instead: 'nothing waits here: decide at once, and let the caller act' },
  {
    token: /\bset(?:Timeout|Interval|Immediate)\b/g,
    instead: 'nothing waits here: let the caller keep timers',
  },
  { token: /\bprocess\s*\./g, instead: 'there is no process here: take the value as an argument' },
];

export const purity: FileRule = {
  file({ path, text, code, imports }) {
    if (!PURE.test(path)) return [];
    const ofNode = imports
      .filter(({ specifier }) => specifier.startsWith('node:'))
      .map(({ specifier, line }) => ({
        path,
        line,
        message: `imports ${specifier}: protocol and domain run everywhere; take the value as an argument`,
      }));
    const impure = IMPURE.flatMap(({ token, instead }) =>
      [...code.matchAll(token)].map(({ index }) => ({ path, line: lineAt(text, index), message: instead })),
    );
    return [...ofNode, ...impure];
  },
};
