/** The races of the hot path, each with the other transaction holding the lock while ours waits for it. */
import { accept } from '@muster/domain';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freshDatabase } from '../../../tests/setup/database.ts';
import {
  counterRequest,
  deleting,
  increase,
  increasing,
  valuesOf,
  writeCounters,
} from '../src/conformance/counter-deciders.ts';
import {
  createGroup,
  loginDevice,
  memberRecord,
  operationsOf,
  removeMember,
  START,
} from '../src/conformance/fixtures.ts';
import { change } from '../src/conformance/groups.ts';
import type { Storage } from '../src/port.ts';
import { openPostgres } from '../src/postgres/open-postgres.ts';
import { begin, beginTwo, connect } from './postgres-databases.ts';

describe('while another transaction holds the lock', () => {
  it('[DL2] the device logs in elsewhere: nothing is written', async () => {
    const { storage, other, waiting } = await begin();
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, device.at(1));
    await other.query('BEGIN');
    await other.query('UPDATE devices SET session = session + 1 WHERE device_no = $1', [device.device]);
    const late = increase(storage, 'g', 1, device.at(2));
    await waiting();
    await other.query('COMMIT');
    expect(await late).toMatchObject({ ok: false, error: 'OPERATION_CONFIRMED' });
    const again = operationsOf(device.device, device.session + 1);
    expect(await increase(storage, 'g', 1, again.at(1))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(storage, 'g', 1, again.at(2))).toMatchObject({ ok: true, repeated: false });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
  });

  it('[DL2] one device of a batch logs in elsewhere: the others are written, once', async () => {
    const { storage, other, waiting } = await begin();
    const [gone, stays] = [await loginDevice(storage, 'owner'), await loginDevice(storage, 'owner')];
    await increase(storage, 'g', 1, stays.at(1));
    await other.query('BEGIN');
    await other.query('UPDATE devices SET session = session + 1 WHERE device_no = $1', [gone.device]);
    const requests = [gone.at(1), stays.at(2)].map((operation) =>
      counterRequest('g', increasing('likes', 1), { key: 'likes', operation }),
    );
    const late = storage.groupCounters.update(requests);
    await waiting();
    await other.query('COMMIT');
    expect(await late).toMatchObject([
      { ok: false, error: 'OPERATION_CONFIRMED' },
      { ok: true, repeated: false },
    ]);
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
  });

  it('[GC9] the member is removed: his increase is refused', async () => {
    const { storage, other, waiting } = await begin();
    await increase(storage, 'g', 1);
    await other.query('BEGIN');
    await other.query(`UPDATE groups SET revoked = revoked + 1 WHERE group_id = 'g'`);
    await other.query(`DELETE FROM members WHERE group_id = 'g' AND user_id = 'owner'`);
    const late = increase(storage, 'g', 1);
    await waiting();
    await other.query('COMMIT');
    expect(await late).toMatchObject({ ok: false, error: 'NOT_PERMITTED' });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1 });
  });

  it('[GC17] another server writes the group: ours is decided again on top', async () => {
    const { storage, other, waiting } = await begin();
    await increase(storage, 'g', 1);
    await other.query('BEGIN');
    await other.query(`UPDATE groups SET counters_version = 2 WHERE group_id = 'g'`);
    await other.query(`UPDATE counters SET value = 100, version = 2 WHERE group_id = 'g'`);
    const late = increase(storage, 'g', 1);
    await waiting();
    await other.query('COMMIT');
    const counters = [{ key: 'likes', value: 101 }];
    expect(await late).toMatchObject({ ok: true, reply: { counters, version: 3 } });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 101 });
  });

  it('rows are rewritten with the same values: ours is written once, on top of the new rows', async () => {
    const { storage, other, waiting } = await begin();
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, device.at(1));
    await other.query('BEGIN');
    await other.query(`UPDATE groups SET seq = seq WHERE group_id = 'g'`);
    await other.query(`UPDATE counters SET value = value WHERE group_id = 'g'`);
    await other.query('UPDATE devices SET seen_at = seen_at + 1 WHERE device_no = $1', [device.device]);
    const late = increase(storage, 'g', 1, device.at(2));
    await waiting();
    await other.query('COMMIT');
    expect(await late).toMatchObject({
      ok: true,
      reply: { counters: [{ key: 'likes', value: 2 }], version: 2 },
    });
    const { rows } = await other.query('SELECT seen_at FROM devices WHERE device_no = $1', [device.device]);
    expect(rows).toEqual([{ seen_at: String(START + 1) }]);
    expect(await increase(storage, 'g', 1, device.at(2))).toMatchObject({ ok: true, repeated: true });
  });

  it('[GR7] a device logs out while it joins a room: it leaves the room, and the caller is told', async () => {
    const { storage, other, waiting } = await begin();
    const device = await loginDevice(storage, 'owner');
    const place = { device: device.device, userID: 'owner', joinTime: START };
    await other.query('BEGIN');
    await other.query(`INSERT INTO room_devices VALUES ('g', $1, 'owner', 1, 1)`, [device.device]);
    const join = storage.groups.update({
      groupID: 'g',
      userIDs: [],
      operation: device.at(1),
      now: START,
      decide: () => accept({ roomDevices: [[device.device, place]] }, 'joined'),
    });
    await waiting();
    const logout = storage.devices.logout(device.device);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await other.query('ROLLBACK');
    expect(await join).toMatchObject({ ok: true });
    expect(await logout).toEqual(['g']);
    expect(await storage.groups.roomDevices('all')).toEqual([]);
  });

  it('[DL1] the connection is cut: the call rejects, and the same operation again counts once', async () => {
    const { storage, other, waiting } = await begin();
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, device.at(1));
    await other.query('BEGIN');
    await other.query(`UPDATE groups SET seq = seq WHERE group_id = 'g'`);
    const lost = increase(storage, 'g', 1, device.at(2)).catch((cause: Error) => cause);
    const [backend] = await waiting();
    await other.query('SELECT pg_terminate_backend($1)', [backend]);
    expect(await lost).toBeInstanceOf(Error);
    await other.query('COMMIT');
    expect(await increase(storage, 'g', 1, device.at(2))).toMatchObject({ ok: true, repeated: false });
    expect(await increase(storage, 'g', 1, device.at(2))).toMatchObject({ ok: true, repeated: true });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
  });
});

