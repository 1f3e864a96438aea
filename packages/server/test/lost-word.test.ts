/** A commit whose word was lost on its way to the server has happened: devices are told of it all the same. */
import { groupScope, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawDevice, textTo } from './device-setup.ts';

describe('a write that fails after its commit', () => {
  let muster: Muster;
  let ann: RawDevice;
  let laptop: RawDevice;
  let bob: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    [ann, laptop, bob] = [
      await rawDevice(muster, 'ann'),
      await rawDevice(muster, 'ann'),
      await rawDevice(muster, 'bob'),
    ];
    await ann.write('createGroup', {
      type: 'Work',
      groupID: 'g',
      name: 'g',
      memberList: [{ userID: 'bob' }],
    });
    await bob.until(({ events }) => events.length > 0);
    for (const device of [ann, laptop, bob]) device.events.length = 0;
  });
  afterEach(() => muster.close());

  const told = ({ events }: RawDevice, scope: string): string[] =>
    events.flatMap((frame) => {
      return frame.event === 'log' && frame.scope === scope ? frame.events.map(({ name }) => name) : [];
    });
  const operation = { seq: 2, low: 2 };

  it('[DL4] is told at once, once, and to everybody whom it concerns', async () => {
    muster.faults.failAfterCommit(1);
    const input = textTo('GROUPg', 'once');
    expect(await ann.request('sendMessage', input, { operation })).toMatchObject({ error: { code: 10002 } });
    for (const device of [ann, laptop, bob])
      await device.until((heard) => told(heard, groupScope('g')).includes('messageSent'));
    expect(await ann.request('sendMessage', input, { operation })).toMatchObject({ output: { sequence: 1 } });
    await bob.write('sendMessage', textTo('GROUPg', 'more'));
    await muster.idle();
    for (const device of [ann, laptop, bob])
      expect(told(device, groupScope('g'))).toEqual(['messageSent', 'messageSent']);
  });

  it('[DL9] is told before the answer of its repeat, also when the log could not be asked before', async () => {
    const { log } = muster.server().app.storage;
    const { read } = log;
    log.read = () => Promise.reject(new Error('no'));
    muster.faults.failAfterCommit(1);
    const input = { groupName: 'a', conversationIDList: ['GROUPg'] };
    const first = await ann.request('createConversationGroup', input, { operation });
    expect(first).toMatchObject({ error: { code: 10002, retryable: true } });
    expect(told(ann, userScope('ann'))).toEqual([]);
    log.read = read;
    const again = await ann.request('createConversationGroup', input, { operation });
    expect(again).toMatchObject({ output: { successConversationIDList: ['GROUPg'] } });
    expect(told(ann, userScope('ann'))).toEqual(['conversationGroupCreated']);
    await laptop.until((device) => told(device, userScope('ann')).length === 1);
  });

  it('[DL4] lets those who were added follow their group from there on', async () => {
    const cid = await rawDevice(muster, 'cid');
    muster.faults.failAfterCommit(1);
    await ann.request('addGroupMember', { groupID: 'g', userIDList: ['cid'] }, { operation });
    await cid.until((device) => told(device, userScope('cid')).includes('groupJoined'));
    await bob.write('sendMessage', textTo('GROUPg', 'welcome'));
    await cid.until((device) => told(device, groupScope('g')).includes('messageSent'));
  });
});
