import { accept, refuse } from '@muster/domain';
import { LIMITS } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Operation, Storage } from '../port.ts';
import {
  counterRequest,
  increase,
  increasing,
  refusing,
  valuesOf,
  writeCounters,
} from './counter-deciders.ts';
import { createGroup, DAY, HOUR, loginDevice, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** An app's own operation ids: exactly once for 24 hours, or the user's next 10,000 (DL2). */
export function appOperations(subject: Subject): void {
  it('[DL2] gives the recorded answer to the same id of the same user', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    const first = await increase(storage, 'g', 5, app('order-1'));
    const again = await increase(storage, 'g', 5, app('order-1'));
    expect(again).toEqual({ ...first, repeated: true, changes: { set: [], deleted: [] } });
    expect(await increase(storage, 'g', 5, app('order-1', 'bob'))).toMatchObject({
      ok: true,
      repeated: false,
    });
    const other = await increase(storage, 'g', 6, { ...app('order-1'), hash: 2 });
    expect(other).toMatchObject({ ok: false, error: 'OPERATION_CONTENT_DIFFERS' });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 10 });
  });

  it('[DL2] decides a refused id again', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await writeCounters(storage, 'g', refusing, { operation: app('a') });
    expect(await increase(storage, 'g', 1, app('a'))).toMatchObject({ ok: true, repeated: false });
    const base = { userID: 'owner', now: START, operation: app('b') };
    await storage.users.update({ ...base, decide: () => refuse('NOT_PERMITTED') });
    expect(await storage.users.update({ ...base, decide: () => accept({}, 7) })).toMatchObject({
      ok: true,
      reply: 7,
    });
  });

  it('[DL2] knows the id whichever device sends it, and each device its own operation', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const [one, other] = [await loginDevice(storage, 'owner'), await loginDevice(storage, 'owner')];
    const both = (device: Operation): Operation => ({ ...device, ...app('pay') });
    const first = await increase(storage, 'g', 5, both(one.at(1)));
    expect(first).toMatchObject({ ok: true, repeated: false });
    const reply = first.ok && first.reply;
    expect(await increase(storage, 'g', 5, both(other.at(1)))).toMatchObject({
      ok: true,
      repeated: true,
      reply,
    });
    expect(await increase(storage, 'g', 5, both(one.at(2)))).toMatchObject({
      ok: true,
      repeated: true,
      reply,
    });
    expect(await increase(storage, 'g', 5, one.at(1))).toMatchObject({ ok: true, repeated: true, reply });
    expect(await valuesOf(storage, 'g')).toEqual({ likes: 5 });
  });

  it('[DL2] decides an id once that comes many times at once', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await createGroup(storage, 'h');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) => increase(storage, at % 2 ? 'g' : 'h', 1, app('once'))),
    );
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(1);
    const sum = await sumOf(storage, ['g', 'h']);
    expect(sum).toBe(1);
  });

  it('[DL2] keeps an id for 24 hours, and then forgets it', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await increase(storage, 'g', 1, app('a'));
    await storage.maintain(START + DAY - HOUR);
    expect(await increase(storage, 'g', 1, app('a'))).toMatchObject({ ok: true, repeated: true });
    await storage.maintain(START + DAY + HOUR);
    expect(await increase(storage, 'g', 1, app('a'))).toMatchObject({ ok: true, repeated: false });
  });

  it("[DL2] keeps a user's last 10,000 ids", { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await increase(storage, 'g', 1, app('first', 'bob'));
    const total = LIMITS.operationIDs_perUser_max.value + 100;
    for (let from = 0; from < total; from += 100) await hundred(storage, from);
    await storage.maintain(START + HOUR);
    const [oldest, kept] = [app('0'), app('100')];
    expect(await increase(storage, 'g', 1, kept)).toMatchObject({ ok: true, repeated: true });
    expect(await increase(storage, 'g', 1, app('first', 'bob'))).toMatchObject({ ok: true, repeated: true });
    expect(await increase(storage, 'g', 1, oldest)).toMatchObject({ ok: true, repeated: false });
  });
}

function app(operationID: string, userID = 'owner'): Operation {
  return { app: { userID, operationID }, hash: 1 };
}

/** A hundred writes in one call; each a little later than the one before. */
async function hundred(storage: Storage, from: number): Promise<void> {
  const requests = Array.from({ length: 100 }, (_, at) =>
    counterRequest('g', increasing('likes', 1), {
      key: 'likes',
      operation: app(String(from + at)),
      now: START + from + at,
    }),
  );
  await storage.groupCounters.update(requests);
}

async function sumOf(storage: Storage, groupIDs: readonly string[]): Promise<number> {
  const values = await Promise.all(groupIDs.map((groupID) => valuesOf(storage, groupID)));
  return values.reduce((sum, { likes = 0 }) => sum + Number(likes), 0);
}
