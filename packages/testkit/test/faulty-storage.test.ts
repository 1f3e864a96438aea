import { accept, emptyProfile, pairChat } from '@muster/domain';
import { openMemory, type Storage } from '@muster/storage';
import { expect, it } from 'vitest';

import { faultyStorage, InjectedFault } from '../src/faulty-storage.ts';

const login = (storage: Storage, userID: string) => storage.devices.login({ userID, now: 1 });
const endLogins = (storage: Storage, userID: string) =>
  storage.users.update({ userID, now: 5, decide: () => accept({ signaturesFrom: 5 }, null) });
const knows = async (storage: Storage, userID: string) => (await storage.users.read([userID])).has(userID);

it('a fault before the write leaves nothing, one after it hides the answer only', async () => {
  const { storage, faults } = faultyStorage(openMemory());
  faults.fail({ at: 'before', method: 'devices.login' });
  faults.fail({ at: 'after', times: 2 });
  await expect(login(storage, 'a')).rejects.toThrow(InjectedFault);
  await expect(login(storage, 'b')).rejects.toThrow('after devices.login');
  await expect(endLogins(storage, 'b')).rejects.toThrow('after users.update');
  expect(await login(storage, 'c')).toMatchObject({ resumed: false });
  expect([await knows(storage, 'a'), await knows(storage, 'b'), faults.failures]).toEqual([false, true, 3]);
  expect((await storage.users.read(['b'])).get('b')?.signaturesFrom).toBe(5);
});

it('what is held waits, and nothing else', async () => {
  const { storage, faults } = faultyStorage(openMemory());
  const release = faults.hold('devices.login');
  const waiting = login(storage, 'a');
  await storage.users.update({
    userID: 'b',
    now: 1,
    decide: () => ({ ok: true, changes: { profile: emptyProfile('b') }, events: [], reply: 1 }),
  });
  expect([await knows(storage, 'a'), faults.held]).toEqual([false, 1]);
  release();
  await waiting;
  expect([await knows(storage, 'a'), faults.held]).toEqual([true, 0]);
});

it('a write of conversations fails like any other, and its reads do not', async () => {
  const { storage, faults } = faultyStorage(openMemory());
  const message = { chat: pairChat('a', 'b'), sequenceList: [1] };
  const forget = () =>
    storage.conversations.update({
      userIDs: ['a'],
      conversations: [],
      now: 1,
      decide: () => accept({ deletedMessages: { userID: 'a', ...message } }, 'deleted'),
    });
  faults.fail({ at: 'after', method: 'conversations.update' });
  await login(storage, 'a');
  await expect(forget()).rejects.toThrow('after conversations.update');
  expect(await storage.conversations.mirror('a')).toMatchObject({ conversations: [] });
  expect(await forget()).toMatchObject({ ok: true, reply: 'deleted' });
});

it('a hook decides over each write, until all is cleared', async () => {
  const { storage, faults } = faultyStorage(openMemory());
  const seen: string[] = [];
  faults.intercept((method, at) => {
    seen.push(`${at} ${method}`);
    if (at === 'after') throw new Error('the cable was cut');
  });
  await expect(login(storage, 'a')).rejects.toThrow('the cable was cut');
  expect(seen).toEqual(['before devices.login', 'after devices.login']);
  const release = faults.hold();
  faults.fail({ at: 'before' });
  faults.clear();
  await login(storage, 'a');
  release();
});
