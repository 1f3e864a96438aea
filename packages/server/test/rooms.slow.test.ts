import { limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawDevice } from './device-setup.ts';

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

  it('[GR7] a place outlives a drop, and ends after 10 minutes without a connection', async () => {
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const ann = await RawDevice.connect(muster.proxyServer);
    const { device } = await ann.login(who);
    await ann.write('joinGroup', { groupID: 'room' });
    ann.terminate();
    await ann.closed;
    time += 9 * 60_000;
    const back = await RawDevice.connect(muster.proxyServer);
    const output = await back.login(who, { device });
    expect(output.snapshot?.groups.map(({ profile }) => profile.groupID)).toEqual(['room']);
    expect((await back.request('updateGroupCounters', like, { operation: { seq: 5, low: 5 } })).ok).toBe(
      true,
    );
    back.terminate();
    await back.closed;
    await expect.poll(count).toBe(0);
    time += 10 * 60_000 + 1_000;
    const rooms = (): number[] => muster.server().app.rooms.devicesOf('room', 'ann');
    await expect.poll(rooms, { timeout: 8_000 }).toEqual([]);
  }, 15_000);

  it('[MS4] those who are there are told of one who did not come back', async () => {
    const [ann, bob] = [await rawDevice(muster, 'ann'), await rawDevice(muster, 'bob')];
    for (const device of [ann, bob]) await device.write('joinGroup', { groupID: 'room' });
    bob.terminate();
    await bob.closed;
    await expect.poll(count).toBe(1);
    const left = () => ann.events.filter((frame) => frame.event === 'roomTip' && frame.kind === 'left');
    expect(left()).toEqual([]);
    // In steps, so that the one who stays is not taken for gone.
    for (const until = time + limit('roomPresence_kept_ms'); time < until; time += 20_000) {
      await ann.request('getGroupOnlineMemberCount', { groupID: 'room' });
    }
    await ann.until(() => left().length > 0, 'the tip', 8_000);
    expect(left()).toMatchObject([{ groupID: 'room', userID: 'bob', memberCount: 1 }]);
  }, 15_000);
});
