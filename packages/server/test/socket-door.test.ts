import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

async function device(userID: string): Promise<RawDevice> {
  const made = await RawDevice.connect(muster.proxyServer);
  await made.login({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
  return made;
}

describe('the WebSocket door', () => {
  it('[US4] logs in with a snapshot of what the user has', async () => {
    const made = await RawDevice.connect(muster.proxyServer);
    const output = await made.login({
      SDKAppID: muster.SDKAppID,
      userID: 'ann',
      userSig: muster.userSig('ann'),
    });
    expect(output.snapshot).toMatchObject({ profile: { userID: 'ann' }, groups: [] });
    expect(output.calls).toBeNull();
    expect(output.device).toBeGreaterThan(0);
    made.close();
  });

  it('[GC7] increases a counter and tells every member, the caller included', async () => {
    const [ann, bob] = await Promise.all([device('ann'), device('bob')]);
    await ann.write('createGroup', { type: 'Meeting', groupID: 'room1', name: 'room' });
    await bob.write('joinGroup', { groupID: 'room1' });
    const counters = [{ key: 'likes', value: 2 }];
    const answer = await bob.write('updateGroupCounters', { groupID: 'room1', mode: 'Increase', counters });
    expect(answer).toEqual({ ok: true, output: { counters, version: 1 } });
    for (const member of [ann, bob]) {
      await member.until(({ events }) => events.some((event) => event.event === 'groupCounters'));
      expect(member.events.at(-1)).toEqual({
        event: 'groupCounters',
        groupID: 'room1',
        since: 0,
        version: 1,
        deleted: [],
        counters: [{ key: 'likes', value: 2, version: 1 }],
      });
    }
    ann.close();
    bob.close();
  });
});
