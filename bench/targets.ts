/** What is compared: the yardsticks and Muster, each in a process of its own, on storages that are empty. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../tests/setup/postgres/server.ts';
import { type Crowd, type CrowdSize, gatherBare, gatherMembers } from './load/crowd.ts';
import { ServerProcess } from './servers/server-process.ts';

export const TARGETS = {
  raw: { kind: 'raw', engine: undefined, title: '(a) raw ws' },
  'bare-sqlite': { kind: 'bare', engine: 'sqlite', title: '(b) bare loop, SQLite' },
  'muster-sqlite': { kind: 'muster', engine: 'sqlite', title: '(c) Muster, SQLite' },
  'bare-postgres': { kind: 'bare', engine: 'postgres', title: '(d) bare loop, PostgreSQL' },
  'muster-postgres': { kind: 'muster', engine: 'postgres', title: '(d) Muster, PostgreSQL' },
} as const;

export type TargetName = keyof typeof TARGETS;

export interface Target {
  name: TargetName;
  server: ServerProcess;
  /** Connects the devices of one cell, whose counter begins at 0. */
  gather(size: CrowdSize): Promise<Crowd>;
}

/** Where storages are made, and removed at the end. */
export interface Storages {
  /** The address of a new, empty storage. */
  fresh(engine: 'sqlite' | 'postgres'): Promise<string>;
  remove(): Promise<void>;
}

export async function openStorages(): Promise<Storages> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-bench-'));
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let count = 0;
  return {
    fresh: async (engine) => {
      count += 1;
      if (engine === 'sqlite') return `sqlite:${path.join(folder, `bench-${count}.db`)}`;
      postgres ??= await startPostgres();
      return createDatabase(postgres.url, `bench_${count}`);
    },
    remove: async () => {
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.href;
}

export async function startTarget(
  name: TargetName,
  storages: Storages,
  profileFolder?: string | undefined,
): Promise<Target> {
  const { kind, engine } = TARGETS[name];
  const storage = engine ? { storage: await storages.fresh(engine) } : {};
  const server = await ServerProcess.start({ kind, ...storage, profileFolder });
  return {
    name,
    server,
    gather: async (size) => {
      await server.begin(size.groupID);
      return kind === 'muster' ? gatherMembers(server.url, size) : gatherBare(server.url, size);
    },
  };
}
