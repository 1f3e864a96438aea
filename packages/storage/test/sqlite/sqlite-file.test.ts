import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept } from '@muster/domain';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { increase, valuesOf } from '../../src/conformance/counter-deciders.ts';
import { createGroup, loginDevice, START } from '../../src/conformance/fixtures.ts';
import type { Engine } from '../../src/engine.ts';
import { SCHEMA_VERSION } from '../../src/sql/schema.ts';
import { openSqlite, type SqliteOptions } from '../../src/sqlite/open-sqlite.ts';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deeper', 'muster.db');
}

async function opened(options: SqliteOptions): Promise<Engine> {
  const storage = await openSqlite(options);
  onTestFinished(() => storage.close());
  return storage;
}

it('[DL1] keeps its journal beside the file while it is open (WAL)', async () => {
  const file = newFile();
  await (await openSqlite({ file })).close();
  const database = new Database(file);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  database.close();
});

it('refuses a second server on the same file, and lets it in after the first has closed', async () => {
  const file = newFile();
  const first = await openSqlite({ file });
  await expect(openSqlite({ file })).rejects.toThrow('is in use by another server');
  await createGroup(first, 'g');
  await first.close();
  const second = await opened({ file });
  expect((await second.groups.read('g', [])).group?.groupID).toBe('g');
});

it('refuses a database that a newer server has written, and leaves it as it is', async () => {
  const file = newFile();
  await (await openSqlite({ file })).close();
  setVersion(file, '999');
  await expect(openSqlite({ file })).rejects.toThrow('schema version 999');
  setVersion(file, String(SCHEMA_VERSION));
  await (await openSqlite({ file })).close();
});

function setVersion(file: string, version: string): void {
  const database = new Database(file);
  database.prepare("UPDATE meta SET value = ? WHERE name = 'schema_version'").run(version);
  database.close();
}

it('says what is wrong with a file that is no database', async () => {
  const file = newFile();
  mkdirSync(file, { recursive: true });
  await expect(openSqlite({ file })).rejects.toThrow('unable to open');
});

it('leaves nothing behind of a database in memory, and two of them have nothing in common', async () => {
  const [one, two] = [await openSqlite({ file: ':memory:' }), await opened({ file: ':memory:' })];
  await createGroup(one, 'g');
  expect((await two.groups.read('g', [])).group).toBeUndefined();
  expect(one.epoch).not.toBe(two.epoch);
  await one.close();
});

it('leaves one file after it is closed, without a journal beside it', async () => {
  const file = newFile();
  const storage = await openSqlite({ file });
  await createGroup(storage, 'g');
  await storage.close();
  expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);
});

it('[DL1] rejects with the cause when the disk is full, and keeps nothing of it', async () => {
  const file = newFile();
  const small = await openSqlite({ file, pages_max: 80 });
  await createGroup(small, 'g');
  const device = await loginDevice(small, 'owner');
  const first = await increase(small, 'g', 1, device.at(1));
  const big = { userID: 'owner', now: START, decide: () => accept({}, 'x'.repeat(400_000)) };
  await expect(small.users.update({ ...big, operation: device.at(2) })).rejects.toMatchObject({
    name: 'CommitError',
    code: 'SQLITE_FULL',
  });
  expect(await increase(small, 'g', 1, device.at(1))).toMatchObject({ repeated: true });
  expect(await increase(small, 'g', 1, device.at(3))).toMatchObject({ ok: true, reply: { version: 2 } });
  await small.close();
  const storage = await opened({ file });
  expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
  expect(await increase(storage, 'g', 1, device.at(1))).toMatchObject({ reply: first.ok && first.reply });
  expect(await storage.users.update({ ...big, operation: device.at(2) })).toMatchObject({ repeated: false });
});

it('rejects what comes after it is closed', async () => {
  const storage = await openSqlite({ file: newFile() });
  await createGroup(storage, 'g');
  await storage.close();
  await expect(increase(storage, 'g', 1)).rejects.toThrow();
  await expect(storage.check()).rejects.toThrow();
});

it('closing finishes what was begun', async () => {
  const file = newFile();
  const storage = await openSqlite({ file });
  await createGroup(storage, 'g');
  const writes = Array.from({ length: 20 }, () => increase(storage, 'g', 1));
  await storage.close();
  expect((await Promise.all(writes)).every(({ ok }) => ok)).toBe(true);
  expect(await valuesOf(await opened({ file }), 'g')).toEqual({ likes: 20 });
});
