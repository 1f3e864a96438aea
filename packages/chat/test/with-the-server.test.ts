import { type Muster, startMuster } from '@muster/server/testing';
import { seededRandom } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import MusterChat, { type ChatSDK } from '../src/index.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster({ tickMs: 20 });
});
afterAll(() => muster.close());

let rooms = 0;

async function room(...userIDs: string[]): Promise<{ groupID: string; devices: ChatSDK[] }> {
  const groupID = `room-${++rooms}`;
  const devices = await Promise.all(userIDs.map((userID) => muster.login(userID)));
  await devices[0]?.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await Promise.all(devices.slice(1).map((device) => device.joinGroup({ groupID })));
  return { groupID, devices };
}

/** What an app knows that has listened to every event since it fetched the counters. */
async function listener(device: ChatSDK, groupID: string): Promise<() => Record<string, unknown>> {
  const known = new Map<string, unknown>();
  const versions = new Map<string, number>();
  const rise = (key: string, version: number) => {
    expect(version, `${key} rises`).toBeGreaterThan(versions.get(key) ?? 0);
    versions.set(key, version);
  };
  device.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => {
    if (data.groupID !== groupID) return;
    rise(data.key, data.version);
    known.set(data.key, data.value);
  });
  device.on(EVENT.GROUP_COUNTER_DELETED, ({ data }) => {
    if (data.groupID !== groupID) return;
    rise(data.key, data.version);
    known.delete(data.key);
  });
  const { counters } = (await device.getGroupCounters({ groupID })).data;
  for (const [key, value] of Object.entries(counters)) if (!versions.has(key)) known.set(key, value);
  return () => Object.fromEntries(known);
}

async function truth(groupID: string, userID: string): Promise<Record<string, unknown>> {
  const fresh = await muster.login(userID);
  const { counters } = (await fresh.getGroupCounters({ groupID })).data;
  await fresh.destroy();
  return counters;
}

it('[GC3][GC5] carries the ends of int64 through calls, events and memory', async () => {
  const { groupID, devices } = await room('ann', 'ben');
  const [ann, ben] = devices as [ChatSDK, ChatSDK];
  const heard: unknown[] = [];
  ben.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => heard.push(data.value));
  const counters = { max: 2n ** 63n - 1n, min: -(2n ** 63n), odd: 2n ** 53n + 1n, ['__proto__']: -1 };
  await ann.setGroupCounters({ groupID, counters });
  await muster.idle();
  expect((await ben.getGroupCounters({ groupID })).data.counters).toEqual(counters);
  expect(heard).toEqual(Object.values(counters));
  const over = ann.increaseGroupCounter({ groupID, key: 'max', value: 1 });
  await expect(over).rejects.toMatchObject({ code: 10004, name: 'COUNTER_OVERFLOW' });
});

it('[DL3][GC17] counts each increase once, whatever is cut between commit and answer', async () => {
  const { groupID, devices } = await room('carl', 'dora', 'emil');
  const random = seededRandom(7);
  muster.faults.cutAfterCommitAtRandom(0.1, random.next);
  const results: number[] = [];
  const increase = async (device: ChatSDK) => {
    for (let call = 0; call < 25; call += 1) {
      results.push((await device.increaseGroupCounter({ groupID, key: 'k', value: 1 })).data.value);
    }
  };
  // A repeat may be cut too, so that few are under way at a time.
  await Promise.all(devices.flatMap((device) => [increase(device), increase(device)]));
  muster.faults.cutAfterCommitAtRandom(0, random.next);
  expect(results.sort((one, other) => one - other)).toEqual(
    Array.from({ length: 150 }, (_, index) => index + 1),
  );
  expect(muster.faults.cuts).toBeGreaterThan(0);
}, 30_000);

