import { randomUUID } from 'node:crypto';
import { POSTGRES } from '../sql/dialect.ts';
import { createMeta, META, migrationsFrom, SCHEMA_VERSION } from '../sql/schema.ts';
import type { Connection, Database } from './database.ts';
import { LOCK_NAMES, SETTINGS } from './own-statements.ts';

/** Makes sure that the database can keep what it is given, and brings its tables up to date. Gives its epoch. */
export async function prepare(database: Database): Promise<string> {
  return database.transaction(async (connection) => {
    await refuseUnsafe(connection);
    await connection.run(LOCK_NAMES, [['muster schema']]);
    await migrate(connection);
    const meta = await metaOf(connection);
    const epoch = meta.get(META.epoch) ?? randomUUID();
    if (!meta.has(META.epoch)) await connection.write([['putMeta', [META.epoch, epoch]]]);
    if (!meta.has(META.lastDevice)) await connection.write([['putMeta', [META.lastDevice, '0']]]);
    return epoch;
  });
}

/** An answer means that a write is durable (DL1), and keys may hold any Unicode text (GC2). */
async function refuseUnsafe(connection: Connection): Promise<void> {
  const [settings] = await connection.run(SETTINGS, []);
  for (const name of ['synchronous_commit', 'fsync']) {
    if (settings?.[name] !== 'off') continue;
    throw new Error(
      `PostgreSQL runs with ${name} = off, so it would lose writes that were acknowledged: ` +
        `set it to on, for the server or with ALTER DATABASE ... SET ${name} = on.`,
    );
  }
  if (settings?.encoding !== 'UTF8') {
    throw new Error(
      `The database has the encoding ${settings?.encoding}: make one with CREATE DATABASE ... ENCODING 'UTF8'.`,
    );
  }
}

async function migrate(connection: Connection): Promise<void> {
  await define(connection, createMeta(POSTGRES));
  const version = Number((await metaOf(connection)).get(META.schemaVersion) ?? 0);
  const statements = migrationsFrom(version, POSTGRES);
  if (statements.length === 0) return;
  for (const text of statements) await define(connection, text);
  await connection.write([['putMeta', [META.schemaVersion, String(SCHEMA_VERSION)]]]);
}

/** A statement that runs once is not prepared: it has no name. */
async function define(connection: Connection, text: string): Promise<void> {
  await connection.run({ name: '', text }, []);
}

async function metaOf(connection: Connection): Promise<Map<string, string>> {
  const rows = await connection.read('meta', []);
  return new Map(rows.map((row) => [row.name as string, row.value as string]));
}

/** Rejects when the database cannot be written now: a standby, or one that was set read-only. */
export async function checkWritable(database: Database): Promise<void> {
  const [settings] = await database.direct((connection) => connection.run(SETTINGS, []));
  if (settings?.read_only === 'on') {
    throw new Error(
      'PostgreSQL takes no writes: the server is a standby, or the database was set read-only.',
    );
  }
}
