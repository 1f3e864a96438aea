import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, rawDevice } from './device-setup.ts';

let muster: Muster;
let owner: RawDevice;

beforeAll(async () => {
  muster = await startMuster();
  owner = await rawDevice(muster, 'owner');
  await owner.write('createGroup', { type: 'Meeting', groupID: 'ops', name: 'ops' });
});
afterAll(() => muster.close());

const increase = (key: string, value = 1) => ({
  groupID: 'ops',
  mode: 'Increase' as const,
  counters: [{ key, value }],
});

async function member(userID: string): Promise<RawDevice> {
  const device = await rawDevice(muster, userID);
  await device.request('joinGroup', { groupID: 'ops' }, { operation: { seq: 1, low: 1 } });
  return device;
}

async function storedValue(key: string): Promise<unknown> {
  const answer = await owner.request('getGroupCounters', { groupID: 'ops', keyList: [key] });
  return answer.ok ? answer.output.counters[0]?.value : answer;
}

describe('operation ids of a device', () => {
  it('[DL2] the same id gives the original answer and changes nothing', async () => {
    const device = await member('twice');
    const operation = { seq: 2, low: 2 };
    const first = await device.request('updateGroupCounters', increase('twice'), { operation });
    const again = await device.request('updateGroupCounters', increase('twice'), { operation });
    expect(again).toEqual(first);
    expect(await storedValue('twice')).toBe(1);
  });

  it('[DL2] the same id with another content is 52002', async () => {
    const device = await member('differs');
    const operation = { seq: 2, low: 2 };
    await device.request('updateGroupCounters', increase('differs', 1), { operation });
    const other = await device.request('updateGroupCounters', increase('differs', 2), { operation });
    expect(other).toMatchObject({ ok: false, error: { code: 52002, retryable: false } });
    expect(await storedValue('differs')).toBe(1);
  });

  it('[DL2] a confirmed id is refused, never executed', async () => {
    const device = await member('confirmed');
    await device.request('updateGroupCounters', increase('confirmed'), { operation: { seq: 2, low: 2 } });
    await device.request('updateGroupCounters', increase('confirmed'), { operation: { seq: 3, low: 3 } });
    const late = await device.request('updateGroupCounters', increase('confirmed'), {
      operation: { seq: 2, low: 2 },
    });
    expect(late).toMatchObject({ ok: false, error: { code: 52003 } });
    expect(await storedValue('confirmed')).toBe(2);
  });

  it('[DL2] ids may arrive in any order within the window', async () => {
    const device = await member('shuffled');
    for (const seq of [9, 4, 65, 2, 33]) {
      const answer = await device.request('updateGroupCounters', increase('shuffled'), {
        operation: { seq, low: 2 },
      });
      expect(answer.ok).toBe(true);
    }
    expect(await storedValue('shuffled')).toBe(5);
  });

  it('[DL2] at most 64 are open', async () => {
    const device = await member('full');
    const answer = await device.request('updateGroupCounters', increase('full'), {
      operation: { seq: 66, low: 2 },
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 52004, retryable: true } });
  });

  it('[DL2] a refused write leaves no record and may be decided again', async () => {
    const device = await rawDevice(muster, 'outside');
    const operation = { seq: 2, low: 1 };
    const refused = await device.request('updateGroupCounters', increase('later'), { operation });
    expect(refused).toMatchObject({ ok: false, error: { code: 10007 } });
    await device.request('joinGroup', { groupID: 'ops' }, { operation: { seq: 1, low: 1 } });
    const taken = await device.request('updateGroupCounters', increase('later'), { operation });
    expect(taken).toMatchObject({ ok: true, output: { counters: [{ key: 'later', value: 1 }] } });
  });

  it('[DL2] long answers are kept too, over a reconnect of the same device', async () => {
    const first = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'keeper', userSig: muster.userSig('keeper') };
    const { device } = await first.login(who);
    const operation = { seq: 1, low: 1 };
    const input = { type: 'Public' as const, name: 'made once' };
    const made = await first.request('createGroup', input, { operation });
    first.terminate();
    const second = await RawDevice.connect(muster.proxyServer);
    expect((await second.login(who, { device })).resumed).toBe(true);
    expect(await second.request('createGroup', input, { operation })).toEqual(made);
    const list = await second.request('getGroupList', {});
    expect(list.ok && list.output.groups.length).toBe(1);
  });

  it('[DL2] a login of a device ends its older connection', async () => {
    const first = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'moved', userSig: muster.userSig('moved') };
    const { device } = await first.login(who);
    const second = await RawDevice.connect(muster.proxyServer);
    await second.login(who, { device });
    expect(await first.closed).toBe(4002);
  });

  it("[DL2] a device number is bound to its user: another's gets a new one", async () => {
    const first = await RawDevice.connect(muster.proxyServer);
    const mine = await first.login({
      SDKAppID: muster.SDKAppID,
      userID: 'mine',
      userSig: muster.userSig('mine'),
    });
    const second = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'thief', userSig: muster.userSig('thief') };
    const theirs = await second.login(who, { device: mine.device });
    expect(theirs.resumed).toBe(false);
    expect(theirs.device).not.toBe(mine.device);
  });
});

