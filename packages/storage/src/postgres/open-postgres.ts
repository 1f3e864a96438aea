/**
 * The storage on PostgreSQL, for servers that share one database or keep it elsewhere.
 *
 * Writers run under READ COMMITTED: what a statement waited for it sees as it then is, on the locked rows alone.
 * Therefore rows are locked first and read by a later statement, or the commit is fenced by a column of the row
 * that it locks.
 */
import { COMMITS_AT_ONCE } from '../combining/combine.ts';
import type { Engine } from '../engine.ts';
import { openConversations } from './conversations.ts';
import { CounterCache } from './counter-cache.ts';
import { type Database, openDatabase } from './database.ts';
import { openDevices } from './devices.ts';
import { createGate } from './gate.ts';
import { openGroupCounters } from './group-counters.ts';
import { openGroups } from './groups.ts';
import { openLog } from './log.ts';
import { maintain } from './maintain.ts';
import { checkWritable, prepare } from './prepare.ts';
import { openUsers } from './users.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  /** Connections that write; as many batches commit at a time. */
  writers?: number;
  /** Connections that read. */
  readers?: number;
  /** How long a statement may take, waiting included, before it fails. */
  statement_ms_max?: number;
}

const READERS = 4;
const STATEMENT_MS_MAX = 30_000;

export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const database = openDatabase({
    url: options.url,
    writers: options.writers ?? COMMITS_AT_ONCE,
    readers: options.readers ?? READERS,
    statement_ms_max: options.statement_ms_max ?? STATEMENT_MS_MAX,
  });
  try {
    return engineOn(database, await prepare(database));
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

function engineOn(database: Database, epoch: string): Engine {
  const parts = { database, cache: new CounterCache(), gate: createGate() };
  return {
    epoch,
    commits: 'per-scope',
    users: openUsers(parts),
    devices: openDevices(parts),
    groups: openGroups(parts),
    groupCounters: openGroupCounters(parts),
    conversations: openConversations(parts),
    log: openLog(database, epoch),
    check: () => checkWritable(database),
    maintain: (now) => maintain(parts, now),
    close: () => database.close(),
  };
}
