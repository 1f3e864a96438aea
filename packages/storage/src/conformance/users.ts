import { accept, emptyProfile, refuse } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Outcome, Storage } from '../port.ts';
import { increase } from './counter-deciders.ts';
import { createGroup, kick, loginDevice, replyOf, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** Users and what ends their logins. */
export function users(subject: Subject): void {
  it('[US3] the first login registers a user; until then there is none', async () => {
    const { storage } = await subject.open();
    expect(await storage.users.read(['bob'])).toEqual(new Map());
    let shown: unknown = 'not asked';
    await storage.users.update({
      userID: 'bob',
      now: START,
      decide: (state) => {
        shown = state;
        return { ok: false, error: 'USER_NOT_FOUND' };
      },
    });
    expect(shown).toBeUndefined();
    await storage.devices.login({ userID: 'bob', now: START });
    const user = { userID: 'bob', profile: emptyProfile('bob'), seq: 0, signaturesFrom: 0 };
    expect(await storage.users.read(['bob', 'nobody'])).toEqual(new Map([['bob', user]]));
  });

  it('[US9] keeps a profile whole, whatever it holds', async () => {
    const { storage } = await subject.open();
    await storage.devices.login({ userID: 'bob', now: START });
    const profile = {
      ...emptyProfile('bob'),
      nick: 'Böb \u0000 \ud800 👍',
      birthday: 4_294_967_295,
      profileCustomField: [{ key: 'a', value: "'" }],
    };
    const by = { device: 1, seq: 1 };
    const outcome = await storage.users.update({
      userID: 'bob',
      now: START,
      decide: () =>
        accept({ profile }, profile, [{ scope: 'user:bob', event: { name: 'profileUpdated', profile, by } }]),
    });
    expect(replyOf(outcome)).toEqual(profile);
    expect(outcome).toMatchObject({ ok: true, repeated: false, events: [{ scope: 'user:bob', seq: 1 }] });
    expect((await storage.users.read(['bob'])).get('bob')).toEqual({
      userID: 'bob',
      profile,
      seq: 1,
      signaturesFrom: 0,
    });
    const [log] = await storage.log.read(
      [{ scope: 'user:bob', position: { epoch: storage.epoch, seq: 0 } }],
      10,
    );
    expect(log?.events?.[0]?.event).toEqual({ name: 'profileUpdated', profile, by });
  });

  it('a later login leaves the profile as it is', async () => {
    const { storage } = await subject.open();
    await storage.devices.login({ userID: 'bob', now: START });
    const profile = { ...emptyProfile('bob'), nick: 'Bob' };
    await storage.users.update({ userID: 'bob', now: START, decide: () => accept({ profile }, null) });
    await storage.devices.login({ userID: 'bob', now: START + 5 });
    expect((await storage.users.read(['bob'])).get('bob')?.profile.nick).toBe('Bob');
  });

  it("[US11] a kick ends all of the user's devices and older signatures, and nobody else's", async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    const [one, two, other] = [
      await loginDevice(storage, 'bob'),
      await loginDevice(storage, 'bob'),
      await loginDevice(storage, 'owner'),
    ];
    await increase(storage, 'g', 1, one.at(1));
    expect(await kick(storage, 'bob', START + 500)).toMatchObject({ ok: true });
    expect((await storage.users.read(['bob'])).get('bob')?.signaturesFrom).toBe(START + 500);
    expect(await ownersOf(storage, [one.device, two.device, other.device])).toEqual([
      undefined,
      undefined,
      'owner',
    ]);
    expect(await increase(storage, 'g', 1, one.at(1))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    expect(await increase(storage, 'g', 1, one.at(2))).toMatchObject({
      ok: false,
      error: 'OPERATION_CONFIRMED',
    });
    expect(await increase(storage, 'g', 1, other.at(1))).toMatchObject({ ok: true });
    expect(await kick(storage, 'nobody', START)).toMatchObject({ ok: false, error: 'USER_NOT_FOUND' });
  });

  it('[US13] one who is deleted is known no longer, and what he proved before goes on to be refused', async () => {
    const { storage } = await subject.open();
    const { device } = await loginDevice(storage, 'bob');
    await loginDevice(storage, 'ann');
    const profile = { ...emptyProfile('bob'), nick: 'Bob' };
    const event = { name: 'profileUpdated', profile } as const;
    const tellBob = () =>
      storage.users.update({
        userID: 'bob',
        now: START,
        decide: () => accept({ profile }, null, [{ scope: 'user:bob', event }]),
      });
    await tellBob();
    expect(await remove(storage, 'bob', START + 500)).toMatchObject({ ok: true, reply: null });
    expect([...(await storage.users.read(['bob', 'ann'])).keys()]).toEqual(['ann']);
    expect([await storage.users.signaturesFrom('bob'), await storage.users.signaturesFrom('ann')]).toEqual([
      START + 500,
      0,
    ]);
    expect(await storage.users.signaturesFrom('nobody')).toBe(0);
    expect(await ownersOf(storage, [device])).toEqual([undefined]);
    const position = { epoch: storage.epoch, seq: 0 };
    expect(await storage.log.read([{ scope: 'user:bob', position }], 9)).toEqual([
      { events: undefined, seq: 1 },
    ]);
    expect(await remove(storage, 'bob', START)).toMatchObject({ ok: false, error: 'USER_NOT_FOUND' });
    await storage.devices.login({ userID: 'bob', now: START + 600 });
    const anew = { userID: 'bob', profile: emptyProfile('bob'), seq: 1, signaturesFrom: START + 500 };
    expect(await storage.users.read(['bob'])).toEqual(new Map([['bob', anew]]));
    expect(await tellBob()).toMatchObject({ events: [{ seq: 2 }] });
  });

  it('[SE3] names that nobody can have find nobody', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', '\ufffd']);
    await loginDevice(storage, '\ufffd');
    for (const odd of ['a\u0000', '\u0000', '\ud800']) {
      expect((await storage.users.read([odd, '\ufffd'])).get(odd)).toBeUndefined();
      const state = await storage.groups.read('g', [odd]);
      expect([state.members.get(odd), state.applications.get(odd), state.users.has(odd)]).toEqual([
        undefined,
        undefined,
        false,
      ]);
      expect((await storage.groups.read(odd, ['owner'])).group).toBeUndefined();
      expect((await storage.groupCounters.read(odd, 'owner', false)).group).toBeUndefined();
      expect(await increase(storage, odd, 1)).toMatchObject({ ok: false, error: 'GROUP_NOT_FOUND' });
      expect(await storage.groups.members(odd, { offset: 0, count: 1 })).toEqual([]);
      expect(await storage.groups.roomDevices({ groupID: odd })).toEqual([]);
      const position = { epoch: storage.epoch, seq: 0 };
      expect(await storage.log.read([{ scope: `group:${odd}`, position }], 1)).toEqual([
        { events: [], seq: 0 },
      ]);
      const refused = await storage.groups.update({
        groupID: odd,
        userIDs: [odd],
        now: START,
        decide: ({ group }) => refuse(group ? 'INTERNAL' : 'GROUP_NOT_FOUND'),
      });
      expect(refused).toMatchObject({ ok: false, error: 'GROUP_NOT_FOUND' });
    }
  });

  it('[US3] many first logins of one user at once register him once', async () => {
    const { storage } = await subject.open();
    const logins = await Promise.all(
      Array.from({ length: 20 }, () => storage.devices.login({ userID: 'bob', now: START })),
    );
    expect(new Set(logins.map(({ device }) => device)).size).toBe(20);
    expect((await storage.users.read(['bob'])).size).toBe(1);
  });
}

/** The last step of deleting an account. */
function remove(storage: Storage, userID: string, now: number): Promise<Outcome<null>> {
  return storage.users.update({
    userID,
    now,
    decide: (state) =>
      state ? accept({ deleted: true, signaturesFrom: now }, null) : refuse('USER_NOT_FOUND'),
  });
}

function ownersOf(storage: Storage, devices: readonly number[]): Promise<(string | undefined)[]> {
  return Promise.all(devices.map((device) => storage.devices.owner(device)));
}