describe('a fault outside of a handler', () => {
  it('[SE2] is answered, and ends neither the connection nor the server', async () => {
    const device = await rawDevice(muster, 'faulty');
    const { storage } = muster.server().app;
    const { read } = storage.users;
    storage.users.read = async (userIDs) => {
      const users = await read(userIDs);
      // No JSON can hold it, so that the answer cannot be written.
      for (const user of users.values()) Object.assign(user.profile, { level: 1n });
      return users;
    };
    const answer = await device.request('getUserProfile', { userIDList: ['faulty'] });
    expect(answer).toMatchObject({ ok: false, error: { code: 10002, retryable: true } });
    storage.users.read = read;
    expect((await device.request('getUserProfile', { userIDList: ['faulty'] })).ok).toBe(true);
  });
});

describe("an app's own operation ids", () => {
  it('[DL2] make a repeat over HTTP exactly-once by Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'order-17' };
    await post(muster, 'http', 'joinGroup', { groupID: 'ops' });
    const first = await post(muster, 'http', 'updateGroupCounters', increase('http'), headers);
    const again = await post(muster, 'http', 'updateGroupCounters', increase('http'), headers);
    expect(first).toMatchObject({ status: 200, body: { counters: [{ key: 'http', value: 1 }] } });
    expect(again.body).toEqual(first.body);
    const other = await post(muster, 'http', 'updateGroupCounters', increase('http', 5), headers);
    expect(other).toMatchObject({ status: 409, body: { code: 52002 } });
    expect(await storedValue('http')).toBe(1);
  });

  it('[DL2] hold for a kick too: a repeat ends no later login', async () => {
    await rawDevice(muster, 'target');
    const headers = { 'idempotency-key': 'kick-1' };
    const kick = () => post(muster, 'administrator', 'kickUser', { userID: 'target' }, headers);
    expect((await kick()).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const later = await rawDevice(muster, 'target');
    expect((await kick()).status).toBe(200);
    expect((await later.request('getGroupList', {})).ok).toBe(true);
    const other = await post(muster, 'administrator', 'kickUser', { userID: 'owner' }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: 52002 } });
  });

  it("[DL2] are a user's own: another user's key of the same name is another operation", async () => {
    const headers = { 'idempotency-key': 'same-name' };
    for (const userID of ['left', 'right']) {
      await post(muster, userID, 'joinGroup', { groupID: 'ops' });
      await post(muster, userID, 'updateGroupCounters', increase('both'), headers);
    }
    expect(await storedValue('both')).toBe(2);
  });

  it('[DL2] hold over the socket and over HTTP alike', async () => {
    const device = await member('either');
    await device.request('updateGroupCounters', increase('either'), {
      operation: { seq: 2, low: 2 },
      operationID: 'once',
    });
    await device.request('updateGroupCounters', increase('either'), {
      operation: { seq: 3, low: 3 },
      operationID: 'once',
    });
    await post(muster, 'either', 'updateGroupCounters', increase('either'), { 'idempotency-key': 'once' });
    expect(await storedValue('either')).toBe(1);
  });

  it('[DL2] a key that is no 1 to 64 bytes is refused', async () => {
    const answer = await post(muster, 'http', 'updateGroupCounters', increase('http'), {
      'idempotency-key': 'x'.repeat(65),
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 6017 } });
  });
});
