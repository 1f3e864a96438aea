import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyUserSig } from '@muster/tencent';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { OPTION_NAMES, OPTIONS } from '../src/config.ts';

const MUSTER = fileURLToPath(new URL('../bin/muster.js', import.meta.url));
const KEY = '0123456789abcdef0123456789abcdef';
const APP = { MUSTER_SDK_APP_ID: '1400000001', MUSTER_SECRET_KEY: KEY };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'muster-command-line-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => path.join(folder, name);

interface Run {
  child: ChildProcess;
  out: string;
  err: string;
}

/** Starts `muster` in the folder of the test, with nothing in the environment but what is given. */
function muster(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MUSTER, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const run: Run = { child, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    run.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    run.err += text;
  });
  return run;
}

async function end(run: Run): Promise<Run & { code: number | null }> {
  if (run.child.exitCode === null) await once(run.child, 'close');
  return { ...run, code: run.child.exitCode };
}

const finished = (args: string[], env?: Record<string, string>) => end(muster(args, env));

/** Waits for the last line, which stands alone, and gives the address in it. */
async function ready(run: Run): Promise<string> {
  const says = (): string | undefined => /(?:^|\n)Muster is ready: (http:\S+)\n$/.exec(run.out)?.[1];
  await expect.poll(() => says() ?? run.child.exitCode, { timeout: 20_000 }).not.toBeNull();
  expect(run.child.exitCode, run.err).toBeNull();
  return says() ?? '';
}

