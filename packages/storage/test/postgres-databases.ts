/** Databases of their own for tests of what only PostgreSQL does. */
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { freshDatabase } from '../../../tests/setup/database.ts';
import { combine } from '../src/combining/combine.ts';
import { createGroup } from '../src/conformance/fixtures.ts';
import type { Storage } from '../src/port.ts';
import { openPostgres } from '../src/postgres/open-postgres.ts';

/** A storage with one group, and a second connection to its database. */
export async function begin() {
  const database = await freshDatabase();
  const storage = await openPostgres({ url: database.url });
  onTestFinished(async () => {
    await storage.close();
    await database.drop();
  });
  await createGroup(storage, 'g');
  const other = await connect(database.url);
  /** The backends that wait for a lock, once there are so many. */
  const waiting = async (count = 1): Promise<number[]> => {
    for (;;) {
      await other.query('SELECT pg_stat_clear_snapshot()');
      const { rows } = await other.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rows.length >= count) return rows.map(({ pid }) => pid);
    }
  };
  return { storage, other, waiting, name: new URL(database.url).pathname.slice(1) };
}

/** Two servers on one database with one group. */
export async function beginTwo(): Promise<[Storage, Storage]> {
  const database = await freshDatabase();
  const [one, two] = [
    combine(await openPostgres({ url: database.url })),
    combine(await openPostgres({ url: database.url })),
  ];
  onTestFinished(async () => {
    await Promise.all([one.close(), two.close()]);
    await database.drop();
  });
  await createGroup(one, 'g');
  return [one, two];
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
