import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { TYPES } from '../src/constants/types.ts';
import {
  CALLBACK_METHOD_NAMES,
  EMPTY_LISTS,
  LISTENER_METHOD_NAMES,
  METHOD_NAMES,
  type MethodName,
  SYNCHRONOUS_METHOD_NAMES,
  UNSENDABLE_MESSAGE_TYPES,
} from '../src/method-names.ts';
import type { ChatSDK } from '../src/types/index.ts';

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

  it('[DI6] those that return at once are the ones whose typings give no promise', () => {
    const typed = [...typedMethods()].filter(([, result]) => result !== '' && !result.startsWith('Promise'));
    expect(sorted(SYNCHRONOUS_METHOD_NAMES)).toEqual(sorted(['once', ...typed.map(([name]) => name)]));
  });

  it('[DI2] every creator of messages is either ours to send or unsendable', () => {
    const creators = METHOD_NAMES.filter((name) => /^create\w+Message$/.test(name));
    expect(creators).toHaveLength(11);
    const built = ['Text', 'TextAt', 'Custom', 'Face', 'Location'].map((kind) => `create${kind}Message`);
    expect(sorted([...built, ...Object.keys(UNSENDABLE_MESSAGE_TYPES)])).toEqual(sorted(creators));
    expect(UNSENDABLE_MESSAGE_TYPES.createImageMessage).toBe(TYPES.MSG_IMAGE);
  });

  it('[DI2] friend and blocklist lists are empty, and a new object each time', () => {
    expect(EMPTY_LISTS.getFriendList()).toEqual([]);
    expect(EMPTY_LISTS.getFriendList()).not.toBe(EMPTY_LISTS.getFriendList());
    expect(EMPTY_LISTS.getFriendApplicationList()).toEqual({ friendApplicationList: [], unreadCount: 0 });
    expect([EMPTY_LISTS.getBlacklist(), EMPTY_LISTS.getFriendGroupList()]).toEqual([[], []]);
  });

  it('[DI2] what answers in its own way is not in two lists', () => {
    const special = [
      ...Object.keys(UNSENDABLE_MESSAGE_TYPES),
      ...Object.keys(EMPTY_LISTS),
      ...LISTENER_METHOD_NAMES,
      ...CALLBACK_METHOD_NAMES,
    ];
    expect(new Set(special).size).toBe(special.length);
    expect(special.filter((name) => !new Set<string>(METHOD_NAMES).has(name))).toEqual([]);
  });
});
