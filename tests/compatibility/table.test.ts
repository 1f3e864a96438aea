/** The table holds everything there is, and the README says what it adds up to. */
import { readFileSync } from 'node:fs';
import MusterChat from '@muster/chat';
import { REST_COMMANDS } from '@muster/tencent';
import { expect, it } from 'vitest';
import { totalsSentence } from '../../tools/reference/compatibility.ts';
import { EVENT_SECTION, METHOD_SECTIONS, REST_SECTIONS, rowsOf } from './table.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('[DI2] has a row for each of the 149 methods, once', () => {
  const source = read('packages/chat/src/method-names.ts');
  const list = /METHOD_NAMES = \[(.*?)\]/s.exec(source)?.[1] ?? '';
  const names = [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name);
  const rows = rowsOf(METHOD_SECTIONS).map(([name]) => name);
  expect(rows.sort()).toEqual(names.sort());
  expect(rows).toHaveLength(149);
});

it('[DI1] has a row for each of the 37 events, and none for ours', () => {
  const names = Object.keys(MusterChat.EVENT).filter((name) => name !== 'GROUP_COUNTER_DELETED');
  const rows = Object.keys(EVENT_SECTION.rows);
  expect(rows.sort()).toEqual(names.sort());
  expect(rows).toHaveLength(37);
});

it('[RS1] has a row for each REST command that is served', () => {
  const rows = rowsOf(REST_SECTIONS).map(([name]) => name);
  expect(rows).toEqual(expect.arrayContaining([...REST_COMMANDS.keys()]));
});

it('[DI2] the README says what the table adds up to', () => {
  expect(read('README.md').replaceAll(/\s+/g, ' ')).toContain(totalsSentence());
});
