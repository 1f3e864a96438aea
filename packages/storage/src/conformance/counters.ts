import { INT64_MAX, INT64_MIN } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import {
  counterRequest,
  deleting,
  increase,
  increasing,
  setting,
  valuesOf,
  writeCounters,
} from './counter-deciders.ts';
import { createGroup, endGroup, removeMember } from './fixtures.ts';
import type { Subject } from './subject.ts';

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);
const EXACT = [
  0n,
  1n,
  -1n,
  2n ** 31n,
  -(2n ** 31n) - 1n,
  2n ** 32n + 1n,
  SAFE_MAX,
  SAFE_MAX + 1n,
  SAFE_MAX + 2n,
  -SAFE_MAX - 2n,
  2n ** 62n + 1n,
  INT64_MAX - 1n,
  INT64_MAX,
  INT64_MIN + 1n,
  INT64_MIN,
].map((value) =>
  BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value,
);

/** What counters hold and which versions they take. */
export function counters(subject: Subject): void {
  it.each(EXACT)('[GC3] keeps %s exactly', async (value) => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const outcome = await writeCounters(storage, 'g', setting({ likes: value }));
    expect(outcome).toMatchObject({
      ok: true,
      repeated: false,
      reply: { counters: [{ key: 'likes', value }] },
    });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: value });
    // What is decided on next is the same value, not what a column or a double made of it.
    const next = await increase(storage, 'g', 0);
    expect(next).toMatchObject({ ok: true, reply: { counters: [{ key: 'likes', value }], version: 2 } });
  });

  it('[GC3] refuses to leave int64 and changes nothing', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await writeCounters(storage, 'g', setting({ high: INT64_MAX, low: INT64_MIN }));
    expect(await increase(storage, 'g', 1, undefined, 'high')).toMatchObject({
      ok: false,
      error: 'COUNTER_OVERFLOW',
    });
    expect(await increase(storage, 'g', -1, undefined, 'low')).toMatchObject({
      ok: false,
      error: 'COUNTER_OVERFLOW',
    });
    expect(await valuesOf(storage, 'g')).toEqual({ high: INT64_MAX, low: INT64_MIN });
  });

  it('[GC2] takes any well-formed key', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const keys = [
      '__proto__',
      'constructor',
      ' ',
      "it's",
      '"',
      '\\',
      '👍',
      '\u{10FFFF}',
      'é',
      'e\u0301',
      '\u0001',
      'x'.repeat(128),
    ];
    const together = Object.fromEntries(keys.slice(1).map((key, at) => [key, at + 1]));
    await increase(storage, 'g', 100, undefined, '__proto__');
    await writeCounters(storage, 'g', setting(together));
    const { counters: kept } = await storage.groupCounters.read('g', 'owner', false);
    expect([...kept.keys()].sort()).toEqual([...keys].sort());
    expect(kept.get('__proto__')?.value).toBe(100);
  });

  it('[GC6] sets several keys together and leaves the others', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await writeCounters(storage, 'g', setting({ a: 1, b: 2, c: 3 }));
    await writeCounters(storage, 'g', setting({ b: -2, d: 4 }));
    const { counters: kept, version } = await storage.groupCounters.read('g', 'owner', false);
    expect(version).toBe(2);
    expect(Object.fromEntries(kept)).toEqual({
      a: { value: 1, version: 1 },
      b: { value: -2, version: 2 },
      c: { value: 3, version: 1 },
      d: { value: 4, version: 2 },
    });
  });

  it('[GC12] gives one version to every accepted operation and none to a refused one', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner']);
    const versions: unknown[] = [];
    for (const decide of [
      increasing('a', 1),
      setting({ a: 1, b: 1 }),
      increasing('a', 2n ** 63n),
      deleting(['b']),
    ]) {
      const outcome = await writeCounters(storage, 'g', decide);
      versions.push(outcome.ok ? outcome.reply.version : outcome.error);
    }
    expect(versions).toEqual([1, 2, 'COUNTER_OVERFLOW', 3]);
    expect(await versionOf(storage, 'g')).toBe(3);
  });

  it('[GC12] decides the requests of one call in order, each on what the one before left', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const outcomes = await storage.groupCounters.update([
      counterRequest('g', increasing('a', 5), { key: 'a' }),
      counterRequest('g', increasing('b', 2n ** 63n)),
      counterRequest('g', deleting(['a'])),
      counterRequest('g', increasing('a', 7), { key: 'a' }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.reply : outcome.error))).toEqual([
      { counters: [{ key: 'a', value: 5 }], version: 1 },
      'COUNTER_OVERFLOW',
      { counters: [], keyList: ['a'], version: 2 },
      { counters: [{ key: 'a', value: 7 }], version: 3 },
    ]);
    const { counters: kept, deleted } = await storage.groupCounters.read('g', 'owner', false);
    expect([...kept]).toEqual([['a', { value: 7, version: 3 }]]);
    expect([...deleted]).toEqual([]);
  });

  it('[GC11] tells with every outcome what it changed', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const set = await writeCounters(storage, 'g', setting({ a: 1, b: 2 }));
    expect(set).toMatchObject({
      ok: true,
      changes: {
        set: [
          { key: 'a', value: 1 },
          { key: 'b', value: 2 },
        ],
        deleted: [],
      },
    });
    const deletion = await writeCounters(storage, 'g', deleting(['a', 'c']));
    expect(deletion).toMatchObject({
      ok: true,
      reply: { keyList: ['a'] },
      changes: { set: [], deleted: ['a'] },
    });
  });

  it('[GC16] remembers the last 100 deleted keys and forgets one that is set again', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    for (let at = 0; at < 105; at += 1) {
      await increase(storage, 'g', 1, undefined, `k${at}`);
      await writeCounters(storage, 'g', deleting([`k${at}`]));
    }
    const before = await storage.groupCounters.read('g', 'owner', false);
    expect(before.deleted.size).toBe(100);
    expect(before.deleted.has('k4')).toBe(false);
    expect(before.deleted.get('k104')).toBe(210);
    await increase(storage, 'g', 1, undefined, 'k104');
    const after = await storage.groupCounters.read('g', 'owner', false);
    expect(after.deleted.has('k104')).toBe(false);
    expect(after.counters.get('k104')).toEqual({ value: 1, version: 211 });
  });

  it('[GC1] leaves the number of counters to the rules', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const twenty = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, at]));
    await writeCounters(storage, 'g', setting(twenty));
    const more = await writeCounters(storage, 'g', setting({ k0: 100, k20: 1 }));
    expect(more).toMatchObject({ ok: false, error: 'TOO_MANY_COUNTERS' });
    expect(await valuesOf(storage, 'g')).toEqual(twenty);
  });

  it('[GR4] [GC12] ends a group with its counters, and goes on with its versions when it is made again', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await writeCounters(storage, 'g', setting({ a: 1, b: 2 }));
    await writeCounters(storage, 'g', increasing('a', 1));
    await endGroup(storage, 'g');
    const ended = await storage.groupCounters.read('g', 'owner', false);
    expect(ended.group?.endedAt).toBeGreaterThan(0);
    expect(ended.counters.size).toBe(0);
    expect(await increase(storage, 'g', 1)).toMatchObject({ ok: false, error: 'GROUP_NOT_FOUND' });
    await createGroup(storage, 'g');
    const again = await storage.groupCounters.read('g', 'owner', false);
    expect([...again.counters]).toEqual([]);
    expect([...again.deleted]).toEqual([]);
    expect(again.version).toBeGreaterThanOrEqual(2);
    const outcome = await increase(storage, 'g', 5, undefined, 'a');
    expect(outcome).toMatchObject({ ok: true, reply: { counters: [{ key: 'a', value: 5 }] } });
    expect(outcome.ok && outcome.reply.version).toBe(again.version + 1);
  });

  it('[GC9] shows a rule who asks: his role while he is a member, nothing after', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    expect(await actorOf(storage, 'g', 'owner')).toEqual({
      userID: 'owner',
      isAdministrator: false,
      role: 'Owner',
    });
    expect(await actorOf(storage, 'g', 'bob')).toEqual({
      userID: 'bob',
      isAdministrator: false,
      role: 'Member',
    });
    await removeMember(storage, 'g', 'bob');
    expect(await actorOf(storage, 'g', 'bob')).toEqual({
      userID: 'bob',
      isAdministrator: false,
      role: undefined,
    });
    const late = await writeCounters(storage, 'g', increasing('a', 1), { userID: 'bob' });
    expect(late).toMatchObject({ ok: false, error: 'NOT_PERMITTED' });
    const { actor } = await storage.groupCounters.read('g', 'root', true);
    expect(actor).toEqual({ userID: 'root', isAdministrator: true, role: undefined });
  });

  it('[GR3] shows no group where there never was one', async () => {
    const { storage } = await subject.open();
    const read = await storage.groupCounters.read('nowhere', 'owner', false);
    expect(read).toMatchObject({ group: undefined, version: 0 });
    expect(await increase(storage, 'nowhere', 1)).toMatchObject({ ok: false, error: 'GROUP_NOT_FOUND' });
  });

  it('[SE1] takes a full batch of 256, of one group or of several', async () => {
    const { storage } = await subject.open();
    const names = subject.differs('oneGroupPerUpdate') ? ['a'] : ['a', 'b', 'c'];
    for (const name of names) await createGroup(storage, name);
    const requests = Array.from({ length: 256 }, (_, at) =>
      counterRequest(names[at % names.length] ?? 'a', increasing('n', 1), { key: 'n' }),
    );
    const outcomes = await storage.groupCounters.update(requests);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(256);
    const values = await Promise.all(names.map((name) => valuesOf(storage, name)));
    expect(values.reduce((sum, { n }) => sum + Number(n), 0)).toBe(256);
    if (!subject.differs('oneGroupPerUpdate')) return;
    const mixed = ['a', 'elsewhere'].map((groupID) =>
      counterRequest(groupID, increasing('n', 1), { key: 'n' }),
    );
    await expect(storage.groupCounters.update(mixed)).rejects.toThrow('one group');
    expect(await valuesOf(storage, 'a')).toEqual({ n: 256 });
  });
}

async function versionOf(storage: Storage, groupID: string): Promise<number> {
  return (await storage.groupCounters.read(groupID, 'owner', false)).version;
}

async function actorOf(storage: Storage, groupID: string, userID: string) {
  return (await storage.groupCounters.read(groupID, userID, false)).actor;
}
