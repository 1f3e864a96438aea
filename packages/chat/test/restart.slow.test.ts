import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMuster } from '@muster/server/testing';
import { afterAll, expect, it } from 'vitest';
import MusterChat, { type ChatSDK } from '../src/index.ts';

const { EVENT, TYPES } = MusterChat;
const folder = mkdtempSync(join(tmpdir(), 'muster-restart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ready(device: ChatSDK, userID: string, userSig: string): Promise<void> {
  const isReady = new Promise<void>((resolve) => device.once(EVENT.SDK_READY, () => resolve()));
  await device.login({ userID, userSig });
  await isReady;
}

it('[DL3][GC14][SE5] goes on over a restarted server: no call fails, each counts once, memory is current', async () => {
  const storage = `sqlite:${join(folder, 'restart.db')}`;
  let muster = await startMuster({ storage });
  const { SDKAppID, secretKey, proxyServer, port } = muster;
  const devices: ChatSDK[] = [];
  for (const userID of ['ann', 'ben']) {
    const device = MusterChat.create({ SDKAppID, proxyServer, instance: `restart-${userID}` });
    device.setLogLevel(4);
    await ready(device, userID, muster.userSig(userID));
    devices.push(device);
  }
  const [ann, ben] = devices as [ChatSDK, ChatSDK];
  const groupID = 'room';
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await ben.joinGroup({ groupID });
  const states: string[] = [];
  ann.on(EVENT.NET_STATE_CHANGE, ({ data }) => states.push(data.state));
  const heard: number[] = [];
  ben.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => heard.push(data.value));
  const results: number[] = [];
  let isOver = false;
  const increase = async (device: ChatSDK) => {
    while (!isOver)
      results.push((await device.increaseGroupCounter({ groupID, key: 'k', value: 1 })).data.value);
  };
  const increasing = Promise.all([increase(ann), increase(ann), increase(ben)]);
  for (let restart = 0; restart < 2; restart += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await muster.close();
    muster = await startMuster({ storage, SDKAppID, secretKey, port });
    // Waits until both are back.
    await Promise.all(devices.map((device) => device.getGroupProfile({ groupID })));
  }
  isOver = true;
  await increasing;
  await muster.idle();
  const total = results.length;
  expect(results.sort((one, other) => one - other)).toEqual(
    Array.from({ length: total }, (_, index) => index + 1),
  );
  expect((await ben.getGroupCounters({ groupID })).data.counters).toEqual({ k: total });
  expect(heard.at(-1)).toBe(total);
  expect(heard).toEqual([...heard].sort((one, other) => one - other));
  expect(states.filter((state) => state === 'connected')).toHaveLength(2);
  expect(ann.isReady()).toBe(true);
  await Promise.all(devices.map((device) => device.destroy()));
  await muster.close();
}, 60_000);
