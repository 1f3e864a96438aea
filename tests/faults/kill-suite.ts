/** The server process is killed under load and started again on the same storage (DL1, DL2, DL3). */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { signUserSig } from '@muster/tencent';
import { expect } from 'vitest';

export interface KillRun {
  storage: string;
  kills: number;
  callers: number;
}

const SDKAppID = 1_400_000_001;
const secretKey = randomBytes(32).toString('hex');
const MUSTER = new URL('../../packages/server/bin/muster.js', import.meta.url).pathname;
const READY = /Muster is ready: http:\/\/127\.0\.0\.1:(\d+)/;

interface Served {
  port: number;
  /** Ends the process with no chance to finish anything. */
  kill(): Promise<void>;
}

function serve(storage: string, port: number): Promise<Served> {
  const child = spawn(process.execPath, [MUSTER, 'serve'], {
    env: {
      ...process.env,
      MUSTER_STORAGE: storage,
      MUSTER_PORT: String(port),
      MUSTER_SDK_APP_ID: String(SDKAppID),
      MUSTER_SECRET_KEY: secretKey,
      MUSTER_CALL_LIMITS: 'off',
      MUSTER_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const ready = READY.exec(said);
      if (ready) resolve({ port: Number(ready[1]), kill: () => killed(child) });
    });
    child.once('exit', (code) => reject(new Error(`muster serve ended with ${code} before it was ready`)));
  });
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function logIn(proxyServer: string, userID: string): Promise<ChatSDK> {
  const device = MusterChat.create({ SDKAppID, proxyServer, instance: `kill-${userID}-${proxyServer}` });
  device.setLogLevel(4);
  const ready = new Promise((resolve) => device.once(MusterChat.EVENT.SDK_READY, resolve));
  const userSig = signUserSig({ SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() });
  await device.login({ userID, userSig });
  await ready;
  return device;
}

/** What the server holds, asked without a device's memory in between. */
async function storedSum(port: number): Promise<unknown> {
  const userSig = signUserSig({ SDKAppID, secretKey, userID: 'caller0', expireSeconds: 60, now: Date.now() });
  const response = await fetch(`http://127.0.0.1:${port}/v1/commands/getGroupCounters`, {
    method: 'POST',
    headers: { authorization: `Bearer ${userSig}`, 'content-type': 'application/json' },
    body: JSON.stringify({ groupID: 'killed' }),
  });
  return ((await response.json()) as { counters: unknown }).counters;
}

/** Increases by 1 from many devices while the server is killed and started again, so many times. */
export async function increaseUnderKills({ storage, kills, callers }: KillRun): Promise<void> {
  let server = await serve(storage, 0);
  const proxyServer = `ws://127.0.0.1:${server.port}`;
  const devices = await Promise.all(
    Array.from({ length: callers }, (_, index) => logIn(proxyServer, `caller${index}`)),
  );
  try {
    const [first] = devices as [ChatSDK];
    await first.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID: 'killed', name: 'killed' });
    await Promise.all(devices.slice(1).map((device) => device.joinGroup({ groupID: 'killed' })));
    const results: number[] = [];
    let over = false;
    const caller = async (device: ChatSDK): Promise<void> => {
      while (!over) {
        const { data } = await device.increaseGroupCounter({ groupID: 'killed', key: 'sum', value: 1 });
        results.push(Number(data.value));
      }
    };
    const calling = Promise.all(devices.map(caller));
    for (let kill = 0; kill < kills; kill += 1) {
      const before = results.length;
      while (results.length < before + 20 * callers) await pause(20);
      await server.kill();
      server = await serve(storage, server.port);
    }
    over = true;
    await calling;
    expect(await storedSum(server.port)).toEqual([
      { key: 'sum', value: results.length, version: results.length },
    ]);
    const held = async (): Promise<unknown> =>
      (await first.getGroupCounters({ groupID: 'killed' })).data.counters;
    await expect.poll(held).toEqual({ sum: results.length });
    expect(new Set(results).size).toBe(results.length);
    expect(Math.max(...results)).toBe(results.length);
  } finally {
    await Promise.allSettled(devices.map((device) => device.destroy()));
    await server.kill();
  }
}
