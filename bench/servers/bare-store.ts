import Database from 'better-sqlite3';
import pg from 'pg';

/** A row with a counter, and nothing else. */
export interface BareStore {
  begin(groupID: string): void | Promise<void>;
  /** Adds durably and gives the value after it. */
  add(groupID: string, amount: number): number | Promise<number>;
  close(): void | Promise<void>;
}

const TABLE = 'CREATE TABLE counters (group_id TEXT PRIMARY KEY, value BIGINT NOT NULL)';

export function openBareStore(storage: string): Promise<BareStore> {
  return storage.startsWith('sqlite:')
    ? Promise.resolve(bareSqlite(storage.slice('sqlite:'.length)))
    : barePostgres(storage);
}

function bareSqlite(file: string): BareStore {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(TABLE);
  const update = database.prepare<[number, string], { value: number }>(
    'UPDATE counters SET value = value + ? WHERE group_id = ? RETURNING value',
  );
  return {
    begin: (groupID) => void database.prepare('INSERT INTO counters VALUES (?, 0)').run(groupID),
    add: (groupID, amount) => update.get(amount, groupID)?.value ?? Number.NaN,
    close: () => void database.close(),
  };
}

async function barePostgres(url: string): Promise<BareStore> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLE);
  const text = 'UPDATE counters SET value = value + $1 WHERE group_id = $2 RETURNING value';
  return {
    begin: async (groupID) => void (await client.query('INSERT INTO counters VALUES ($1, 0)', [groupID])),
    add: async (groupID, amount) => {
      const { rows } = await client.query<{ value: string }>({
        name: 'add',
        text,
        values: [amount, groupID],
      });
      return Number(rows[0]?.value);
    },
    close: () => client.end(),
  };
}
