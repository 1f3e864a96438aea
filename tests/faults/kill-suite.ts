/** The server process is killed under load and started again on the same storage (DL1, DL2, DL3). */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { expect } from 'vitest';
import { type ServedMuster, serveMuster } from '../setup/served-muster.ts';

export interface KillRun {
  storage: string;
  kills: number;
  callers: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function logIn({ SDKAppID, proxyServer, userSig }: ServedMuster, userID: string): Promise<ChatSDK> {
  const device = MusterChat.create({ SDKAppID, proxyServer, instance: `kill-${userID}` });
  device.setLogLevel(4);
  const ready = new Promise((resolve) => device.once(MusterChat.EVENT.SDK_READY, resolve));
  await device.login({ userID, userSig: userSig(userID) });
  await ready;
  return device;
}

/** What the server holds, asked without a device's memory in between. */
async function storedSum({ port, userSig }: ServedMuster): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/commands/getGroupCounters`, {
    method: 'POST',
    headers: { authorization: `Bearer ${userSig('caller0')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ groupID: 'killed' }),
  });
  return ((await response.json()) as { counters: unknown }).counters;
}

/** Increases by 1 from many devices while the server is killed and started again, so many times. */
export async function increaseUnderKills({ storage, kills, callers }: KillRun): Promise<void> {
  let server = await serveMuster(storage);
  const devices = await Promise.all(
    Array.from({ length: callers }, (_, index) => logIn(server, `caller${index}`)),
  );
  try {
    const [first] = devices as [ChatSDK];
    await first.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID: 'killed', name: 'killed' });
    await Promise.all(devices.slice(1).map((device) => device.joinGroup({ groupID: 'killed' })));
    const results: number[] = [];
    let behind = new Set<ChatSDK>();
    let over = false;
    const caller = async (device: ChatSDK): Promise<void> => {
      while (!over) {
        const { data } = await device.increaseGroupCounter({ groupID: 'killed', key: 'sum', value: 1 });
        results.push(Number(data.value));
        behind.delete(device);
      }
    };
    const calling = Promise.all(devices.map(caller));
    for (let kill = 0; kill < kills; kill += 1) {
      // Every caller is back and has got an answer: else those with bad luck would be cut off for many rounds.
      behind = new Set(devices);
      while (behind.size > 0) await pause(20);
      await server.kill();
      server = await serveMuster(storage, server, server.port);
    }
    over = true;
    await calling;
    expect(await storedSum(server)).toEqual([{ key: 'sum', value: results.length, version: results.length }]);
    const held = async (): Promise<unknown> =>
      (await first.getGroupCounters({ groupID: 'killed' })).data.counters;
    await expect.poll(held).toEqual({ sum: results.length });
    expect(new Set(results).size).toBe(results.length);
    expect(results.every((result) => result >= 1 && result <= results.length)).toBe(true);
  } finally {
    await Promise.allSettled(devices.map((device) => device.destroy()));
    await server.kill();
  }
}