describe('two servers on one database', () => {
  it('[GC17] increase one counter at once: exactly, each number once', { timeout: 60_000 }, async () => {
    const [one, two] = await beginTwo();
    const calls = await Promise.all(
      [one, two].map(async (storage) => {
        const devices = await Promise.all(Array.from({ length: 10 }, () => loginDevice(storage, 'owner')));
        const waves = Array.from({ length: 30 }, () => devices);
        const outcomes = [];
        for (const wave of waves) {
          outcomes.push(
            ...(await Promise.all(wave.map((device) => increase(storage, 'g', 1, device.next())))),
          );
        }
        return outcomes;
      }),
    );
    const values = calls.flat().map((outcome) => outcome.ok && Number(outcome.reply.counters[0]?.value));
    expect(values.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 600 }, (_, at) => at + 1),
    );
    expect([await valuesOf(one, 'g'), await valuesOf(two, 'g')]).toEqual([{ likes: 600 }, { likes: 600 }]);
  });

  it('lock first for a hundred commits once the fence was lost, then try it again', async () => {
    const [one, two] = await beginTwo();
    await increase(one, 'g', 1);
    await increase(two, 'g', 1);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    onTestFinished(() => query.mockRestore());
    const locked = async (): Promise<boolean> => {
      query.mockClear();
      await increase(one, 'g', 1);
      return query.mock.calls.some(([sent]) => (sent as { name?: string }).name === 'lock group');
    };
    const ways: boolean[] = [];
    for (let at = 0; at < 103; at += 1) ways.push(await locked());
    expect(ways).toEqual([...Array(100).fill(true), false, false, false]);
    expect(await valuesOf(two, 'g')).toEqual({ likes: 105 });
  });

  it('[GC9] what one has answered the other knows: removal, joining, a new role, the end of a counter', async () => {
    const [one, two] = await beginTwo();
    await change(one, 'g', { members: [['bob', memberRecord('bob')]] });
    const asBob = (storage: Storage) =>
      writeCounters(storage, 'g', increasing('n', 1), { userID: 'bob', key: 'n' });
    expect([await asBob(one), await asBob(two)]).toMatchObject([{ ok: true }, { ok: true }]);
    await removeMember(two, 'g', 'bob');
    expect(await asBob(one)).toMatchObject({ ok: false, error: 'NOT_PERMITTED' });
    await change(two, 'g', { members: [['bob', memberRecord('bob', 'Admin')]] });
    let seen: unknown;
    await writeCounters(
      one,
      'g',
      (state) => {
        seen = state.actor.role;
        return increasing('n', 1)(state);
      },
      { userID: 'bob', key: 'n' },
    );
    expect(seen).toBe('Admin');
    await writeCounters(two, 'g', deleting(['n']), { userID: 'bob' });
    expect(await asBob(one)).toMatchObject({ ok: true, reply: { counters: [{ key: 'n', value: 1 }] } });
  });

  it('[DL2] a device that moves between them keeps its window', async () => {
    const [one, two] = await beginTwo();
    const first = await loginDevice(one, 'owner');
    await increase(one, 'g', 1, first.at(1));
    const moved = await two.devices.login({ userID: 'owner', device: first.device, now: START });
    const there = operationsOf(moved.device, moved.session);
    expect(await increase(two, 'g', 1, there.at(1))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(two, 'g', 1, there.at(2))).toMatchObject({ ok: true, repeated: false });
    expect(await increase(one, 'g', 1, first.at(2))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    const back = await one.devices.login({ userID: 'owner', device: first.device, now: START });
    const here = operationsOf(back.device, back.session);
    expect(await increase(one, 'g', 1, here.at(2))).toMatchObject({ ok: true, repeated: true });
    expect(await valuesOf(one, 'g')).toEqual({ likes: 2 });
  });

  it("[DL2] decide an app's operation id once", async () => {
    const [one, two] = await beginTwo();
    await createGroup(one, 'h');
    const operation = { app: { userID: 'owner', operationID: 'pay' }, hash: 1 };
    const calls = Array.from({ length: 20 }, (_, at) =>
      increase(at % 2 === 0 ? one : two, at % 3 === 0 ? 'g' : 'h', 1, operation),
    );
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(1);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  });

  it('[DL4] tell the same users from many groups without an end: nothing is lost or blocked', async () => {
    const [one, two] = await beginTwo();
    const groupIDs = Array.from({ length: 6 }, (_, at) => `g${at}`);
    for (const groupID of groupIDs) await createGroup(one, groupID);
    const tell = (storage: Storage, groupID: string, userIDs: string[]) =>
      storage.groups.update({
        groupID,
        userIDs: [],
        now: START,
        decide: () =>
          accept(
            {},
            null,
            userIDs.map((userID) => ({
              scope: `user:${userID}` as const,
              event: { name: 'groupLeft' as const, groupID, reason: 'quit' as const, operatorID: userID },
            })),
          ),
      });
    const work = groupIDs.flatMap((groupID) =>
      Array.from({ length: 5 }, () => [
        tell(one, groupID, ['a', 'b']),
        tell(two, groupID, ['b', 'a', 'c']),
      ]).flat(),
    );
    expect((await Promise.all(work)).every(({ ok }) => ok)).toBe(true);
    const scopes = ['user:a', 'user:b', 'user:c'] as const;
    const position = { epoch: one.epoch, seq: 0 };
    const reads = await one.log.read(
      scopes.map((scope) => ({ scope, position })),
      100,
    );
    const seqs = reads.map(({ events }) => events?.map(({ seq }) => seq));
    expect(seqs).toEqual([60, 60, 30].map((length) => Array.from({ length }, (_, at) => at + 1)));
  });

  it('open an empty database at once, with one epoch', async () => {
    const database = await freshDatabase();
    onTestFinished(() => database.drop());
    const opened = await Promise.all(Array.from({ length: 4 }, () => openPostgres({ url: database.url })));
    const epochs = new Set(opened.map(({ epoch }) => epoch));
    await Promise.all(opened.map((engine) => engine.close()));
    expect(epochs.size).toBe(1);
  });
});

describe('opening', () => {
  it('[DL1] refuses a database that loses what it has acknowledged', async () => {
    const database = await freshDatabase();
    onTestFinished(() => database.drop());
    const name = new URL(database.url).pathname.slice(1);
    const client = await connect(database.url);
    await client.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(openPostgres({ url: database.url })).rejects.toThrow(
      /synchronous_commit = off.*set it to on/,
    );
  });

  it('says what to do when the server cannot be reached', async () => {
    const url = 'postgres://nobody@127.0.0.1:1/nowhere';
    await expect(openPostgres({ url })).rejects.toThrow(/cannot be reached.*check that it runs/);
  });

  it('says so when the database takes no writes', async () => {
    const { storage, other, name } = await begin();
    await expect(storage.check()).resolves.toBeUndefined();
    await other.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
      [name],
    );
    await expect.poll(() => storage.check().then(() => 'writable', String)).toContain('takes no writes');
  });
});
