import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { EVENT } from '../src/constants/event.ts';
import { TSignaling } from '../src/constants/signaling.ts';
import { TYPES } from '../src/constants/types.ts';

type Table = Readonly<Record<string, string | number>>;

// Loading the original defines its constants and opens no connection; an instance of it is never made here.
const original = createRequire(import.meta.url)('@tencentcloud/chat') as {
  VERSION: string;
  EVENT: Table;
  TYPES: Table;
  TSignaling: Table;
};

const ours = { GROUP_COUNTER_DELETED: 'onGroupCounterDeleted' };

describe('the constants', () => {
  it('[DI1] are compared with 3.6.6 as it runs', () => {
    expect(original.VERSION).toBe('3.6.6');
    expect(Object.keys(original.EVENT)).toHaveLength(37);
    expect(Object.keys(original.TYPES)).toHaveLength(115);
    expect(Object.keys(original.TSignaling)).toHaveLength(12);
  });

  it('[DI1] EVENT holds every event of the original, and one of ours', () => {
    expect(EVENT).toStrictEqual({ ...original.EVENT, ...ours });
    expect(new Set(Object.values(EVENT)).size).toBe(38);
  });

  it('[DI1] TYPES holds every type of the original with its value, and no other', () => {
    expect(TYPES).toStrictEqual({ ...original.TYPES });
  });

  it('[DI1] TSignaling holds every constant of the original, and no other', () => {
    expect(TSignaling).toStrictEqual({ ...original.TSignaling });
  });

  it('[DI1] takes the values that run where the typings say others', () => {
    expect([TYPES.CONV_MARK_TYPE_FOLD, TYPES.CONV_MARK_TYPE_HIDE]).toEqual([4, 8]);
    expect([TYPES.GRP_WORK, TYPES.GRP_MEETING]).toEqual(['Private', 'ChatRoom']);
    expect(EVENT.SERVER_CONFIG_UPDATED).toBe('onServerConfigUpdated');
  });
});

describe('the constants as types', () => {
  // The namespace cannot be worked out from the table in TypeScript, so it is written out, and held to it here.
  const namespaceOf = (name: string, table: Table): string => {
    const rows = Object.keys(table).map((key) => `  type ${key} = typeof ${name}.${key};\n`);
    return `export declare namespace ${name} {\n${rows.join('')}}\n`;
  };

  it('[DI1] are a namespace of the default export too: paste what this expects', () => {
    const nested = (name: string, table: Table): string => {
      const union = `(typeof MusterChat.${name})[keyof typeof MusterChat.${name}]`;
      const rows = Object.keys(table).map((key) => `    type ${key} = typeof MusterChat.${name}.${key};\n`);
      return `  type ${name} = ${union};\n  namespace ${name} {\n${rows.join('')}  }\n`;
    };
    const text = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
    const all = nested('EVENT', EVENT) + nested('TYPES', TYPES) + nested('TSignaling', TSignaling);
    const namespace = 'export declare namespace MusterChat {\n';
    expect(text.slice(text.indexOf(namespace))).toBe(`${namespace}${all}}\n`);
  });

  it.each([
    ['EVENT', 'event.ts', EVENT],
    ['TYPES', 'types.ts', TYPES],
    ['TSignaling', 'signaling.ts', TSignaling],
  ] as const)('[DI1] %s is a namespace of as many types: paste what this expects', (name, file, table) => {
    const text = readFileSync(new URL(`../src/constants/${file}`, import.meta.url), 'utf8');
    expect(text.slice(text.indexOf('export declare namespace'))).toBe(namespaceOf(name, table));
  });

  it('[DI1] annotations written for the enums of the original compile', () => {
    const conversation: TYPES.CONV_C2C = TYPES.CONV_C2C;
    const mark: TYPES.CONV_MARK_TYPE_FOLD = 4;
    const any: TYPES[] = [conversation, mark, TYPES.GRP_WORK];
    const group: TYPES.GRP_WORK | TYPES.GRP_PUBLIC = TYPES.GRP_PUBLIC;
    const event: EVENT = EVENT.SDK_READY;
    const action: TSignaling.ACTION_TYPE_INVITE = TSignaling.ACTION_TYPE_INVITE;
    // @ts-expect-error a value of another constant is refused
    const wrong: TYPES.CONV_GROUP = TYPES.CONV_C2C;
    expect([...any, group, event, action, wrong]).toEqual([
      'C2C',
      4,
      'Private',
      'Public',
      'sdkStateReady',
      1,
      'C2C',
    ]);
  });
});
