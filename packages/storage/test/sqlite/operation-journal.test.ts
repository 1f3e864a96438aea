import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept } from '@muster/domain';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { increase, valuesOf } from '../../src/conformance/counter-deciders.ts';
import { createGroup, loginDevice, START } from '../../src/conformance/fixtures.ts';
import type { Engine } from '../../src/engine.ts';
import { openSqlite } from '../../src/sqlite/open-sqlite.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The files as a power cut would leave them: taken from under the running server. */
function snapshot(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
  return join(copy, 'muster.db');
}

async function openIn(folder: string): Promise<Engine> {
  const storage = await openSqlite({ file: join(folder, 'muster.db') });
  onTestFinished(() => storage.close());
  return storage;
}

function rowsIn(file: string, table: string): number {
  const database = new Database(file, { readonly: true });
  const { n } = database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get() ?? { n: -1 };
  database.close();
  return n;
}

it('[DL1] [DL2] a server that died has every answered operation, from the journal', async () => {
  const folder = newFolder();
  const storage = await openIn(folder);
  await createGroup(storage, 'g');
  const devices = await Promise.all([1, 2, 3].map(() => loginDevice(storage, 'owner')));
  for (let seq = 1; seq <= 10; seq += 1) {
    await Promise.all(
      devices.map((device) => increase(storage, 'g', 1, device.at(seq, { low: seq > 5 ? 4 : 1 }))),
    );
  }
  const long = { userID: 'owner', now: START, decide: () => accept({}, { text: 'long' }) };
  await storage.users.update({ ...long, operation: devices[0]?.at(11) ?? { hash: 0 } });
  const file = snapshot(folder);
  expect(rowsIn(file, 'operation_journal')).toBeGreaterThan(0);
  const revived = await openSqlite({ file });
  onTestFinished(() => revived.close());
  for (const device of devices) {
    expect(await increase(revived, 'g', 1, device.at(10))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(revived, 'g', 1, device.at(4))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(revived, 'g', 1, device.at(3))).toMatchObject({ error: 'OPERATION_CONFIRMED' });
  }
  const again = await revived.users.update({ ...long, operation: devices[0]?.at(11) ?? { hash: 0 } });
  expect(again).toMatchObject({ repeated: true, reply: { text: 'long' } });
  expect(await valuesOf(revived, 'g')).toEqual({ likes: 30 });
});

it('folds the journal into the rows of the devices when it is maintained and when it is closed', async () => {
  const folder = newFolder();
  const file = join(folder, 'muster.db');
  const storage = await openSqlite({ file });
  await createGroup(storage, 'g');
  const devices = await Promise.all(Array.from({ length: 1_200 }, () => loginDevice(storage, 'owner')));
  await Promise.all(devices.map((device) => increase(storage, 'g', 1, device.at(1))));
  expect(rowsIn(file, 'operation_journal')).toBe(1_200);
  await storage.maintain(START);
  await storage.groupCounters.read('g', 'owner', false);
  await Promise.all(devices.slice(0, 5).map((device) => increase(storage, 'g', 1, device.at(2))));
  await storage.close();
  expect(rowsIn(file, 'operation_journal')).toBe(0);
  const again = await openSqlite({ file });
  onTestFinished(() => again.close());
  for (const device of devices.slice(0, 10)) {
    expect(await increase(again, 'g', 1, device.at(1))).toMatchObject({ ok: true, repeated: true });
  }
  expect(await increase(again, 'g', 1, devices[4]?.at(2))).toMatchObject({ ok: true, repeated: true });
  expect(await increase(again, 'g', 1, devices[5]?.at(2))).toMatchObject({ ok: true, repeated: false });
});

it('[DL2] a fold that died half way does no harm: rows and journal tell the same twice', async () => {
  const folder = newFolder();
  const storage = await openIn(folder);
  await createGroup(storage, 'g');
  const device = await loginDevice(storage, 'owner');
  const other = await loginDevice(storage, 'owner');
  for (let seq = 1; seq <= 6; seq += 1)
    await increase(storage, 'g', 1, device.at(seq, { low: Math.max(1, seq - 2) }));
  await increase(storage, 'g', 1, other.at(1));
  await storage.devices.logout(other.device);
  const before = snapshot(folder);
  const whole = await openSqlite({ file: before });
  await whole.close();
  const journal = new Database(snapshot(folder));
  const rows = journal.prepare('SELECT id, at, ops FROM operation_journal').all() as {
    id: number;
    at: number;
    ops: Buffer;
  }[];
  journal.close();
  const folded = new Database(before);
  const insert = folded.prepare('INSERT INTO operation_journal (id, at, ops) VALUES (?, ?, ?)');
  for (const { id, at, ops } of rows) insert.run(id, at, ops);
  folded.close();
  const revived = await openSqlite({ file: before });
  onTestFinished(() => revived.close());
  expect(await increase(revived, 'g', 1, device.at(3))).toMatchObject({ error: 'OPERATION_CONFIRMED' });
  expect(await increase(revived, 'g', 1, device.at(4))).toMatchObject({ ok: true, repeated: true });
  expect(await increase(revived, 'g', 1, device.at(7))).toMatchObject({ ok: true, repeated: false });
  expect(await revived.devices.owner(other.device)).toBeUndefined();
});
