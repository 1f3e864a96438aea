import pg from 'pg';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freshDatabase } from './database.ts';

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // Dropping the database under an open connection is part of the tests.
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

it('gives each test a database of its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  onTestFinished(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });
  const client = await connect(one.url);
  await client.query('CREATE TABLE only_here (id integer)');
  const elsewhere = await connect(other.url);
  await expect(elsewhere.query('SELECT * FROM only_here')).rejects.toThrow(/does not exist/);
});

it('drops a database that is still in use', async () => {
  const database = await freshDatabase();
  await connect(database.url);
  await database.drop();
  await expect(connect(database.url)).rejects.toThrow(/does not exist/);
});

it('runs with the durability of a production server', async () => {
  const client = await connect(inject('postgresUrl'));
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await client.query(`SHOW ${setting}`);
    expect(rows, setting).toEqual([{ [setting]: 'on' }]);
  }
});
