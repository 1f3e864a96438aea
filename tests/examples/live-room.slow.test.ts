import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMuster } from '@muster/server/testing';
import { expect, it, onTestFinished } from 'vitest';

const EXAMPLE = fileURLToPath(new URL('../../examples/live-room/index.ts', import.meta.url));
const VIEWERS = 200;
const RESULT = /^(likes|gifts): (\d+) acknowledged, (\d+) stored, held by (\d+) of (\d+)$/gm;

/** Rejects when the example ends with another exit code than 0. */
async function run(env: Record<string, string>): Promise<string> {
  const args = [EXAMPLE, '--viewers', String(VIEWERS), '--seconds', '1.5'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return stdout;
}

function expectExact(stdout: string): void {
  const results = [...stdout.matchAll(RESULT)];
  expect(results.map(([, key]) => key)).toEqual(['likes', 'gifts']);
  for (const [, , acknowledged, stored, holders, viewers] of results) {
    expect(Number(stored)).toBeGreaterThan(VIEWERS / 2);
    expect(acknowledged).toBe(stored);
    expect([holders, viewers]).toEqual([String(VIEWERS), String(VIEWERS)]);
  }
}

it('[GC7] [GC11] the live room counts every like and gift, and every viewer holds the sum', async () => {
  expectExact(await run({}));
});

it('[GC10] the live room never meets a limit of calls, on a server that is given', async () => {
  const muster = await startMuster({ limits: 'on' });
  onTestFinished(() => muster.close());
  const stdout = await run({
    MUSTER_PROXY_SERVER: muster.proxyServer,
    MUSTER_SDK_APP_ID: String(muster.SDKAppID),
    MUSTER_SECRET_KEY: muster.secretKey,
  });
  expectExact(stdout);
});
