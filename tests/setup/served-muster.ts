/** `muster serve` as a process of its own, on loopback, for tests that kill it or measure it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { signUserSig } from '@muster/tencent';

const MUSTER = fileURLToPath(new URL('../../packages/server/bin/muster.js', import.meta.url));
const READY = /Muster is ready: http:\/\/127\.0\.0\.1:(\d+)/;

export interface ServedApp {
  SDKAppID: number;
  secretKey: string;
}

export interface ServedMuster extends ServedApp {
  port: number;
  proxyServer: string;
  userSig(userID: string): string;
  /** Memory that the process holds now, in bytes. */
  residentBytes(): number;
  /** Ends the process with no chance to finish anything. */
  kill(): Promise<void>;
}

export function newApp(): ServedApp {
  return { SDKAppID: 1_400_000_001, secretKey: randomBytes(32).toString('hex') };
}

/** Starts a server; port 0 takes any free one. Call limits are off. */
export function serveMuster(storage: string, app: ServedApp = newApp(), port = 0): Promise<ServedMuster> {
  const child = spawn(process.execPath, [MUSTER, 'serve'], {
    env: {
      ...process.env,
      MUSTER_STORAGE: storage,
      MUSTER_PORT: String(port),
      MUSTER_SDK_APP_ID: String(app.SDKAppID),
      MUSTER_SECRET_KEY: app.secretKey,
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
      if (ready) resolve(served(child, app, Number(ready[1])));
    });
    child.once('exit', (code) => reject(new Error(`muster serve ended with ${code} before it was ready`)));
  });
}

function served(child: ChildProcess, app: ServedApp, port: number): ServedMuster {
  return {
    ...app,
    port,
    proxyServer: `ws://127.0.0.1:${port}`,
    userSig: (userID) => signUserSig({ ...app, userID, expireSeconds: 3_600, now: Date.now() }),
    residentBytes: () => {
      const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kilobytes) * 1_024;
    },
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
