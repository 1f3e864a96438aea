/** Every claim of the table, shown: our SDK in this process, the original in processes of its own, REST over HTTP. */
import MusterChat from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedVersions } from '../../tools/reference/compatibility.ts';
import { faultsOf, Judge } from './judge.ts';
import type { Claim, SDKRow } from './row.ts';
import type { RestStage } from './rows/rest.ts';
import { openStages, type Stage, type Stages } from './stage.ts';
import { EVENT_SECTION, METHOD_SECTIONS, REST_SECTIONS } from './table.ts';

const SDKS = ['ours', 'original'] as const;
type SDKName = (typeof SDKS)[number];

let server: Muster;
let stages: Stages;
let judges: Record<SDKName, Judge<Stage>>;

beforeAll(async () => {
  server = await startMuster();
  stages = await openStages(server);
  judges = { ours: new Judge(stages.ours), original: new Judge(stages.original) };
});

afterAll(async () => {
  stages.end();
  await server.close();
});

const claimsOf = (rows: Record<string, SDKRow<Stage>>, sdk: SDKName): [string, Claim<Stage>][] =>
  Object.entries(rows).map(([name, row]) => [name, row[sdk]]);

describe.each(SDKS)('the SDK: %s', (sdk) => {
  it.each([...METHOD_SECTIONS, EVENT_SECTION])('[DI2] does what the table says: $title', async ({ rows }) => {
    expect(await faultsOf(judges[sdk], claimsOf(rows, sdk))).toEqual({});
  });

  it('[DI1] nobody hears an event that is said to be missing, and somebody hears each other one', () => {
    const heard = new Set(stages.people[sdk].flatMap((one) => one.heard.map(({ event }) => event)));
    const names = (isMissing: boolean): string[] =>
      claimsOf(EVENT_SECTION.rows, sdk)
        .filter(([, { state }]) => (state === 'missing') === isMissing)
        .map(([name]) => name);
    expect(names(true).filter((name) => heard.has(name))).toEqual([]);
    expect(names(false).filter((name) => !heard.has(name))).toEqual([]);
  });
});

it('[DI2] the versions are those of the page, and no call of the original ended in nothing', () => {
  const [created] = stages.original.me.all('CREATED');
  expect({ ours: MusterChat.VERSION, original: created.version }).toEqual(testedVersions());
  expect(Object.keys(EVENT_SECTION.rows).sort()).toEqual(created.events.sort());
  expect(stages.people.original.flatMap((one) => one.all('UNHANDLED'))).toEqual([]);
});

it.each(REST_SECTIONS)('[RS1] REST does what the table says: $title', async ({ rows }) => {
  const claims = Object.entries(rows).map(([name, { claim }]): [string, Claim<RestStage>] => [name, claim]);
  expect(await faultsOf(new Judge<RestStage>({ server }), claims)).toEqual({});
});
