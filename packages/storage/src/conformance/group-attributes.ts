import { accept, type GroupChanges } from '@muster/domain';
import type { LoggedEvent, Scope } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Operation, Outcome, Storage } from '../port.ts';
import { createGroup, endGroup, loginDevice, replyOf, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** The attributes of a group: kept with its other rows, and shown where they are asked for (GR5). */
export function groupAttributes(subject: Subject): void {
  it('[GR5] keeps them as they are, and shows them where they are asked for', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    expect(await attributesOf(storage, 'g')).toEqual([]);
    const odd = { b: '', a: 'Nä\'me "quoted" \u{1f600}', ['__proto__']: 'x'.repeat(4_000) };
    await put(storage, 'g', odd);
    expect(await attributesOf(storage, 'g')).toEqual(Object.entries(odd));
    expect((await storage.groups.read('g', [])).attributes).toBeUndefined();
    let seen: unknown[] = [];
    for (const attributes of [true, false]) {
      const decide: Parameters<typeof storage.groups.update>[0]['decide'] = (state) => {
        seen = [...seen, state.attributes && [...state.attributes]];
        return accept({}, null);
      };
      await storage.groups.update({ groupID: 'g', userIDs: [], attributes, now: START, decide });
    }
    expect(seen).toEqual([Object.entries(odd), undefined]);
    await put(storage, 'g', {});
    expect(await attributesOf(storage, 'g')).toEqual([]);
    expect(await attributesOf(storage, 'nowhere')).toEqual([]);
  });

  it('[GR5] leaves them where a change says nothing of them', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await put(storage, 'g', { a: '1' });
    await write(storage, 'g', { members: [['bob', null]], revokes: true });
    expect(await attributesOf(storage, 'g')).toEqual([['a', '1']]);
  });

  it('[GR5][DL4] numbers what is told of them in the log of the group', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const { device, next } = await loginDevice(storage, 'owner');
    const operation = next();
    const first = await put(storage, 'g', { a: '1' }, operation);
    const again = await put(storage, 'g', { a: '2' }, operation);
    expect([first, again]).toMatchObject([{ repeated: false }, { repeated: true, events: [] }]);
    expect(await attributesOf(storage, 'g')).toEqual([['a', '1']]);
    const scope: Scope = 'group:g';
    const position = { epoch: storage.epoch, seq: 0 };
    const [read] = await storage.log.read([{ scope, position }], 10);
    expect(read).toEqual({ seq: 1, events: [{ scope, seq: 1, event: told({ a: '1' }) }] });
    expect(device).toBeGreaterThan(0);
    expect((await storage.groups.readWithAttributes('g', [], [])).group?.seq).toBe(1);
  });

  it('[GR5] loses none of many writes at once', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
    await Promise.all(
      keys.map((key) =>
        storage.groups.update({
          groupID: 'g',
          userIDs: [],
          attributes: true,
          now: START,
          decide: ({ attributes }) => accept({ attributes: new Map(attributes).set(key, 'v') }, null),
        }),
      ),
    );
    expect((await attributesOf(storage, 'g')).map(([key]) => key).sort()).toEqual(keys.sort());
  });

  it.each([false, true])(
    '[GR4][GR5] has none of a group that ended, also when it is made again (maintained between: %s)',
    async (maintained) => {
      const { storage } = await subject.open();
      await createGroup(storage, 'g');
      await put(storage, 'g', { a: '1' });
      await endGroup(storage, 'g');
      expect(await attributesOf(storage, 'g')).toEqual([]);
      if (maintained) await storage.maintain(START + 10);
      await createGroup(storage, 'g', ['eve']);
      expect(await attributesOf(storage, 'g')).toEqual([]);
      await put(storage, 'g', { b: '2' });
      await storage.maintain(START + 20);
      expect(await attributesOf(storage, 'g')).toEqual([['b', '2']]);
    },
  );

  it('[DL1][GR5] has them after it was opened again', async () => {
    const opened = await subject.open();
    await createGroup(opened.storage, 'g');
    await put(opened.storage, 'g', { a: '1' });
    const storage = await opened.reopen();
    expect(await attributesOf(storage, 'g')).toEqual(subject.differs('volatile') ? [] : [['a', '1']]);
  });
}

async function attributesOf(storage: Storage, groupID: string): Promise<[string, string][]> {
  const { attributes } = await storage.groups.readWithAttributes(groupID, [], []);
  if (!attributes) throw new Error('The attributes were asked for and are not there.');
  return [...attributes];
}

function told(attributes: Record<string, string>): LoggedEvent {
  const groupAttributes = Object.entries(attributes).map(([key, value]) => ({ key, value }));
  const lists = { updatedKeyList: Object.keys(attributes), deletedKeyList: [] };
  return { name: 'groupAttributesUpdated', groupID: 'g', groupAttributes, ...lists };
}

async function put(
  storage: Storage,
  groupID: string,
  attributes: Record<string, string>,
  operation?: Operation,
): Promise<Outcome<null>> {
  const changes = { attributes: new Map(Object.entries(attributes)) };
  return write(storage, groupID, changes, { operation, event: told(attributes) });
}

async function write(
  storage: Storage,
  groupID: string,
  changes: GroupChanges,
  { operation, event }: { operation?: Operation | undefined; event?: LoggedEvent } = {},
): Promise<Outcome<null>> {
  const events = event ? [{ scope: `group:${groupID}` as const, event }] : [];
  const outcome = await storage.groups.update({
    groupID,
    userIDs: [],
    now: START,
    ...(operation && { operation }),
    decide: () => accept(changes, null, events),
  });
  replyOf(outcome);
  return outcome;
}
