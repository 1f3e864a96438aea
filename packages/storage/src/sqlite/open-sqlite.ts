/**
 * The embedded engine. The main thread reads and decides, on a connection that only reads and on caches; one worker
 * thread commits. This process owns the file, so that the caches are the truth.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine } from '../engine.ts';
import { SQLITE } from '../sql/dialect.ts';
import { createMeta, META, migrationsFrom, SCHEMA_VERSION } from '../sql/schema.ts';
import { READS, WRITES } from '../sql/statements.ts';
import { ColdWrites } from './cold-writes.ts';
import { CommitQueue } from './commit-queue.ts';
import { Committer } from './committer.ts';
import { GroupCache } from './group-cache.ts';
import { maintain } from './maintenance.ts';
import { lockOwner } from './owner-lock.ts';
import { Reader } from './reader.ts';
import { sqliteConversations } from './sqlite-conversations.ts';
import { SqliteGroupCounters } from './sqlite-group-counters.ts';
import { sqliteGroups } from './sqlite-groups.ts';
import { sqliteLog } from './sqlite-log.ts';
import { DeviceNumbers, sqliteDevices, sqliteUsers } from './sqlite-users.ts';
import { Windows } from './windows.ts';

export interface SqliteOptions {
  /** A path, or ':memory:' for a private file that is gone with the storage and never waits for the disk. */
  file: string;
  /** Beyond so many pages of 4 KiB commits fail as on a full disk; 0 is no bound. */
  pages_max?: number;
}

/** With less than this left on its disk a database does not claim that it can commit. */
const FREE_BYTES_MIN = 1024 * 1024;

export async function openSqlite({ file, pages_max = 0 }: SqliteOptions): Promise<Engine> {
  const place = placeOf(file);
  const releases: (() => void)[] = [place.remove];
  const release = () => {
    for (const undo of releases.toReversed()) undo();
  };
  try {
    releases.push(lockOwner(place.file).release);
    const { database, meta } = prepare(place.file);
    const reader = new Reader(database);
    releases.push(() => reader.close());
    const committer = await Committer.start({ file: place.file, isDurable: !place.isPrivate, pages_max });
    return engineOf({ reader, committer, meta, file: place.file, release });
  } catch (error) {
    release();
    throw error;
  }
}

interface Place {
  file: string;
  isPrivate: boolean;
  remove(): void;
}

/** A database in memory would have one connection: a file of its own is the honest way to have two. */
function placeOf(file: string): Place {
  if (file !== ':memory:') {
    const path = resolve(file);
    mkdirSync(dirname(path), { recursive: true });
    return { file: path, isPrivate: false, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'muster-'));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  const remove = () => {
    process.off('exit', discard);
    discard();
  };
  // A process that ends without closing it leaves nothing behind either, unless it is killed.
  process.once('exit', discard);
  return { file: join(folder, 'muster.db'), isPrivate: true, remove };
}

/** Opens the main thread's connection and brings the schema up to date. From then on it only reads. */
function prepare(file: string): { database: Database.Database; meta: Map<string, string> } {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.transaction(() => migrate(database)).exclusive();
    database.pragma('query_only = ON');
    return { database, meta: readMeta(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database): void {
  database.exec(createMeta(SQLITE));
  const version = Number(readMeta(database).get(META.schemaVersion) ?? 0);
  for (const statement of migrationsFrom(version, SQLITE)) database.exec(statement);
  if (version === SCHEMA_VERSION) return;
  const put = database.prepare(WRITES.putMeta.replace(/\$\d/g, '?'));
  if (version === 0) put.run(META.epoch, randomUUID());
  put.run(META.schemaVersion, String(SCHEMA_VERSION));
}

function readMeta(database: Database.Database): Map<string, string> {
  const rows = database.prepare<[], { name: string; value: string }>(READS.meta).all();
  return new Map(rows.map(({ name, value }) => [name, value]));
}

interface Parts {
  reader: Reader;
  committer: Committer;
  meta: ReadonlyMap<string, string>;
  file: string;
  release(): void;
}

function engineOf({ reader, committer, meta, file, release }: Parts): Engine {
  const epoch = meta.get(META.epoch);
  if (epoch === undefined) throw new Error(`The database ${file} names no epoch.`);
  const windows = new Windows(reader);
  windows.replay();
  const caches = { reader, windows, groups: new GroupCache(reader) };
  const queue = new CommitQueue(committer);
  const cold = new ColdWrites(caches, queue);
  const groupCounters = new SqliteGroupCounters(caches, queue);
  for (const source of [groupCounters, cold, windows]) queue.add(source);
  const fold = () => {
    windows.askFold();
    queue.wake();
    return queue.idle();
  };
  const numbers = new DeviceNumbers(Number(meta.get(META.lastDevice) ?? 0));
  return {
    epoch,
    commits: 'one-at-a-time',
    users: sqliteUsers(reader, cold),
    devices: sqliteDevices(caches, cold, numbers),
    groups: sqliteGroups(reader, cold),
    groupCounters,
    conversations: sqliteConversations(reader, cold),
    log: sqliteLog(reader, epoch),
    check: async () => {
      await committer.check();
      await checkSpace(file);
    },
    maintain: async (now) => {
      await maintain(cold, now);
      windows.askFold();
      queue.wake();
    },
    close: async () => {
      await fold();
      await committer.close();
      release();
    },
  };
}

async function checkSpace(file: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  if (bavail * bsize < FREE_BYTES_MIN) throw new Error(`The disk of the database ${file} is full.`);
}
