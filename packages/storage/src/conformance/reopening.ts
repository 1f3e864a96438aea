import { accept, emptyProfile } from '@muster/domain';
import { INT64_MAX } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { deleting, increase, setting, writeCounters } from './counter-deciders.ts';
import { createGroup, endGroup, kick, loginDevice, operationsOf, START } from './fixtures.ts';
import { change } from './groups.ts';
import type { Subject } from './subject.ts';

/** What survives closing and opening again: everything (DL1). */
export function reopening(subject: Subject): void {
  it('[DL1] has the same state and the same epoch after it was opened again', async () => {
    const opened = await subject.open();
    await fill(opened.storage);
    const before = await everything(opened.storage);
    const storage = await opened.reopen();
    if (subject.differs('volatile')) {
      expect(storage.epoch).not.toBe(before.epoch);
      expect(await storage.groups.joined('owner')).toEqual([]);
      return;
    }
    expect(await everything(storage)).toEqual(before);
  });

  it('[DL2] gives the recorded answers after it was opened again', async () => {
    const opened = await subject.open();
    await createGroup(opened.storage, 'g');
    const device = await loginDevice(opened.storage, 'owner');
    const many = setting({ a: INT64_MAX, b: 2 });
    const byApp = { app: { userID: 'owner', operationID: 'mine' }, hash: 1 };
    const writes = (storage: Storage) => [
      () => increase(storage, 'g', 1, device.at(1)),
      () => writeCounters(storage, 'g', many, { operation: device.at(2) }),
      () => writeCounters(storage, 'g', deleting(['a']), { operation: device.at(4) }),
      () => increase(storage, 'g', 1, byApp),
    ];
    const first = await inTurn(writes(opened.storage));
    const storage = await opened.reopen();
    const again = await inTurn(writes(storage));
    if (subject.differs('volatile')) {
      expect(again.map((outcome) => outcome.ok)).not.toContain(true);
      return;
    }
    expect(again).toEqual(
      first.map((outcome) => ({ ...outcome, repeated: true, changes: { set: [], deleted: [] } })),
    );
    expect(await increase(storage, 'g', 1, device.at(3))).toMatchObject({ ok: true, repeated: false });
    expect(await increase(storage, 'g', 1, device.at(5, { low: 4 }))).toMatchObject({
      ok: true,
      repeated: false,
    });
    const next = await opened.reopen();
    expect(await increase(next, 'g', 1, device.at(3))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
  });

  it('[DL2] a device that comes back after a restart goes on where it was', async () => {
    const opened = await subject.open();
    if (subject.differs('volatile')) {
      const { device } = await loginDevice(opened.storage, 'owner');
      const storage = await opened.reopen();
      expect((await storage.devices.login({ userID: 'owner', device, now: START })).resumed).toBe(false);
      return;
    }
    await createGroup(opened.storage, 'g');
    const device = await loginDevice(opened.storage, 'owner');
    const first = await increase(opened.storage, 'g', 1, device.at(1));
    const storage = await opened.reopen();
    const login = await storage.devices.login({ userID: 'owner', device: device.device, now: START });
    expect(login).toMatchObject({ device: device.device, resumed: true, since: START });
    expect(login.session).toBeGreaterThan(device.session);
    const back = operationsOf(login.device, login.session);
    const again = await increase(storage, 'g', 1, back.at(1));
    expect(again.ok && [again.repeated, again.reply]).toEqual([true, first.ok && first.reply]);
    expect(await increase(storage, 'g', 1, device.at(2))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
  });

  it('says that it can commit while it is open', async () => {
    const { storage } = await subject.open();
    await expect(storage.check()).resolves.toBeUndefined();
    expect(storage.epoch).toMatch(/^.{1,64}$/);
  });
}

async function fill(storage: Storage): Promise<void> {
  await createGroup(storage, 'g', ['owner', 'bob']);
  await createGroup(storage, 'ended', ['owner']);
  await createGroup(storage, 'room', ['owner'], { type: 'AVChatRoom', memberCount: 0 });
  const device = await loginDevice(storage, 'owner');
  await loginDevice(storage, 'bob');
  await change(storage, 'room', {
    roomDevices: [[device.device, { device: device.device, userID: 'owner', joinTime: 3 }]],
  });
  await change(storage, 'g', {
    applications: [['eve', { userID: 'eve', applyMessage: 'please', applyTime: 4 }]],
  });
  await writeCounters(storage, 'g', setting({ a: INT64_MAX, b: -1, c: 3 }));
  await writeCounters(storage, 'g', deleting(['c']));
  await endGroup(storage, 'ended');
  const profile = { ...emptyProfile('bob'), nick: 'Bob' };
  const event = { name: 'profileUpdated', profile } as const;
  await storage.users.update({
    userID: 'bob',
    now: START,
    decide: () => accept({ profile }, null, [{ scope: 'user:bob', event }]),
  });
  await kick(storage, 'bob', START - 1);
  await storage.devices.login({ userID: 'owner', now: START });
}

async function everything(storage: Storage) {
  const { epoch } = storage;
  return {
    epoch,
    groups: await Promise.all(
      ['g', 'ended', 'room'].map((groupID) => storage.groups.read(groupID, ['owner', 'bob', 'eve'])),
    ),
    counters: await storage.groupCounters.read('g', 'bob', false),
    joined: await storage.groups.joined('owner'),
    members: await storage.groups.members('g', { offset: 0, count: 10 }),
    applications: await storage.groups.applications('owner'),
    rooms: await storage.groups.roomDevices('all'),
    users: await storage.users.read(['owner', 'bob']),
    log: await storage.log.read(
      (['group:ended', 'user:bob'] as const).map((scope) => ({ scope, position: { epoch, seq: 0 } })),
      10,
    ),
  };
}

async function inTurn<Value>(calls: readonly (() => Promise<Value>)[]): Promise<Value[]> {
  const values: Value[] = [];
  for (const call of calls) values.push(await call());
  return values;
}
