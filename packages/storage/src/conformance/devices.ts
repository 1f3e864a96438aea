import { LIMITS } from '@muster/protocol';
import { expect, it } from 'vitest';
import { increase, valuesOf } from './counter-deciders.ts';
import { createGroup, HOUR, loginDevice, operationsOf, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

const KEPT = LIMITS.device_kept_ms.value;

/** Devices: their numbers, their sessions and how long they are known. */
export function devices(subject: Subject): void {
  it('[DL2] gives every new device a number of its own, from 1 on', async () => {
    const { storage } = await subject.open();
    const one = await storage.devices.login({ userID: 'bob', now: START });
    const two = await storage.devices.login({ userID: 'bob', now: START });
    const three = await storage.devices.login({ userID: 'eve', now: START });
    const numbers = [one, two, three].map(({ device }) => device);
    expect(new Set(numbers).size).toBe(3);
    expect(numbers.every((device) => Number.isSafeInteger(device) && device >= 1)).toBe(true);
    expect([one.resumed, two.resumed, three.resumed]).toEqual([false, false, false]);
    expect(await storage.devices.owner(three.device)).toBe('eve');
    expect(await storage.devices.owner(999_999)).toBeUndefined();
  });

  it('[US6] a device that comes back keeps its number and the time of its first login; its session rises', async () => {
    const { storage } = await subject.open();
    const first = await storage.devices.login({ userID: 'bob', now: START });
    expect(first.since).toBe(START);
    const again = await storage.devices.login({ userID: 'bob', device: first.device, now: START + HOUR });
    expect(again).toMatchObject({ device: first.device, resumed: true, since: START });
    expect(again.session).toBeGreaterThan(first.session);
    const once = await storage.devices.login({ userID: 'bob', device: first.device, now: START + HOUR });
    expect(once.session).toBeGreaterThan(again.session);
  });

  it('[SE3] a device of somebody else, or one unknown, is not given out', async () => {
    const { storage } = await subject.open();
    const bob = await storage.devices.login({ userID: 'bob', now: START });
    const eve = await storage.devices.login({ userID: 'eve', device: bob.device, now: START });
    expect(eve.resumed).toBe(false);
    expect(eve.device).not.toBe(bob.device);
    expect(await storage.devices.owner(bob.device)).toBe('bob');
    const unknown = await storage.devices.login({ userID: 'eve', device: 999_999, now: START });
    expect(unknown.resumed).toBe(false);
    expect(unknown.device).not.toBe(999_999);
  });

  it('[DL2] a number is never given twice, also after a logout', async () => {
    const opened = await subject.open();
    const numbers = new Set<number>();
    for (let at = 0; at < 5; at += 1) {
      const { device } = await opened.storage.devices.login({ userID: 'bob', now: START });
      await opened.storage.devices.logout(device);
      numbers.add(device);
    }
    expect(numbers.size).toBe(5);
    if (subject.differs('volatile')) return;
    const storage = await opened.reopen();
    const { device } = await storage.devices.login({ userID: 'bob', now: START });
    expect(numbers.has(device)).toBe(false);
  });

  it('[DL2] two logins of one device at once get different sessions, and the higher one goes on', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const { device } = await loginDevice(storage, 'owner');
    const logins = await Promise.all(
      Array.from({ length: 10 }, () => storage.devices.login({ userID: 'owner', device, now: START })),
    );
    const sessions = logins.map(({ session }) => session).sort((a, b) => a - b);
    expect(new Set(sessions).size).toBe(10);
    for (const [at, session] of sessions.entries()) {
      const outcome = await increase(storage, 'g', 1, operationsOf(device, session).at(at + 1));
      expect(outcome.ok).toBe(at === 9);
    }
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1 });
  });

  it('[DL2] [US11] a device is forgotten 7 days after its last contact, and refused from then on', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const [quiet, seen] = [await loginDevice(storage, 'owner'), await loginDevice(storage, 'owner')];
    await increase(storage, 'g', 1, quiet.at(1));
    await storage.devices.seen([seen.device, 999_999], START + KEPT - HOUR);
    await storage.maintain(START + KEPT - HOUR);
    expect(await storage.devices.owner(quiet.device)).toBe('owner');
    await storage.maintain(START + KEPT + HOUR);
    expect(await storage.devices.owner(quiet.device)).toBeUndefined();
    expect(await storage.devices.owner(seen.device)).toBe('owner');
    expect(await increase(storage, 'g', 1, quiet.at(1))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    expect(await increase(storage, 'g', 1, seen.at(1))).toMatchObject({ ok: true });
    const back = await storage.devices.login({
      userID: 'owner',
      device: quiet.device,
      now: START + KEPT + HOUR,
    });
    expect(back.resumed).toBe(false);
    expect(back.device).not.toBe(quiet.device);
  });

  it('logging out a device that is unknown does nothing', async () => {
    const { storage } = await subject.open();
    expect(await storage.devices.logout(999_999)).toEqual([]);
    await storage.devices.seen([], START);
  });
}
