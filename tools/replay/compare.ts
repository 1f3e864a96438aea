/** Holds every view of a group's counters against the plain count: the server's, and two of each member. */
import { eachOf } from './each-of.ts';
import { type Amounts, KEYS, type Key } from './measure.ts';
import { amountsOf, type Member } from './member.ts';
import type { Server } from './people.ts';
import { KEEPER } from './user-ids.ts';

/** Something that is not what the file holds. */
export interface Mismatch {
  file: string;
  what: string;
  expected: number;
  actual: number;
}

export interface Played {
  server: Server;
  groupID: string;
  members: Member[];
  expected: Amounts;
  /** What the increases of `lines` were answered, each number once. */
  results: ReadonlySet<number>;
}

export interface View {
  what: string;
  expected: number;
  actual: number;
}

/** How long the last events may take; they are due within a tick. */
const ARRIVAL_MS_MAX = 10_000;
const ARRIVAL_POLL_MS = 10;
const READS_AT_ONCE = 64;

export async function viewsOf(played: Played): Promise<View[]> {
  const { server, groupID, members, expected, results } = played;
  const stored = await byServer(server, groupID);
  const views = counted('the server', expected, stored);
  await arrival(members, stored);
  for (const member of members) {
    views.push(...counted(`the events of ${member.userID}`, expected, member.byEvents()));
    views.push({ what: `events out of order at ${member.userID}`, expected: 0, actual: member.disorder });
  }
  await eachOf(members, READS_AT_ONCE, async (member) => {
    views.push(...counted(`the memory of ${member.userID}`, expected, await member.byMemory()));
  });
  views.push({ what: 'different answers for lines', expected: expected.lines, actual: results.size });
  views.push({ what: 'the highest answer for lines', expected: expected.lines, actual: highest(results) });
  return views;
}

export function mismatchesOf(file: string, views: readonly View[]): Mismatch[] {
  return views.filter(({ expected, actual }) => expected !== actual).map((view) => ({ file, ...view }));
}

function counted(whose: string, expected: Amounts, actual: Amounts): View[] {
  return KEYS.map((key) => ({ what: `${key} in ${whose}`, expected: expected[key], actual: actual[key] }));
}

function highest(results: ReadonlySet<number>): number {
  let most = 0;
  for (const result of results) most = Math.max(most, result);
  return most;
}

/** Waits until every member has heard what is stored, or for so long that the rest will not come. */
async function arrival(members: readonly Member[], stored: Amounts): Promise<void> {
  const hasHeard = (member: Member): boolean => {
    const heard = member.byEvents();
    return KEYS.every((key) => heard[key] === stored[key]);
  };
  const deadline = performance.now() + ARRIVAL_MS_MAX;
  while (!members.every(hasHeard) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL_POLL_MS));
  }
}

/** The stored values, by the HTTP door: another way than the members'. */
async function byServer({ url, userSig }: Server, groupID: string): Promise<Amounts> {
  const response = await fetch(`${url}/v1/commands/getGroupCounters`, {
    method: 'POST',
    headers: { authorization: `Bearer ${userSig(KEEPER)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ groupID }),
  });
  if (!response.ok) throw new Error(`getGroupCounters answered ${response.status}: ${await response.text()}`);
  const { counters } = (await response.json()) as { counters: { key: Key; value: number | string }[] };
  const values = new Map(counters.map(({ key, value }) => [key, Number(value)]));
  return amountsOf((key) => values.get(key));
}
