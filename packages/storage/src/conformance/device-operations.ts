import { accept } from '@muster/domain';
import { INT64_MIN } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { CounterOutcome } from '../port.ts';
import {
  counterRequest,
  deleting,
  increase,
  increasing,
  setting,
  valuesOf,
  writeCounters,
} from './counter-deciders.ts';
import { createGroup, endGroup, loginDevice, operationsOf, removeMember, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** The window of a device: the same operation again gives its answer and changes nothing (DL2). */
export function deviceOperations(subject: Subject): void {
  it('[DL2] gives the recorded answer of a repeated increase, and changes nothing', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const first = await increase(storage, 'g', 5, device.at(1));
    await increase(storage, 'g', 1, device.at(2));
    const again = await increase(storage, 'g', 5, device.at(1));
    expect(again).toEqual({ ...first, repeated: true, changes: { set: [], deleted: [] } });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 6 });
  });

  it('[DL2] [GC3] records extreme answers exactly', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const first = await increase(storage, 'g', INT64_MIN, device.at(1));
    expect(await increase(storage, 'g', INT64_MIN, device.at(1))).toEqual(repeatOf(first));
    expect(first).toMatchObject({ ok: true, reply: { counters: [{ key: 'likes', value: INT64_MIN }] } });
  });

  it('[DL2] knows a repeat within the same call', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const request = counterRequest('g', increasing('likes', 1), { key: 'likes', operation: device.at(1) });
    const [first, second] = await storage.groupCounters.update([request, { ...request }]);
    expect([first, second]).toMatchObject([
      { ok: true, repeated: false },
      { ok: true, repeated: true },
    ]);
    expect(second?.ok && second.reply).toEqual(first?.ok && first.reply);
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1 });
  });

  it('[DL2] knows repeats that come at the same time', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => increase(storage, 'g', 1, device.at(1))),
    );
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome.ok && outcome.reply))).size).toBe(1);
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1 });
  });

  it('[DL2] refuses the same id with another content', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 5, device.at(1));
    const other = await increase(storage, 'g', 6, device.at(1, { hash: 2 }));
    expect(other).toMatchObject({ ok: false, error: 'OPERATION_CONTENT_DIFFERS' });
    const full = 0xffffffff;
    await increase(storage, 'g', 5, device.at(2, { hash: full }));
    expect(await increase(storage, 'g', 5, device.at(2, { hash: full }))).toMatchObject({
      ok: true,
      repeated: true,
    });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 10 });
  });

  it('[DL2] refuses what the device has confirmed, executed or not', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, device.at(1));
    await increase(storage, 'g', 1, device.at(5, { low: 4 }));
    for (const seq of [1, 2, 3]) {
      expect(await increase(storage, 'g', 1, device.at(seq))).toMatchObject({
        ok: false,
        error: 'OPERATION_CONFIRMED',
      });
    }
    expect(await increase(storage, 'g', 1, device.at(4, { low: 4 }))).toMatchObject({
      ok: true,
      repeated: false,
    });
    expect(await increase(storage, 'g', 1, device.at(5, { low: 4 }))).toMatchObject({
      ok: true,
      repeated: true,
    });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 3 });
  });

  it('[DL2] takes 64 open operations in any order, and says when there are more', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const order = Array.from({ length: 64 }, (_, at) => ((at * 37) % 64) + 1);
    const answers = new Map<number, CounterOutcome>();
    for (const seq of order) answers.set(seq, await increase(storage, 'g', 1, device.at(seq)));
    const beyond = await increase(storage, 'g', 1, device.at(65));
    expect(beyond).toMatchObject({ ok: false, error: 'OPERATION_WINDOW_FULL' });
    for (const seq of order.toReversed()) {
      expect(await increase(storage, 'g', 1, device.at(seq))).toEqual(repeatOf(answers.get(seq)));
    }
    const after = await increase(storage, 'g', 1, device.at(65, { low: 2 }));
    expect(after).toMatchObject({
      ok: true,
      repeated: false,
      reply: { counters: [{ key: 'likes', value: 65 }] },
    });
    expect(await increase(storage, 'g', 1, device.at(1))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
  });

  it('[DL2] goes far: large sequences and window after window', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    for (const seq of [1, 64, 65, 1_000, 4_000_000_000]) {
      const operation = device.at(seq, { low: seq });
      expect(await increase(storage, 'g', 1, operation)).toMatchObject({ ok: true, repeated: false });
      expect(await increase(storage, 'g', 1, operation)).toMatchObject({ ok: true, repeated: true });
    }
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 5 });
  });

  it('[DL2] refuses an unknown device and an older session, and executes nothing', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const stranger = operationsOf(999_999, 1);
    expect(await increase(storage, 'g', 1, stranger.at(1))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    const old = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, old.at(1));
    const login = await storage.devices.login({ userID: 'owner', device: old.device, now: START });
    expect(login).toMatchObject({ device: old.device, resumed: true });
    expect(await increase(storage, 'g', 1, old.at(2))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    const fresh = operationsOf(login.device, login.session);
    expect(await increase(storage, 'g', 1, fresh.at(1))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(storage, 'g', 1, fresh.at(2))).toMatchObject({ ok: true, repeated: false });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
  });

  it('[DL2] refuses a device that was logged out', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    await increase(storage, 'g', 1, device.at(1));
    await storage.devices.logout(device.device);
    expect(await increase(storage, 'g', 1, device.at(1))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    expect(await increase(storage, 'g', 1, device.at(2))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
  });

  it('[DL2] records long answers: many keys, deletions, whole groups', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const values = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at}${'k'.repeat(126)}`, at]));
    const long = { operation: device.at(1) };
    const set = await writeCounters(storage, 'g', setting(values), long);
    expect(await writeCounters(storage, 'g', setting(values), long)).toEqual(repeatOf(set));
    const deletion = await writeCounters(storage, 'g', deleting(Object.keys(values)), {
      operation: device.at(2),
    });
    expect(await writeCounters(storage, 'g', deleting([]), { operation: device.at(2) })).toEqual(
      repeatOf(deletion),
    );
    const reply = { text: 'x'.repeat(8_000), deep: [{ a: [null, true, 1.5] }] };
    const request = {
      groupID: 'g',
      userIDs: [],
      now: START,
      operation: device.at(3),
      decide: () => accept({}, reply),
    };
    await storage.groups.update(request);
    expect(await storage.groups.update(request)).toEqual({ ok: true, repeated: true, reply, events: [] });
    const profile = { userID: 'owner', now: START, operation: device.at(4), decide: () => accept({}, reply) };
    await storage.users.update(profile);
    expect(await storage.users.update(profile)).toEqual({ ok: true, repeated: true, reply, events: [] });
  });

  it('[DL2] has one window for all commands and groups', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await createGroup(storage, 'h');
    const device = await loginDevice(storage, 'owner');
    const names = ['g', 'h', 'h', 'g', 'g', 'h'];
    const write = (name: string, at: number) => increase(storage, name, 1, device.at(at + 1));
    const first = await Promise.all(names.map(write));
    expect(first.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(6);
    const again = await Promise.all(names.map(write));
    expect(again).toEqual(first.map(repeatOf));
    await storage.users.update({
      userID: 'owner',
      now: START,
      operation: device.at(7, { low: 7 }),
      decide: () => accept({}, 1),
    });
    expect(await increase(storage, 'g', 1, device.at(6))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    expect([await valuesOf(storage, 'g'), await valuesOf(storage, 'h')]).toEqual([
      { likes: 3 },
      { likes: 3 },
    ]);
  });

  it('[DL2] answers a repeat also when it would be refused by now', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    const device = await loginDevice(storage, 'bob');
    const write = () =>
      writeCounters(storage, 'g', increasing('likes', 1), {
        userID: 'bob',
        key: 'likes',
        operation: device.at(1),
      });
    const first = await write();
    await removeMember(storage, 'g', 'bob');
    expect(await write()).toEqual(repeatOf(first));
    await endGroup(storage, 'g');
    expect(await write()).toEqual(repeatOf(first));
  });
}

/** The outcome that a repeat must have, given the first one. */
function repeatOf(outcome: CounterOutcome | undefined): unknown {
  return { ...outcome, repeated: true, changes: { set: [], deleted: [] } };
}
