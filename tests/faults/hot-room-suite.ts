/**
 * A hot room: many members, and far more increases than events (GC13, DL6). The server is a process of its own; the
 * members and callers live here.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawDevice } from '@muster/testkit';
import { expect } from 'vitest';
import { type ServedMuster, serveMuster } from '../setup/served-muster.ts';

export interface HotRoomRun {
  members: number;
  callers: number;
  perSecond: number;
  seconds: number;
}

const TICK_MS = 100;
const ROOM = 'hot';
/** What the memory of a server that is used to the load may still move by. */
const GROWTH_BYTES = 32 * 1_024 * 1_024;

export async function runHotRoom(run: HotRoomRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-hot-room-'));
  const server = await serveMuster(`sqlite:${join(folder, 'muster.db')}`);
  const all: RawDevice[] = [];
  const enter = async (userID: string): Promise<RawDevice> => {
    const device = await joined(server, userID);
    all.push(device);
    return device;
  };
  try {
    const owner = await created(server);
    all.push(owner);
    const members = await inTurns(run.members, (index) => enter(`member${index}`));
    const callers = await inTurns(run.callers, (index) => enter(`caller${index}`));
    const deaf = await enter('deaf');
    deaf.answersMarks = false;
    // As long as the run itself: a heap takes some seconds of a load to find its size.
    await increase(callers, run);
    const before = server.residentBytes();
    const counts = members.map((member) => member.events.length);
    const began = Date.now();
    const total = await increase(callers, run);
    const ticks = (Date.now() - began) / TICK_MS;
    for (const member of members)
      await member.until((device) => lastValue(device) === total, 'the last value', 20_000);
    for (const [index, member] of members.entries()) {
      expect(member.events.length - (counts[index] ?? 0)).toBeLessThanOrEqual(ticks + 3);
    }
    expect(server.residentBytes() - before).toBeLessThan(GROWTH_BYTES);
    await isCutOffAndReturns(server, deaf, total);
  } finally {
    for (const device of all) device.terminate();
    await server.kill();
    await rm(folder, { recursive: true });
  }
}

async function created(server: ServedMuster): Promise<RawDevice> {
  const owner = await loggedIn(server, 'owner');
  await owner.write('createGroup', { type: 'Meeting', groupID: ROOM, name: ROOM });
  return owner;
}

async function loggedIn(server: ServedMuster, userID: string): Promise<RawDevice> {
  const device = await RawDevice.connect(server.proxyServer);
  await device.login({ SDKAppID: server.SDKAppID, userID, userSig: server.userSig(userID) });
  return device;
}

async function joined(server: ServedMuster, userID: string): Promise<RawDevice> {
  const device = await loggedIn(server, userID);
  expect((await device.write('joinGroup', { groupID: ROOM })).ok).toBe(true);
  return device;
}

/** Sixteen at a time: a storm of logins is another test. */
async function inTurns<Item>(count: number, make: (index: number) => Promise<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for (let index = 0; index < count; index += 16) {
    const size = Math.min(16, count - index);
    items.push(...(await Promise.all(Array.from({ length: size }, (_, place) => make(index + place)))));
  }
  return items;
}

const SLICE_MS = 20;
let sum = 0;

/** Increases at the rate, spread over the callers; gives the sum of all that were ever acknowledged. */
async function increase(callers: RawDevice[], { perSecond, seconds }: HotRoomRun): Promise<number> {
  const began = Date.now();
  const waiting = new Set<Promise<unknown>>();
  let asked = 0;
  while (Date.now() - began < seconds * 1_000) {
    const due = Math.floor(((Date.now() - began) * perSecond) / 1_000);
    for (; asked < due; asked += 1) {
      const caller = callers[asked % callers.length] as RawDevice;
      const input = { groupID: ROOM, mode: 'Increase' as const, counters: [{ key: 'likes', value: 1 }] };
      const answer = caller.write('updateGroupCounters', input).then(({ ok }) => {
        if (ok) sum += 1;
        waiting.delete(answer);
      });
      waiting.add(answer);
    }
    await new Promise((resolve) => setTimeout(resolve, SLICE_MS));
  }
  await Promise.all(waiting);
  expect(asked).toBeGreaterThan(0.9 * perSecond * seconds);
  return sum;
}

function lastValue(device: RawDevice): unknown {
  for (let index = device.events.length - 1; index >= 0; index -= 1) {
    const event = device.events[index];
    if (event?.event === 'groupCounters') return event.counters[0]?.value;
  }
  return undefined;
}

/** A device that does not give its mark back is closed, and is current as soon as it is back. */
async function isCutOffAndReturns(server: ServedMuster, deaf: RawDevice, total: number): Promise<void> {
  expect(await deaf.closed).toBe(4001);
  const back = await loggedIn(server, 'deaf');
  const answer = await back.request('getGroupCounters', { groupID: ROOM });
  expect(answer).toMatchObject({
    ok: true,
    output: { counters: [{ key: 'likes', value: total }], live: true },
  });
  back.terminate();
}
