/** A device that comes back to groups that its user left, came into again, or came into and lost meanwhile. */
import { groupScope, type LoginOutput, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('catching up with groups whose members changed', () => {
  let muster: Muster;
  let owner: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    owner = await rawDevice(muster, 'owner');
  });
  afterEach(() => muster.close());

  const who = () => ({ SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') });
  const create = (...userIDs: string[]) =>
    owner.write('createGroup', {
      type: 'Work',
      groupID: 'g',
      name: 'g',
      memberList: userIDs.map((userID) => ({ userID })),
    });
  const add = () => owner.write('addGroupMember', { groupID: 'g', userIDList: ['ann'] });
  const dismiss = () => post(muster, 'administrator', 'dismissGroup', { groupID: 'g' });
  const say = (text: string) => owner.write('sendMessage', textTo('GROUPg', text));

  /** What a device of ann's knew when it went away. */
  async function away(): Promise<LoginOutput> {
    const ann = await RawDevice.connect(muster.proxyServer);
    const known = await ann.login(who());
    ann.close();
    await ann.closed;
    return known;
  }

  async function back({ device, epoch, seq, snapshot }: LoginOutput): Promise<RawDevice> {
    const ann = await RawDevice.connect(muster.proxyServer);
    const [group] = snapshot?.groups ?? [];
    const positions = [{ scope: userScope('ann'), position: { epoch, seq } }];
    if (group) positions.push({ scope: groupScope('g'), position: { epoch, seq: group.seq } });
    expect((await ann.login(who(), { device, positions })).snapshot).toBeNull();
    return ann;
  }

  const whole = (text: string, sequence: number) => ({
    event: 'groupSnapshot',
    groupID: 'g',
    conversation: { lastMessage: { payload: { text } }, tally: { sequence } },
  });

  it('[GR1] what was said while the user was out of the group is not told when he is in it again', async () => {
    await away();
    await create('ann');
    const known = await away();
    await owner.write('deleteGroupMember', { groupID: 'g', userIDList: ['ann'] });
    await say('among us');
    await add();
    await say('to all');
    const ann = await back(known);
    expect(JSON.stringify(ann.events)).not.toContain('among us');
    expect(ann.events.at(-1)).toMatchObject(whole('to all', 2));
  });

  it('[GR1] nor what was said before he came, by whatever position the device names', async () => {
    const known = await away();
    await create();
    await say('among us');
    await add();
    await say('to all');
    const ann = await back({ ...known, snapshot: { groups: [{ seq: 0 }] } as LoginOutput['snapshot'] });
    expect(JSON.stringify(ann.events)).not.toContain('among us');
    expect(ann.events.at(-1)).toMatchObject(whole('to all', 2));
  });

  it('[GR3] nor what was said in another group of the same groupID', async () => {
    await away();
    await create('ann');
    const known = await away();
    await dismiss();
    await create();
    await say('among us');
    await add();
    await say('to all');
    const ann = await back(known);
    expect(JSON.stringify(ann.events)).not.toContain('among us');
    expect(ann.events.at(-1)).toMatchObject(whole('to all', 2));
  });

  it('[GR4] a group that the user came into and that has ended since is gone, not there for good', async () => {
    const known = await away();
    await create('ann');
    await dismiss();
    const ann = await back(known);
    expect(ann.events).toMatchObject([
      { scope: 'user:ann', events: [{ name: 'groupJoined' }] },
      { event: 'groupSnapshot', groupID: 'g', group: null, conversation: null },
    ]);
  });
});
