import pg from 'pg';
import { findable } from '../sql/findable.ts';
import type { Row } from '../sql/rows.ts';
import { READS, type ReadName, WRITES, type Write } from '../sql/statements.ts';
import type { Statement } from './own-statements.ts';

/** One session with the database. Statements are prepared at their first use and known by name from then on. */
export interface Connection {
  read(name: ReadName, values: readonly unknown[]): Promise<Row[]>;
  /** Reads rows and locks them until the transaction ends. */
  lock(name: ReadName, values: readonly unknown[]): Promise<Row[]>;
  write(writes: readonly Write[]): Promise<void>;
  /** Writes and gives the number of rows. */
  change(write: Write): Promise<number>;
  run(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement that keeps its values: a text that cannot be kept is a fault. */
  keep(statement: Statement, values: readonly unknown[]): Promise<void>;
}

export interface Database {
  /** Runs a statement that commits by itself, and again as a transaction is. */
  direct<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value>;
  /**
   * Runs work in a transaction, and again a bounded number of times when the database ended it for the sake of
   * another one. What the work throws is rethrown, after nothing of it was kept.
   */
  transaction<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value>;
  /** Reads; each statement sees a snapshot of its own. */
  read<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value>;
  /** Reads, all from one snapshot. */
  snapshot<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  writers: number;
  readers: number;
  statement_ms_max: number;
}

const ATTEMPTS = 10;
const CONNECT_MS_MAX = 10_000;

/**
 * Every statement names its rows by their key, so a plan that reads whole tables is always a mistaken guess: the
 * statistics of a table that was empty a moment ago suggest it.
 */
const SETTINGS = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

export function openDatabase({ url, writers, readers, statement_ms_max }: DatabaseOptions): Database {
  const settings = {
    connectionString: url,
    application_name: 'muster',
    options: SETTINGS,
    statement_timeout: statement_ms_max,
    idle_in_transaction_session_timeout: statement_ms_max,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
  };
  const writing = openPool({ ...settings, max: writers });
  const reading = openPool({ ...settings, max: readers });
  return {
    direct: (work) => repeatedly(() => withClient(writing, (client) => work(connectionOf(client)))),
    read: (work) => withClient(reading, (client) => work(connectionOf(client))),
    transaction: (work) => repeatedly(() => withClient(writing, (client) => transact(client, 'BEGIN', work))),
    snapshot: (work) =>
      withClient(reading, (client) =>
        transact(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
      ),
    close: async () => {
      await Promise.all([writing.end(), reading.end()]);
    },
  };
}

function openPool(settings: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(settings);
  // A connection that breaks while nobody uses it leaves the pool by itself; the next use opens another one.
  pool.on('error', () => undefined);
  return pool;
}

async function withClient<Value>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await connect(pool);
  let broken: Error | undefined;
  const noteBroken = (cause: Error) => {
    broken = cause;
  };
  client.on('error', noteBroken);
  try {
    return await work(client);
  } finally {
    client.off('error', noteBroken);
    client.release(broken);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    if (databaseErrorCode(cause) !== undefined) throw cause;
    throw new Error(
      `PostgreSQL cannot be reached (${cause instanceof Error ? cause.message : String(cause)}): ` +
        'check that it runs, that host and port of the storage URL are right, and that it lets this machine in.',
      { cause },
    );
  }
}

async function transact<Value>(
  client: pg.PoolClient,
  begin: string,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  await client.query(begin);
  try {
    const value = await work(connectionOf(client));
    await client.query('COMMIT');
    return value;
  } catch (cause) {
    // When the connection itself is broken there is nothing to roll back; the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}

/** Serialization failure, deadlock, and a row that somebody else has inserted at the same time. */
const AGAIN = new Set(['40001', '40P01', '23505']);

async function repeatedly<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (cause) {
      if (attempts === ATTEMPTS || !AGAIN.has(databaseErrorCode(cause) ?? '')) throw cause;
    }
  }
}

/** The SQLSTATE of an error that the database itself gave, or undefined for any other. */
export function databaseErrorCode(cause: unknown): string | undefined {
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

function connectionOf(client: pg.PoolClient): Connection {
  const query = (name: string, text: string, values: readonly unknown[]) =>
    client.query<Row>({ name, text, values: [...values] });
  const rowsOf = async (name: string, text: string, values: readonly unknown[]) =>
    (await query(name, text, values)).rows;
  return {
    read: (name, values) => rowsOf(name, READS[name], toFind(values)),
    lock: (name, values) => rowsOf(`${name} for update`, `${READS[name]} FOR UPDATE`, toFind(values)),
    write: async (writes) => {
      for (const [name, values] of writes) await query(name, WRITES[name], values);
    },
    change: async ([name, values]) => (await query(name, WRITES[name], values)).rowCount ?? 0,
    run: ({ name, text }, values) => rowsOf(name, text, toFind(values)),
    keep: async ({ name, text }, values) => {
      await query(name, text, values);
    },
  };
}

function toFind(values: readonly unknown[]): unknown[] {
  return values.map((value) => (Array.isArray(value) ? value.map(findable) : findable(value)));
}
