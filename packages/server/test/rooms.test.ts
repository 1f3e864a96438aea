import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice } from './device-setup.ts';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('AVChatRooms', () => {
  let muster: Muster;
  let time = Date.now();
  let owner: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ now: () => time, tickMs: 0 });
    owner = await rawDevice(muster, 'host');
    for (const groupID of ['room', 'other']) {
      await owner.write('createGroup', { type: 'AVChatRoom', groupID, name: groupID });
    }
  });
  afterEach(() => muster.close());

  const like = { groupID: 'room', mode: 'Increase' as const, counters: [{ key: 'likes', value: 1 }] };

  async function count(): Promise<unknown> {
    const answer = await owner.request('getGroupOnlineMemberCount', { groupID: 'room' });
    return answer.ok ? answer.output.memberCount : answer;
  }

  it('[GR7] membership belongs to the device; a user is a member while one of his devices is', async () => {
    const [phone, laptop] = [await rawDevice(muster, 'ann'), await rawDevice(muster, 'ann')];
    expect(await phone.write('updateGroupCounters', like)).toMatchObject({
      ok: false,
      error: { code: 10007 },
    });
    await phone.write('joinGroup', { groupID: 'room' });
    expect((await laptop.write('updateGroupCounters', like)).ok).toBe(true);
    await phone.until(({ events }) => events.some(({ event }) => event === 'groupCounters'));
    expect(laptop.events).toEqual([]);
    await phone.write('quitGroup', { groupID: 'room' });
    expect(await laptop.write('updateGroupCounters', like)).toMatchObject({
      ok: false,
      error: { code: 10007 },
    });
  });

  it('[GR7] the owner may use the counters without joining', async () => {
    expect((await owner.write('updateGroupCounters', like)).ok).toBe(true);
    expect(owner.events).toEqual([]);
  });

  it('[GR7] list and count show those who are connected', async () => {
    const ann = await rawDevice(muster, 'ann');
    const bob = await rawDevice(muster, 'bob');
    for (const device of [ann, bob]) await device.write('joinGroup', { groupID: 'room' });
    expect(await count()).toBe(2);
    const list = await ann.request('getGroupMemberList', { groupID: 'room' });
    expect(list).toMatchObject({
      ok: true,
      output: { memberList: [{ userID: 'ann' }, { userID: 'bob' }], offset: 0 },
    });
    bob.close();
    await bob.closed;
    await expect.poll(count).toBe(1);
    const profile = await post(muster, 'ann', 'getGroupProfile', { groupID: 'room' });
    expect(profile).toMatchObject({ status: 200, body: { group: { profile: { memberCount: 1 } } } });
  });

  it('[GR7] a device that joins a second room leaves the first, unless it says otherwise', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('joinGroup', { groupID: 'room' });
    const second = await ann.write('joinGroup', { groupID: 'other' });
    expect(second).toMatchObject({ ok: true, output: { leftGroupIDList: ['room'] } });
    expect(await ann.write('updateGroupCounters', like)).toMatchObject({ ok: false, error: { code: 10007 } });
    await ann.write('joinGroup', { groupID: 'room', othersToo: true });
    const both = await ann.write('updateGroupCounters', { ...like, groupID: 'other' });
    expect(both.ok).toBe(true);
  });

  it('[GR7] a device whose connection goes while it joins is away, and nothing is sent to it', async () => {
    const ann = await rawDevice(muster, 'ann');
    muster.faults.delayCommits(60);
    void ann.write('joinGroup', { groupID: 'room' });
    await pause(20);
    ann.terminate();
    await pause(100);
    muster.faults.delayCommits(0);
    expect(await count()).toBe(0);
    expect(muster.server().app.delivery.counters.open('room').subscriptions.size).toBe(0);
    expect(muster.server().app.rooms.expired(time + 600_000)).toMatchObject([{ groupIDs: ['room'] }]);
  });

  it('[GR7] a device whose connection goes while it quits is out when it comes back', async () => {
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device } = await ann.login(who);
    await ann.write('joinGroup', { groupID: 'room' });
    muster.faults.delayCommits(60);
    void ann.write('quitGroup', { groupID: 'room' });
    await pause(20);
    ann.terminate();
    await pause(100);
    muster.faults.delayCommits(0);
    const again = await RawDevice.connect(muster.proxyServer);
    expect((await again.login(who, { device })).resumed).toBe(true);
    expect(await count()).toBe(0);
  });

  it('[SE3] a join asked again tells nothing of a group that has taken the name since', async () => {
    const ann = await rawDevice(muster, 'ann');
    const operation = { seq: 1, low: 1 };
    await ann.request('joinGroup', { groupID: 'room' }, { operation });
    await owner.write('dismissGroup', { groupID: 'room' });
    await ann.until(({ events }) => events.some(({ event }) => event === 'log'));
    time += 60_000;
    muster.server().app.delivery.sweep();
    await owner.write('createGroup', { type: 'Work', groupID: 'room', name: 'of others' });
    const again = await ann.request('joinGroup', { groupID: 'room' }, { operation });
    expect(again).toMatchObject({ ok: true, output: { profile: { type: 'AVChatRoom' } } });
    const before = ann.events.length;
    await owner.write('updateGroupCounters', like);
    await owner.write('updateGroupProfile', { groupID: 'room', name: 'secret' });
    await muster.idle();
    expect(ann.events.length).toBe(before);
    expect(muster.server().app.rooms.connectedUsers('room')).toEqual([]);
  });

  it('[GR4] dismissal ends it for everybody at once', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('joinGroup', { groupID: 'room' });
    await owner.write('dismissGroup', { groupID: 'room' });
    await ann.until(({ events }) => events.some(({ event }) => event === 'log'));
    expect(ann.events.filter(({ event }) => event !== 'roomTip')).toMatchObject([
      { event: 'log', scope: 'group:room', events: [{ name: 'groupDismissed' }] },
    ]);
    for (const command of ['updateGroupCounters', 'joinGroup', 'getGroupProfile'] as const) {
      const input = command === 'updateGroupCounters' ? like : { groupID: 'room' };
      expect(await ann.write(command, input as never)).toMatchObject({ ok: false, error: { code: 10010 } });
    }
  });
});
