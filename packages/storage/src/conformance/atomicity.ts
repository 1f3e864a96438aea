import { accept, refuse } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import {
  counterRequest,
  increase,
  increasing,
  refusing,
  type setting,
  throwing,
  valuesOf,
  writeCounters,
} from './counter-deciders.ts';
import { createGroup, loginDevice, memberRecord, replyOf, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** All of a decision is kept, or nothing. */
export function atomicity(subject: Subject): void {
  it('[DL2] a refusal leaves no version and no record, and may be decided again', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const operation = device.at(1);
    expect(await writeCounters(storage, 'g', refusing, { operation })).toMatchObject({
      ok: false,
      message: 'no',
    });
    const outcome = await increase(storage, 'g', 3, operation);
    expect(outcome).toMatchObject({ ok: true, repeated: false, reply: { version: 1 } });
  });

  it('a decide that throws leaves nothing and rejects its own request alone', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const settled = await Promise.allSettled([
      increase(storage, 'g', 1, device.at(1)),
      writeCounters(storage, 'g', throwing, { operation: device.at(2) }),
      increase(storage, 'g', 1, device.at(3)),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { message: 'a mistake in a rule' } });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 2 });
    const again = await increase(storage, 'g', 10, device.at(2));
    expect(again).toMatchObject({
      ok: true,
      repeated: false,
      reply: { counters: [{ key: 'likes', value: 12 }], version: 3 },
    });
  });

  it('a call that rejects for one of its requests keeps nothing of them', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const requests = [
      counterRequest('g', increasing('likes', 1), { key: 'likes', operation: device.at(1) }),
      counterRequest('g', throwing, { operation: device.at(2) }),
    ];
    await expect(storage.groupCounters.update(requests)).rejects.toThrow('a mistake in a rule');
    const again = await increase(storage, 'g', 1, device.at(1));
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1 });
    expect(again).toMatchObject({ ok: true, repeated: subject.differs('ownCommits'), reply: { version: 1 } });
  });

  it('a group update that throws or refuses changes no row, no number and no log', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    const before = await wholeState(storage);
    const base = { groupID: 'g', userIDs: ['bob'], now: START };
    const failing = storage.groups.update({
      ...base,
      decide: () => {
        throw new Error('a mistake in a rule');
      },
    });
    await expect(failing).rejects.toThrow('a mistake in a rule');
    const refused = await storage.groups.update({
      ...base,
      decide: () => refuse('NOT_PERMITTED', 'not you'),
    });
    expect(refused).toEqual({ ok: false, error: 'NOT_PERMITTED', message: 'not you' });
    expect(await wholeState(storage)).toEqual(before);
  });

  it('[DL4] a group update keeps rows, events of several scopes and its record together', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner']);
    const device = await loginDevice(storage, 'bob');
    const request = {
      groupID: 'g',
      userIDs: ['bob'],
      now: START,
      operation: device.at(1),
      decide: () =>
        accept(
          { members: [['bob', memberRecord('bob')]] as [string, ReturnType<typeof memberRecord>][] },
          { joined: ['bob'] },
          [
            {
              scope: 'user:bob' as const,
              event: {
                name: 'groupLeft' as const,
                groupID: 'other',
                reason: 'quit' as const,
                operatorID: 'bob',
              },
            },
            {
              scope: 'group:g' as const,
              event: { name: 'groupDismissed' as const, groupID: 'g', operatorID: 'owner' },
            },
          ],
        ),
    };
    const outcome = await storage.groups.update(request);
    expect(outcome).toMatchObject({ ok: true, repeated: false, reply: { joined: ['bob'] } });
    expect(outcome.ok && outcome.events.map(({ scope, seq }) => [scope, seq]).sort()).toEqual([
      ['group:g', 1],
      ['user:bob', 1],
    ]);
    const again = await storage.groups.update(request);
    expect(again).toEqual({ ok: true, repeated: true, reply: { joined: ['bob'] }, events: [] });
    const { group, members } = await storage.groups.read('g', ['bob']);
    expect([group?.seq, members.get('bob')]).toEqual([1, memberRecord('bob')]);
    expect((await storage.users.read(['bob'])).get('bob')?.seq).toBe(1);
  });

  it('a decide that is called again counts once', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    let calls = 0;
    const decide = (state: Parameters<ReturnType<typeof setting>>[0]) => {
      calls += 1;
      return increasing('a', 1)(state);
    };
    await Promise.all(Array.from({ length: 20 }, () => writeCounters(storage, 'g', decide)));
    expect(calls).toBeGreaterThanOrEqual(20);
    expect(await valuesOf(storage, 'g')).toEqual({ a: 20 });
  });

  it('[US9] texts are kept as they are, also such as a database column cannot hold', async () => {
    const { storage } = await subject.open();
    const odd = ['a\u0000b', '\ud800', "'); DROP TABLE groups; --", '👍'];
    for (const [at, name] of odd.entries()) {
      await createGroup(storage, `g${at}`, ['owner'], {
        name,
        groupCustomField: [{ key: name, value: name }],
      });
      const { group } = await storage.groups.read(`g${at}`, []);
      expect([group?.name, group?.groupCustomField]).toEqual([name, [{ key: name, value: name }]]);
    }
    const reply = replyOf(
      await storage.groups.update({ groupID: 'g0', userIDs: [], now: START, decide: () => accept({}, odd) }),
    );
    expect(reply).toEqual(odd);
  });
}

async function wholeState(storage: Storage) {
  const state = await storage.groups.read('g', ['owner', 'bob']);
  const [log] = await storage.log.read(
    [{ scope: 'group:g', position: { epoch: storage.epoch, seq: 0 } }],
    100,
  );
  return { state, log, members: await storage.groups.members('g', { offset: 0, count: 100 }) };
}