it('[DL5][GC14] events applied are what a fetch gives, over drops', async () => {
  const { groupID, devices } = await room('fay', 'gus');
  const [fay, gus] = devices as [ChatSDK, ChatSDK];
  const known = await Promise.all([listener(fay, groupID), listener(gus, groupID)]);
  const random = seededRandom(11);
  const keys = ['a', 'b', '__proto__'];
  for (let step = 0; step < 60; step += 1) {
    const key = keys[random.below(3)] as string;
    const what = random.below(10);
    if (what === 0) muster.faults.cutConnections();
    else if (what === 1) await fay.deleteGroupCounters({ groupID, keyList: [key] });
    else if (what === 2) void gus.setGroupCounters({ groupID, counters: { [key]: random.below(100) } });
    else await (what % 2 ? fay : gus).increaseGroupCounter({ groupID, key, value: random.below(9) - 4 });
  }
  await fay.getGroupProfile({ groupID });
  await gus.getGroupProfile({ groupID });
  await muster.idle();
  const expected = await truth(groupID, 'fay');
  for (const each of known) expect(each()).toEqual(expected);
  for (const device of [fay, gus]) {
    expect((await device.getGroupCounters({ groupID })).data.counters).toEqual(expected);
  }
}, 30_000);

describe('groups over drops', () => {
  it('[DL4] a device that was away is told once of what changed', async () => {
    const { groupID, devices } = await room('hal', 'ida');
    const [hal, ida] = devices as [ChatSDK, ChatSDK];
    const lists: string[][] = [];
    muster.faults.cutConnections();
    ida.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => lists.push(data.map(({ name }) => name)));
    await hal.updateGroupProfile({ groupID, name: 'New' });
    await hal.updateGroupProfile({ groupID, name: 'Newer' });
    await ida.getGroupProfile({ groupID });
    await muster.idle();
    expect(lists.at(-1)).toEqual(['Newer']);
    expect((await ida.getGroupList()).data.groupList[0]).toMatchObject({ name: 'Newer', memberCount: 2 });
    await hal.dismissGroup(groupID);
    await muster.idle();
    expect(lists.at(-1)).toEqual([]);
    await expect(ida.getGroupCounters({ groupID })).rejects.toMatchObject({ code: 10010 });
  });

  it('[GR7] a room is quit by its device, and the next one joined takes its place', async () => {
    const owner = await muster.login('jon');
    const viewer = await muster.login('kim');
    const [first, second] = [`av-${++rooms}`, `av-${++rooms}`];
    for (const groupID of [first, second])
      await owner.createGroup({ name: groupID, groupID, type: TYPES.GRP_AVCHATROOM });
    await viewer.joinGroup({ groupID: first });
    const heard: string[] = [];
    viewer.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => heard.push(`${data.groupID}:${data.value}`));
    await owner.setGroupCounters({ groupID: first, counters: { likes: 1 } });
    await muster.idle();
    await viewer.joinGroup({ groupID: second });
    await owner.setGroupCounters({ groupID: first, counters: { likes: 2 } });
    await owner.setGroupCounters({ groupID: second, counters: { likes: 3 } });
    await muster.idle();
    expect(heard).toEqual([`${first}:1`, `${second}:3`]);
    expect((await viewer.getGroupList()).data.groupList).toEqual([]);
    expect((await owner.getGroupOnlineMemberCount(second)).data.memberCount).toBe(1);
  });
});

describe('logins', () => {
  it('[US6] one device more than allowed ends the first, which does not come back', async () => {
    const devices = await Promise.all([muster.login('lea')]);
    const ended = new Promise<unknown>((resolve) =>
      devices[0]?.once(EVENT.KICKED_OUT, ({ data }) => resolve(data)),
    );
    for (let more = 0; more < 10; more += 1) devices.push(await muster.login('lea'));
    expect(await ended).toEqual({ type: 'multipleAccount' });
    await expect(devices[0]?.getGroupList()).rejects.toMatchObject({ code: 3003 });
  });

  it('[US2] rejects with the code of what is wrong with the userSig', async () => {
    const device = MusterChat.create({
      SDKAppID: muster.SDKAppID,
      proxyServer: muster.proxyServer,
      instance: 'wrong',
    });
    const as = (userID: string, userSig: string) =>
      device.login({ userID, userSig }).catch(({ code }) => code);
    expect(await as('max', muster.userSig('max', { expireSeconds: -5 }))).toBe(70001);
    expect(await as('max', 'nonsense')).toBe(70003);
    expect(await as('max', muster.userSig('nora'))).toBe(70013);
    expect(await as('max', muster.userSig('max'))).toMatchObject({ code: 0 });
    expect(await as('max', muster.userSig('max'))).toMatchObject({ data: { repeatLogin: true } });
    await device.destroy();
  });
});
