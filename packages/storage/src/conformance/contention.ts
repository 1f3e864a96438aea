import { accept, refuse } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { increase, increasing, valuesOf, writeCounters } from './counter-deciders.ts';
import { createGroup, groupRecord, loginDevice, memberRecord, removeMember, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** Many at once: every write counts, each once, in one order. */
export function contention(subject: Subject): void {
  it('[GC17] 1,000 concurrent increases by 1 give the numbers 1 to 1,000, each once', {
    timeout: 60_000,
  }, async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const devices = await Promise.all(Array.from({ length: 20 }, () => loginDevice(storage, 'owner')));
    const calls = devices.flatMap((device) =>
      Array.from({ length: 50 }, () => increase(storage, 'g', 1, device.next())),
    );
    const outcomes = await Promise.all(calls);
    const replies = outcomes.map((outcome) => (outcome.ok ? outcome.reply : undefined));
    const numbers = Array.from({ length: 1_000 }, (_, at) => at + 1);
    expect(replies.map((reply) => Number(reply?.counters[0]?.value)).sort((a, b) => a - b)).toEqual(numbers);
    expect(replies.map((reply) => Number(reply?.version)).sort((a, b) => a - b)).toEqual(numbers);
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 1_000 });
  });

  it('[DL2] the writes of one device are kept in the order in which it sent them', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, () => increase(storage, 'g', 1, device.next())),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.reply.version)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
  });

  it('many devices write to many groups at once', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    const groupIDs = Array.from({ length: 8 }, (_, at) => `g${at}`);
    for (const groupID of groupIDs) await createGroup(storage, groupID);
    const devices = await Promise.all(Array.from({ length: 10 }, () => loginDevice(storage, 'owner')));
    const writes = devices.flatMap((device, shift) =>
      Array.from({ length: 40 }, (_, at) => {
        const groupID = groupIDs[(at * 3 + shift) % groupIDs.length] ?? 'g0';
        return { groupID, operation: device.at(at + 1) };
      }),
    );
    const send = () =>
      Promise.all(writes.map(({ groupID, operation }) => increase(storage, groupID, 1, operation)));
    const first = await send();
    const second = await send();
    expect(second.map((outcome) => outcome.ok && [outcome.repeated, outcome.reply])).toEqual(
      first.map((outcome) => outcome.ok && [true, outcome.reply]),
    );
    const values = await Promise.all(groupIDs.map((groupID) => valuesOf(storage, groupID)));
    expect(values.reduce((sum, { likes = 0 }) => sum + Number(likes), 0)).toBe(400);
  });

  it('[GR2] concurrent joins are all counted', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const userIDs = Array.from({ length: 50 }, (_, at) => `user-${at}`);
    await Promise.all(userIDs.map((userID) => join(storage, 'g', userID)));
    const { group } = await storage.groups.read('g', []);
    expect(group?.memberCount).toBe(51);
    expect(await storage.groups.members('g', { offset: 0, count: 100 })).toHaveLength(51);
    const [log] = await storage.log.read(
      [{ scope: 'group:g', position: { epoch: storage.epoch, seq: 0 } }],
      100,
    );
    expect(log?.events?.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });

  it('[GR3] of concurrent creations of one groupID exactly one wins', async () => {
    const { storage } = await subject.open();
    const userIDs = Array.from({ length: 20 }, (_, at) => `user-${at}`);
    const outcomes = await Promise.all(userIDs.map((userID) => create(storage, 'g', userID)));
    const winners = userIDs.filter((_, at) => outcomes[at]?.ok);
    expect(winners).toHaveLength(1);
    const { group } = await storage.groups.read('g', []);
    expect([group?.ownerID, group?.memberCount, group?.generation]).toEqual([winners[0], 1, 1]);
    expect(await storage.groups.members('g', { offset: 0, count: 100 })).toHaveLength(1);
  });

  it('joins and counter writes of one group do not disturb each other', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    const work = Array.from({ length: 30 }, (_, at) => [
      increase(storage, 'g', 1, device.next()),
      join(storage, 'g', `user-${at}`),
    ]).flat();
    const outcomes = await Promise.all<{ ok: boolean }>(work);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 30 });
    const { group } = await storage.groups.read('g', []);
    expect([group?.memberCount, group?.countersVersion]).toEqual([31, 30]);
  });

  it('[GC9] no increase is kept after the removal of its user was answered', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    const write = () => writeCounters(storage, 'g', increasing('n', 1), { userID: 'bob', key: 'n' });
    await write();
    const early = Array.from({ length: 10 }, write);
    await removeMember(storage, 'g', 'bob');
    const late = await Promise.all(Array.from({ length: 10 }, write));
    expect(late.map((outcome) => outcome.ok || outcome.error)).toEqual(Array(10).fill('NOT_PERMITTED'));
    const kept = (await Promise.all(early)).filter((outcome) => outcome.ok).length + 1;
    expect(await valuesOf(storage, 'g')).toEqual({ n: kept });
  });
}

function join(storage: Storage, groupID: string, userID: string) {
  return storage.groups.update({
    groupID,
    userIDs: [userID],
    now: START,
    decide: ({ group }) => {
      if (!group) return refuse('GROUP_NOT_FOUND');
      const memberCount = group.memberCount + 1;
      const event = {
        name: 'groupMembersUpdated',
        groupID,
        memberCount,
        joined: [userID],
        left: [],
        roles: [],
      } as const;
      return accept(
        { group: { ...group, memberCount }, members: [[userID, memberRecord(userID)]] },
        memberCount,
        [
          {
            scope: `group:${groupID}`,
            event: { ...event, joined: [userID], left: [], roles: [], operatorID: userID },
          },
        ],
      );
    },
  });
}

function create(storage: Storage, groupID: string, userID: string) {
  return storage.groups.update({
    groupID,
    userIDs: [userID],
    now: START,
    decide: ({ group }) => {
      if (group) return refuse('GROUP_ID_TAKEN');
      const members: [string, ReturnType<typeof memberRecord>][] = [[userID, memberRecord(userID, 'Owner')]];
      return accept({ group: groupRecord(groupID, { ownerID: userID }), members }, 'created');
    },
  });
}
