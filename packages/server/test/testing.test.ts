import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('a server one can hold in a test', () => {
  let muster: Muster;

  beforeEach(async () => {
    muster = await startMuster();
  });
  afterEach(() => muster.close());

  async function room(device: ChatSDK): Promise<void> {
    await device.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID: 'room', name: 'room' });
  }
  const like = (device: ChatSDK) => device.increaseGroupCounter({ groupID: 'room', key: 'likes', value: 1 });

  it('hands out devices that are logged in and ready, several of one user too', async () => {
    const [phone, laptop, bob] = [
      await muster.login('ann'),
      await muster.login('ann'),
      await muster.login('bob'),
    ];
    expect([phone, laptop, bob].map((device) => device.getLoginUser())).toEqual(['ann', 'ann', 'bob']);
    expect([phone, laptop, bob].every((device) => device.isReady())).toBe(true);
  });

  it('reset begins with nothing, on the same port', async () => {
    const ann = await muster.login('ann');
    await room(ann);
    const { port } = muster;
    await muster.reset();
    expect(muster.port).toBe(port);
    expect(ann.isReady()).toBe(false);
    const again = await muster.login('ann');
    expect((await again.getGroupList()).data.groupList).toEqual([]);
    await room(again);
  });

  it('idle waits until everybody was told', async () => {
    const [ann, bob] = [await muster.login('ann'), await muster.login('bob')];
    await room(ann);
    await bob.joinGroup({ groupID: 'room' });
    const heard: unknown[] = [];
    bob.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => heard.push(data.value));
    const calls = Array.from({ length: 50 }, () => like(ann));
    await muster.idle();
    expect(heard.at(-1)).toBe(50);
    await Promise.all(calls);
  });

  it('[DL3] faults: a cut after the commit, a failure before it and one after it are all survived', async () => {
    const ann = await muster.login('ann');
    await room(ann);
    for (const fault of ['cutAfterCommit', 'failBeforeCommit', 'failAfterCommit'] as const) {
      muster.faults[fault](1);
      await like(ann);
    }
    expect(muster.faults.cuts).toBe(1);
    expect((await like(ann)).data.value).toBe(4);
  });

  it('[GC10] limits are off unless they are asked for', async () => {
    const ann = await muster.login('ann');
    await room(ann);
    await Promise.all(Array.from({ length: 60 }, () => like(ann)));
    const strict = await startMuster({ limits: 'on' });
    const bob = await strict.login('bob');
    await room(bob);
    const calls = await Promise.allSettled(Array.from({ length: 21 }, () => like(bob)));
    expect(calls.filter(({ status }) => status === 'fulfilled').length).toBe(20);
    expect(calls[20]).toMatchObject({ status: 'rejected', reason: { code: 2996 } });
    await strict.close();
  });
});