async function stop(run: Run, signal: NodeJS.Signals = 'SIGTERM') {
  run.child.kill(signal);
  return end(run);
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('muster dev needs nothing, and tells the developer everything but the key', async () => {
  const run = muster(['dev']);
  const url = await ready(run);
  const { SDKAppID, secretKey } = JSON.parse(readFileSync(inFolder('data/dev-app.json'), 'utf8'));
  const { host } = new URL(url);
  for (const words of [
    `http://${host}/\n`,
    `create({ SDKAppID: ${SDKAppID}, proxyServer: 'ws://${host}' })`,
    `http://${host}/dev/login?userID=alice`,
    'data/dev-app.json',
    'sqlite:data/muster.db',
  ]) {
    expect(run.out).toContain(words);
  }
  const login = (await (await fetch(`${url}/dev/login?userID=alice`)).json()) as { userSig: string };
  expect(verifyUserSig(login.userSig, { SDKAppID, secretKey, userID: 'alice', now: Date.now() }).ok).toBe(
    true,
  );
  expect((await fetch(url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  const { code, out, err } = await stop(run);
  expect(code).toBe(0);
  expect(out + err).not.toContain(secretKey);
  expect(err).toBe('');
});

it('[SE4] muster dev keeps its app to itself, and takes it up again', async () => {
  const first = muster(['dev', '--port', '0']);
  await ready(first);
  expect((await stop(first, 'SIGINT')).code).toBe(0);
  expect(statSync(inFolder('data/dev-app.json')).mode & 0o777).toBe(0o600);
  expect(statSync(inFolder('data')).mode & 0o777).toBe(0o700);
  expect(readFileSync(inFolder('data/.gitignore'), 'utf8')).toBe('*\n');
  const line = /create\(\{ SDKAppID: \d+/.exec(first.out)?.[0];
  const second = muster(['dev', '--port', '0']);
  await ready(second);
  expect(second.out).toContain(line);
});

it('muster dev takes the next port when nobody asked for one, and refuses a second server on its files', async () => {
  const first = muster(['dev'], { MUSTER_STORAGE: 'sqlite:one.db' });
  const second = muster(['dev'], { MUSTER_STORAGE: 'sqlite:two.db' });
  const ports = [await ready(first), await ready(second)].map((url) => Number(new URL(url).port));
  expect(new Set(ports).size).toBe(2);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(8080);
  const third = await finished(['dev'], { MUSTER_STORAGE: 'sqlite:one.db' });
  expect(third).toMatchObject({ code: 1, out: '' });
  expect(third.err).toBe(
    'muster dev: one.db is in use by another process: stop it, or set MUSTER_STORAGE to another file.\n',
  );
});

it.each(['--port', 'MUSTER_PORT'])('muster dev refuses a taken port that %s asks for', async (asked) => {
  const port = String(await takenPort());
  const refused = await (asked === '--port'
    ? finished(['dev', asked, port])
    : finished(['dev'], { [asked]: port }));
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toBe(
    `muster dev: 127.0.0.1:${port} is taken: stop what listens there, or set MUSTER_PORT (0 takes any free one).\n`,
  );
});

it('muster dev says who else can log in, when others can reach it', async () => {
  const run = muster(['dev', '--host', '0.0.0.0', '--port', '0']);
  expect(await ready(run)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(run.out).toContain('Whoever reaches 0.0.0.0 can log in as anybody here');
});

it('muster dev says what is wrong with a spoilt app, and how to mend it', async () => {
  const run = muster(['dev', '--port', '0']);
  await ready(run);
  await stop(run);
  writeFileSync(inFolder('data/dev-app.json'), '{"SDKAppID": 1');
  const { code, err } = await finished(['dev']);
  expect(code).toBe(1);
  expect(err).toContain('data/dev-app.json does not hold an SDKAppID and a secretKey. Delete it');
});

it('muster serve and muster check-config refuse what is missing and unsafe, and say everything at once', async () => {
  const env = { MUSTER_SECRET_KEY: 'secret', MUSTER_PORT: 'x', MUSTER_STORAGE: 'sqlite::memory:' };
  for (const command of ['serve', 'check-config']) {
    const { code, out, err } = await finished([command, '--colour'], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')).toEqual([
      'muster: this configuration is not one to start with:',
      '  --colour is no option; muster --help lists them.',
      '  MUSTER_PORT (or --port) must be a whole number from 0 to 65535.',
      '  MUSTER_SDK_APP_ID (or --sdk-app-id) is not set. The number of the app that this server serves.',
      '  MUSTER_SECRET_KEY must have at least 32 characters: make one with `openssl rand -hex 32`.',
      '  MUSTER_STORAGE names a database in memory, which forgets everything when it stops: name a file.',
      '',
    ]);
  }
  expect(existsSync(inFolder('data'))).toBe(false);
});

it('[SE5] muster serve starts with a complete configuration, without page and logins, and stops with 0', async () => {
  const env = { ...APP, MUSTER_STORAGE: 'sqlite:kept/muster.db', MUSTER_PORT: '0' };
  expect(await finished(['check-config'], env)).toMatchObject({
    code: 0,
    out: 'The configuration is complete.\n',
  });
  const run = muster(['serve'], env);
  const url = await ready(run);
  expect(run.out).toBe(`Muster is ready: ${url}\n`);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${url}/dev/login?userID=alice`)).status).toBe(404);
  const { code, err } = await stop(run);
  expect(code).toBe(0);
  expect(err).not.toContain(KEY);
  expect(existsSync(inFolder('kept/muster.db'))).toBe(true);
});

it.each([
  ['sqlite:no-database', 'no-database is no SQLite database'],
  ['sqlite:no-database/muster.db', 'a part of its path is a file'],
  [
    'postgres://chat:hunter2@127.0.0.1:1/chat',
    'nothing answers at postgres://chat@127.0.0.1:1/chat: start PostgreSQL',
  ],
])('[SE4] muster serve says why %s does not open', async (storage, words) => {
  writeFileSync(inFolder('no-database'), 'just a text, and a long one at that. '.repeat(500));
  const { code, out, err } = await finished(['serve', '--port', '0'], { ...APP, MUSTER_STORAGE: storage });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^muster serve: .*\n$/);
  expect(err).toContain(words);
  expect(err).not.toContain('hunter2');
});

it('[US2] muster usersig signs with the key that is set, or with the one of muster dev', async () => {
  const set = await finished(['usersig', 'alice'], APP);
  const expected = { SDKAppID: 1_400_000_001, secretKey: KEY, userID: 'alice', now: Date.now() };
  expect(set.code).toBe(0);
  expect(verifyUserSig(set.out.trimEnd(), expected).ok).toBe(true);

  const run = muster(['dev', '--port', '0']);
  await ready(run);
  const app = JSON.parse(readFileSync(inFolder('data/dev-app.json'), 'utf8'));
  const made = await finished(['usersig', 'administrator']);
  expect(verifyUserSig(made.out.trimEnd(), { ...expected, ...app, userID: 'administrator' }).ok).toBe(true);
});

it.each([
  [['usersig'], APP, 'name a user: muster usersig <userID>.'],
  [['usersig', '@x'], APP, "the userID begins with '@'."],
  [
    ['usersig', 'alice'],
    {},
    'there is no app to sign for. Set MUSTER_SDK_APP_ID and MUSTER_SECRET_KEY, or start',
  ],
  [['usersig', 'alice'], { MUSTER_SDK_APP_ID: '1' }, 'MUSTER_SECRET_KEY is not set.'],
])('muster %j says what it lacks', async (args, env, words) => {
  const { code, out, err } = await finished(args, env);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`muster usersig: ${words}`);
  expect(existsSync(inFolder('data'))).toBe(false);
});

it('muster exec hands a server over to a command, and ends as it ends', async () => {
  const script = `
    const answer = await fetch(process.env.MUSTER_URL + '/healthz');
    const { MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY } = process.env;
    console.log(answer.status, MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY.length, process.argv[1]);
    process.exit(7);
  `;
  const { code, out, err } = await finished([
    'exec',
    '--',
    process.execPath,
    '--input-type=module',
    '-e',
    script,
    '--',
    '--help',
  ]);
  expect(err).toBe('');
  expect(out).toMatch(/^200 ws:\/\/127\.0\.0\.1:\d+ \d+ 64 --help\n$/);
  expect(code).toBe(7);
  expect(existsSync(inFolder('data'))).toBe(false);
});

it('muster exec says what it cannot run, and passes signals on', async () => {
  expect(await finished(['exec'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('muster exec -- npm test'),
  });
  const absent = await finished(['exec', '--', 'no-such-program']);
  expect(absent).toMatchObject({
    code: 127,
    err: expect.stringContaining('no-such-program could not be started'),
  });
  const script = 'console.log("here"); setInterval(() => {}, 1000)';
  const run = muster(['exec', '--', process.execPath, '-e', script]);
  await expect.poll(() => run.out, { timeout: 10_000 }).toBe('here\n');
  expect((await stop(run)).code).toBe(128 + 15);
});

it('muster --help names every command and option', async () => {
  const { code, out } = await finished(['--help']);
  expect(code).toBe(0);
  for (const command of ['dev', 'serve', 'usersig <userID>', 'check-config', 'exec -- <command>']) {
    expect(out).toContain(`  muster ${command} `);
  }
  for (const name of OPTION_NAMES) {
    expect(out).toContain(OPTIONS[name].env);
    expect(out).toContain(OPTIONS[name].doc);
  }
  for (const args of [[], ['-h'], ['help'], ['dev', '--help']]) expect((await finished(args)).out).toBe(out);
});

it.each(['devv', 'toString', '__proto__'])('muster has no command %s, and says so', async (name) => {
  const { code, out, err } = await finished([name]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(`muster: there is no command "${name}"; muster --help lists them.\n`);
});
