import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  url: string;
  /** Removes the database; connections that are still open are ended. */
  drop(): Promise<void>;
}

/** An empty database of its own for one test, on the PostgreSQL of the run. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.MUSTER_TEST_POSTGRES;
  if (!server) {
    throw new Error('No PostgreSQL runs for this test: name its file *.postgres.test.ts or *.slow.test.ts.');
  }
  const name = `muster_test_${randomBytes(8).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
