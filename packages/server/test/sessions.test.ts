import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice } from './device-setup.ts';

describe('sessions', () => {
  let muster: Muster;
  let time = 0;

  beforeEach(async () => {
    time = Date.now();
    muster = await startMuster({ now: () => time });
  });
  afterEach(() => muster.close());

  const who = (userID: string) => ({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });

  it('[US3] the first login registers the user', async () => {
    const ann = await rawDevice(muster, 'ann');
    const before = await ann.request('getUserProfile', { userIDList: ['ann', 'nobody'] });
    expect(before).toMatchObject({ ok: true, output: { profiles: [{ userID: 'ann' }] } });
  });

  it('[US5] a login of the same user goes on, of another is refused and changes nothing', async () => {
    const ann = await rawDevice(muster, 'ann');
    const repeated = await ann.request('login', { protocol: 1, ...who('ann') });
    expect(repeated).toMatchObject({ ok: true, output: { snapshot: null, resumed: true } });
    const other = await ann.request('login', { protocol: 1, ...who('bob') });
    expect(other).toMatchObject({ ok: false, error: { code: 2025 } });
    expect((await ann.request('getGroupList', {})).ok).toBe(true);
  });

  it('[US6] the eleventh device ends the one that logged in first', async () => {
    const devices: RawDevice[] = [];
    for (let count = 0; count < 10; count += 1) {
      devices.push(await rawDevice(muster, 'ann'));
      time += 1_000;
    }
    const eleventh = await rawDevice(muster, 'ann');
    expect(await devices[0]?.closed).toBe(4500);
    expect(devices[0]?.events.at(-1)).toEqual({ event: 'kickedOut', type: 'multipleAccount' });
    for (const device of [...devices.slice(1), eleventh]) {
      expect((await device.request('getGroupList', {})).ok).toBe(true);
    }
  });

  it('[US11] a session key brings the device back when the userSig has expired', async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device, sessionKey } = await ann.login({
      ...who('ann'),
      userSig: muster.userSig('ann', { expireSeconds: 60 }),
    });
    ann.terminate();
    time += 6 * 86_400_000;
    const back = await RawDevice.connect(muster.proxyServer);
    const input = { protocol: 1, SDKAppID: muster.SDKAppID, userID: 'ann', sessionKey, device };
    expect(await back.request('login', input)).toMatchObject({ ok: true, output: { device, resumed: true } });
  });

  it('[US11] a session key ends 7 days after the last contact', async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device, sessionKey } = await ann.login(who('ann'));
    ann.close();
    await ann.closed;
    time += 7 * 86_400_000 + 60_000;
    await muster.server().app.storage.maintain(time);
    const back = await RawDevice.connect(muster.proxyServer);
    const input = { protocol: 1, SDKAppID: muster.SDKAppID, userID: 'ann', sessionKey, device };
    expect(await back.request('login', input)).toMatchObject({ ok: false, error: { code: 70052 } });
  });

  it("[US11] logout ends the device's key; forged and foreign keys are none", async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device, sessionKey } = await ann.login(who('ann'));
    const bob = await RawDevice.connect(muster.proxyServer);
    const login = (userID: string, key: string) =>
      bob.request('login', { protocol: 1, SDKAppID: muster.SDKAppID, userID, sessionKey: key });
    for (const [userID, key] of [
      ['bob', sessionKey],
      ['ann', `${sessionKey}x`],
      ['ann', `${device}.`],
      ['ann', ''],
    ] as const) {
      expect(await login(userID, key)).toMatchObject({ ok: false, error: { code: 70052 } });
    }
    await ann.request('logout', {});
    expect(await login('ann', sessionKey)).toMatchObject({ ok: false, error: { code: 70052 } });
  });

  it("[US11] an administrator's kick ends every login, key and userSig from before it", async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    const { sessionKey } = await ann.login(who('ann'));
    const old = who('ann').userSig;
    time += 5_000;
    expect(await post(muster, 'bob', 'kickUser', { userID: 'ann' })).toMatchObject({
      status: 403,
      body: { code: 60010 },
    });
    expect((await post(muster, 'administrator', 'kickUser', { userID: 'ann' })).status).toBe(200);
    expect(await ann.closed).toBe(4500);
    expect(ann.events.at(-1)).toEqual({ event: 'kickedOut', type: 'REST_API_Kick' });
    const back = await RawDevice.connect(muster.proxyServer);
    const base = { protocol: 1, SDKAppID: muster.SDKAppID, userID: 'ann' };
    expect(await back.request('login', { ...base, sessionKey })).toMatchObject({
      ok: false,
      error: { code: 70052 },
    });
    expect(await back.request('login', { ...base, userSig: old })).toMatchObject({
      ok: false,
      error: { code: 70052 },
    });
    time += 2_000;
    expect((await back.request('login', { ...base, ...who('ann') })).ok).toBe(true);
  });

  it('[SE1] a connection that does not log in is closed', async () => {
    const silent = await RawDevice.connect(muster.proxyServer);
    time += 21_000;
    expect(await silent.closed).toBe(4005);
  });

  it('[US9] a profile change reaches the other devices of the user', async () => {
    const [phone, laptop] = [await rawDevice(muster, 'ann'), await rawDevice(muster, 'ann')];
    await phone.write('updateMyProfile', { nick: 'Ann' });
    await laptop.until(({ events }) => events.length > 0);
    expect(laptop.events[0]).toMatchObject({
      event: 'log',
      scope: 'user:ann',
      seq: 1,
      events: [{ name: 'profileUpdated', profile: { nick: 'Ann' } }],
    });
  });

  it('[SE5] a request over HTTP that is under way is answered before the server stops', async () => {
    muster.faults.delayCommits(150);
    const writing = post(muster, 'ann', 'createGroup', { type: 'Public', name: 'last' });
    await expect.poll(() => muster.server().requestsInFlight()).toBe(1);
    const closing = muster.close();
    await expect(post(muster, 'ann', 'getGroupList', {})).resolves.toMatchObject({
      status: 503,
      body: { retryable: true },
    });
    expect((await writing).status).toBe(200);
    await closing;
  });

  it('[SE1] a login above 64 KiB is taken when a session key proves it, else it closes the connection', async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device, sessionKey, epoch } = await ann.login(who('ann'));
    const positions = Array.from({ length: 1_500 }, (_, index) => ({
      scope: `group:a group of a name that is rather long ${index}`,
      position: { epoch, seq: 1 },
    }));
    const input = { protocol: 1, SDKAppID: muster.SDKAppID, userID: 'ann', device, positions };
    const back = await RawDevice.connect(muster.proxyServer);
    expect((await back.request('login', { ...input, sessionKey })).ok).toBe(true);
    const forged = await RawDevice.connect(muster.proxyServer);
    void forged.request('login', { ...input, sessionKey: `${sessionKey}x` });
    expect(await forged.closed).toBe(4004);
  });

  it('[SE5] a stopping server tells its devices, answers what it has and closes', async () => {
    const ann = await rawDevice(muster, 'ann');
    const writing = ann.write('createGroup', { type: 'Public', name: 'last' });
    await muster.close();
    expect((await writing).ok).toBe(true);
    expect(await ann.closed).toBe(4000);
    expect(ann.events.some(({ event }) => event === 'goodbye')).toBe(true);
  });
});
