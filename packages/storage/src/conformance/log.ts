import { accept } from '@muster/domain';
import { LIMITS, type Scope } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { LogRead, Storage } from '../port.ts';
import { createGroup, HOUR, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

const KEPT = LIMITS.logKept_perScope_events.value;

/** Logged events: numbered within their scope, in the order of commits (DL4). */
export function log(subject: Subject): void {
  it('[DL4] numbers the events of a scope consecutively and reads them after a position', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await tell(storage, 'g', ['group:g', 'group:g', 'user:bob']);
    await tell(storage, 'g', ['group:g', 'user:eve', 'user:bob']);
    expect(await numbers(storage, 'group:g', 0)).toEqual({ events: [1, 2, 3], seq: 3 });
    expect(await numbers(storage, 'user:bob', 0)).toEqual({ events: [1, 2], seq: 2 });
    expect(await numbers(storage, 'group:g', 2)).toEqual({ events: [3], seq: 3 });
    expect(await numbers(storage, 'group:g', 3)).toEqual({ events: [], seq: 3 });
  });

  it('[DL4] reads at most as many as asked for, the oldest first, and several scopes together', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    for (let at = 0; at < 5; at += 1) await tell(storage, 'g', ['group:g', 'user:bob']);
    expect(await numbers(storage, 'group:g', 1, 2)).toEqual({ events: [2, 3], seq: 5 });
    const { epoch } = storage;
    const read = await storage.log.read(
      [
        { scope: 'user:bob', position: { epoch, seq: 4 } },
        { scope: 'user:nobody', position: { epoch, seq: 0 } },
        { scope: 'group:g', position: { epoch, seq: 0 } },
        { scope: 'group:g', position: { epoch, seq: 4 } },
      ],
      3,
    );
    expect(read.map(numbersOf)).toEqual([
      { events: [5], seq: 5 },
      { events: [], seq: 0 },
      { events: [1, 2, 3], seq: 5 },
      { events: [5], seq: 5 },
    ]);
    expect(await storage.log.read([], 3)).toEqual([]);
  });

  it('[DL4] keeps an event as it was told', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const event = {
      name: 'groupMembersUpdated' as const,
      groupID: 'g',
      memberCount: 2,
      joined: ['bob', "o'neil\u0000\ud800"],
      left: [],
      roles: [{ userID: 'bob', role: 'Admin' as const }],
      operatorID: 'owner',
      by: { device: 7, seq: 9 },
    };
    const told = await storage.groups.update({
      groupID: 'g',
      userIDs: [],
      now: START,
      decide: () => accept({}, null, [{ scope: 'group:g', event }]),
    });
    expect(told).toMatchObject({ ok: true, events: [{ scope: 'group:g', seq: 1, event }] });
    const [read] = await storage.log.read(
      [{ scope: 'group:g', position: { epoch: storage.epoch, seq: 0 } }],
      10,
    );
    expect(read?.events).toEqual([{ scope: 'group:g', seq: 1, event }]);
  });

  it('[DL4] does not know a position of another epoch or one that is ahead', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await tell(storage, 'g', ['group:g']);
    expect(await numbers(storage, 'group:g', 2)).toEqual({ events: undefined, seq: 1 });
    expect(await numbers(storage, 'user:nobody', 1)).toEqual({ events: undefined, seq: 0 });
    const [other] = await storage.log.read(
      [{ scope: 'group:g', position: { epoch: 'another', seq: 1 } }],
      10,
    );
    expect(other).toEqual({ events: undefined, seq: 1 });
  });

  it('[SE1] keeps the last 1,000 events of a scope, and says when it cannot tell all', {
    timeout: 60_000,
  }, async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const scopes: Scope[] = Array.from({ length: 100 }, () => 'group:g');
    for (let at = 0; at * scopes.length < KEPT + 100; at += 1) await tell(storage, 'g', scopes);
    await tell(storage, 'g', ['user:bob']);
    await storage.maintain(START + HOUR);
    const seq = KEPT + 100;
    expect(await numbers(storage, 'group:g', 99)).toEqual({ events: undefined, seq });
    expect(await numbers(storage, 'group:g', 100, 2)).toEqual({ events: [101, 102], seq });
    expect(await numbers(storage, 'group:g', seq)).toEqual({ events: [], seq });
    expect(await numbers(storage, 'user:bob', 0)).toEqual({ events: [1], seq: 1 });
  });

  it('[GR3] the numbers of a group go on when it is made again', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await tell(storage, 'g', ['group:g', 'group:g']);
    await storage.groups.update({
      groupID: 'g',
      userIDs: [],
      now: START,
      decide: ({ group }) =>
        accept({ ...(group && { group: { ...group, endedAt: START } }), revokes: true }, null),
    });
    await createGroup(storage, 'g');
    await tell(storage, 'g', ['group:g']);
    const { seq } = await numbers(storage, 'group:g', 2);
    expect(seq).toBe(3);
  });

  it('[US9] a user has his log before he ever logs in, and keeps it', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await tell(storage, 'g', ['user:bob']);
    await storage.devices.login({ userID: 'bob', now: START });
    expect((await storage.users.read(['bob'])).get('bob')?.seq).toBe(1);
    await tell(storage, 'g', ['user:bob']);
    expect(await numbers(storage, 'user:bob', 0)).toEqual({ events: [1, 2], seq: 2 });
  });
}

/** Tells one event to each of the scopes, in one update of the group. */
async function tell(storage: Storage, groupID: string, scopes: readonly Scope[]): Promise<void> {
  const events = scopes.map((scope) => ({
    scope,
    event: { name: 'groupDismissed' as const, groupID, operatorID: 'owner' },
  }));
  await storage.groups.update({ groupID, userIDs: [], now: START, decide: () => accept({}, null, events) });
}

async function numbers(storage: Storage, scope: Scope, seq: number, count = 10_000) {
  const [read] = await storage.log.read([{ scope, position: { epoch: storage.epoch, seq } }], count);
  if (!read) throw new Error('The log gave nothing.');
  return numbersOf(read);
}

function numbersOf({ events, seq }: LogRead) {
  return { events: events?.map((event) => event.seq), seq };
}
