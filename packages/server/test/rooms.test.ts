import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice } from './device-setup.ts';

describe('AVChatRooms', () => {
  let muster: Muster;
  const time = Date.now();
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
    await phone.until(({ events }) => events.length > 0);
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

  it('[GR4] dismissal ends it for everybody at once', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('joinGroup', { groupID: 'room' });
    await owner.write('dismissGroup', { groupID: 'room' });
    await ann.until(({ events }) => events.length > 0);
    expect(ann.events).toMatchObject([
      { event: 'log', scope: 'group:room', events: [{ name: 'groupDismissed' }] },
    ]);
    for (const command of ['updateGroupCounters', 'joinGroup', 'getGroupProfile'] as const) {
      const input = command === 'updateGroupCounters' ? like : { groupID: 'room' };
      expect(await ann.write(command, input as never)).toMatchObject({ ok: false, error: { code: 10010 } });
    }
  });
});
