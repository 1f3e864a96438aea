import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, accountForPostgres, isOpenToOthers, temporaryFolderFor } from './account.ts';
import { findPostgres, type Installation } from './binaries.ts';

const SUPERUSER = 'muster';
const STARTS_MAX = 3;
const READY_WAIT_MS = 30_000;
const READY_POLL_MS = 20;
const FAST_STOP_WAIT_MS = 10_000;

/** As in production: every commit is synced. A test that passes on a server that forgets proves nothing. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
};

export interface Cluster {
  url: string;
  stop(): Promise<void>;
}

/** Makes a new data directory, starts a server on it, and at `stop` ends that process and removes the directory. */
export async function startCluster(): Promise<Cluster> {
  const installation = await findPostgres();
  const account = accountForPostgres();
  const folder = await makeFolder(account);
  try {
    const home = await reachableHome(installation, account, folder);
    await initialise(home, account, folder);
    const { server, port } = await startOnAFreePort(home, account, folder);
    return {
      url: `postgres://${SUPERUSER}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stopServer(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function makeFolder(account: Account): Promise<string> {
  const folder = await mkdtemp(path.join(temporaryFolderFor(account), 'muster-postgres-'));
  await chmod(folder, 0o755);
  const data = path.join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account.uid !== undefined) await chown(data, account.uid, account.gid);
  return folder;
}

async function reachableHome(installation: Installation, account: Account, folder: string): Promise<string> {
  if (account.uid === undefined || isOpenToOthers(path.join(installation.home, 'bin')))
    return installation.home;
  const copy = path.join(folder, 'native');
  await cp(installation.home, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Collation is a language's and not plain bytes, as on most real servers, so that a missing COLLATE shows here. */
async function initialise(home: string, account: Account, folder: string): Promise<void> {
  const flags = [
    `--pgdata=${path.join(folder, 'data')}`,
    `--username=${SUPERUSER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US',
    '--no-sync',
    '--no-instructions',
  ];
  await promisify(execFile)(path.join(home, 'bin', 'initdb'), flags, { ...account, cwd: folder });
}

/** A free port may be taken by somebody else between finding and using it, hence more than one attempt. */
async function startOnAFreePort(home: string, account: Account, folder: string) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = spawnServer(home, account, folder, port);
    if (await becomesReady(server, folder)) return { server, port };
    await stopServer(server);
    if (attempt === STARTS_MAX) {
      throw new Error(`PostgreSQL did not start:\n${readFileSync(path.join(folder, 'log'), 'utf8')}`);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

function spawnServer(home: string, account: Account, folder: string, port: number): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openSync(path.join(folder, 'log'), 'a');
  const server = spawn(path.join(home, 'bin', 'postgres'), ['-D', path.join(folder, 'data'), ...settings], {
    ...account,
    cwd: folder,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return server;
}

/** The server writes its state into the last line of its pid file. */
async function becomesReady(server: ChildProcess, folder: string): Promise<boolean> {
  const pidFile = path.join(folder, 'data', 'postmaster.pid');
  const end = Date.now() + READY_WAIT_MS;
  while (hasNotEnded(server) && Date.now() < end) {
    if (existsSync(pidFile) && /^ready\s*$/m.test(readFileSync(pidFile, 'utf8'))) return true;
    await sleep(READY_POLL_MS);
  }
  return false;
}

/** SIGINT is a fast, clean stop; SIGQUIT ends a server that hangs, with all of its own children. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (!hasNotEnded(server)) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  const overdue = setTimeout(() => server.kill('SIGQUIT'), FAST_STOP_WAIT_MS);
  await ended;
  clearTimeout(overdue);
}

function hasNotEnded(server: ChildProcess): boolean {
  return server.exitCode === null && server.signalCode === null;
}
