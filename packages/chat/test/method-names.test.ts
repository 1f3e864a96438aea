import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { METHOD_NAMES, type MethodName } from '../src/method-names.ts';
import type { ChatSDK } from '../src/types/index.ts';
import type { Unsupported, UnsupportedMethods } from '../src/types/unsupported.ts';
import { REJECTING_METHOD_NAMES } from '../src/unsupported.ts';
import { fakeServer } from './fake-server.ts';

const resolve = createRequire(import.meta.url).resolve;
const bundle = readFileSync(resolve('@tencentcloud/chat'), 'utf8');
const typings = readFileSync(new URL('index.d.ts', `file://${resolve('@tencentcloud/chat')}`), 'utf8');
const sorted = (names: Iterable<string>): string[] => [...names].sort();

/** The methods that the original's typings give an instance, with what each returns. */
const typedMethods = (): Map<string, string> => {
  const [, body = ''] = /declare class ChatSDK \{(.*?)\n\}/s.exec(typings) ?? [];
  const rows = body.matchAll(/^ {2}(\w+)\(.*?\)(?:: ([\w<>| ]+))?;?$/gm);
  return new Map([...rows].map(([, name = '', result = '']) => [name, result]));
};

/** The table from which the original's `create` makes the methods of an instance: the longest that begins so. */
const runtimeMethods = (): string[] => {
  const tables = [...bundle.matchAll(/\{(login:1(?:,\w+:1)+)\}/g)].map(([, rows = '']) => rows.split(','));
  const longest = tables.reduce((long, table) => (table.length > long.length ? table : long), []);
  return longest.map((row) => row.replace(/:1$/, ''));
};

describe('the names of the methods', () => {
  it('[DI2] are the 149 of 3.6.6 as it runs', () => {
    expect(METHOD_NAMES).toHaveLength(149);
    expect(new Set(METHOD_NAMES).size).toBe(149);
    expect(sorted(METHOD_NAMES)).toEqual(sorted(runtimeMethods()));
  });

  it('[DI2] are those of its typings and `once`, which they leave out', () => {
    expect(sorted(METHOD_NAMES)).toEqual(sorted(['once', ...typedMethods().keys()]));
  });

  it('[DI2] are each typed on our instance', () => {
    // A name that ChatSDK lacks makes this assignment an error, and the error names it.
    const missing: Record<Exclude<MethodName, keyof ChatSDK>, never> = {};
    expect(missing).toEqual({});
  });

  it('[DI2] are those of an instance, which has a few of its own besides', () => {
    const own = ['deleteGroupCounters', 'getConversationGroups', 'getGroupCounter', 'use'];
    expect(sorted(Object.keys(fakeServer().chat()))).toEqual(sorted([...METHOD_NAMES, ...own]));
  });

  it('[DI2] those that reject are those whose types say so, and none is built', () => {
    type Rejecting = {
      [Name in keyof UnsupportedMethods]: [UnsupportedMethods[Name], Unsupported] extends [
        Unsupported,
        UnsupportedMethods[Name],
      ]
        ? Name
        : never;
    }[keyof UnsupportedMethods];
    // A name that one of the two lacks makes an assignment an error, and the error names it.
    const untyped: Record<Exclude<(typeof REJECTING_METHOD_NAMES)[number], Rejecting>, never> = {};
    const unlisted: Record<Exclude<Rejecting, (typeof REJECTING_METHOD_NAMES)[number]>, never> = {};
    expect({ ...untyped, ...unlisted }).toEqual({});
    expect(new Set(REJECTING_METHOD_NAMES).size).toBe(REJECTING_METHOD_NAMES.length);
  });

  it('[DI6] those that return at once are the ones whose typings give no promise', () => {
    const typed = [...typedMethods()].filter(([, result]) => result !== '' && !result.startsWith('Promise'));
    const chat = fakeServer().chat() as unknown as Record<string, () => unknown>;
    for (const [name] of typed) {
      const answer = [] as unknown[];
      try {
        answer.push(chat[name]?.());
      } catch (error) {
        // Creators of messages, and `on`, throw at once what is wrong with their arguments (DI3).
        expect(error, name).toMatchObject({ code: 6017 });
      }
      expect(answer[0], name).not.toBeInstanceOf(Promise);
    }
  });
});
