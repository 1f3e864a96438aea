import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('conversation groups', () => {
  let muster: Muster;
  let ann: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    await rawDevice(muster, 'bob');
    ann = await rawDevice(muster, 'ann');
    await ann.write('sendMessage', textTo('C2Cbob', 'hi'));
    ann.events.length = 0;
  });
  afterEach(() => muster.close());

  const groupsOf = async (userID: string) =>
    (await post(muster, userID, 'getConversationGroups', {})).body.conversationGroupList;

  it('[CG5] are made, filled, renamed and deleted, and every device of the user is told the change alone', async () => {
    const laptop = await rawDevice(muster, 'ann');
    const made = await ann.write('createConversationGroup', {
      groupName: 'work',
      conversationIDList: ['C2Cbob', 'C2Cnobody', 'nonsense', 'GROUPnone'],
    });
    expect(made).toMatchObject({
      ok: true,
      output: {
        conversationGroupID: 1,
        groupName: 'work',
        successConversationIDList: ['C2Cbob'],
        failureConversationIDList: [{ code: 2500 }, { code: 2503 }, { code: 51007 }],
      },
    });
    const named = { groupName: 'work', conversationIDList: ['C2Cbob'] };
    await ann.write('deleteConversationsFromGroup', named);
    await ann.write('addConversationsToGroup', named);
    await ann.write('renameConversationGroup', { oldName: 'work', newName: 'play' });
    expect(await groupsOf('ann')).toEqual([
      { conversationGroupID: 1, groupName: 'play', conversationIDList: ['C2Cbob'] },
    ]);
    await ann.write('deleteConversationGroup', { groupName: 'old', conversationGroupID: 1 });
    const told = (device: RawDevice) =>
      device.events.flatMap((frame) => (frame.event === 'log' ? frame.events : []));
    await laptop.until((device) => told(device).length === 5);
    expect(told(laptop)).toMatchObject([
      { name: 'conversationGroupCreated', conversationGroup: { conversationIDList: ['C2Cbob'] } },
      { name: 'conversationGroupMembersUpdated', conversationGroupID: 1, added: [], removed: ['C2Cbob'] },
      { name: 'conversationGroupMembersUpdated', conversationGroupID: 1, added: ['C2Cbob'], removed: [] },
      { name: 'conversationGroupRenamed', conversationGroupID: 1, groupName: 'play' },
      { name: 'conversationGroupDeleted', conversationGroupID: 1 },
    ]);
    expect(told(ann)).toEqual(told(laptop));
    expect(await groupsOf('ann')).toEqual([]);
  });

  it('[DL9] the event is told before the answer, and stands in the snapshot of the next login', async () => {
    const named = { groupName: 'work', conversationIDList: ['C2Cbob'] };
    expect((await ann.write('createConversationGroup', named)).ok).toBe(true);
    expect(ann.events).toMatchObject([{ scope: 'user:ann', events: [{ name: 'conversationGroupCreated' }] }]);
    const laptop = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const { snapshot } = await laptop.login(who);
    expect(snapshot?.conversationGroups).toEqual([{ conversationGroupID: 1, ...named }]);
  });

  it('[DL3] an edit whose answer was lost is made once', async () => {
    const phone = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const { device } = await phone.login(who);
    muster.faults.cutAfterCommit(1);
    const input = { groupName: 'work', conversationIDList: ['C2Cbob'] };
    const operation = { seq: 1, low: 1 };
    expect(await phone.request('createConversationGroup', input, { operation })).toMatchObject({ ok: false });
    const back = await RawDevice.connect(muster.proxyServer);
    await back.login(who, { device });
    expect(await back.request('createConversationGroup', input, { operation })).toMatchObject({
      ok: true,
      output: { conversationGroupID: 1, successConversationIDList: ['C2Cbob'] },
    });
    expect(await groupsOf('ann')).toHaveLength(1);
  });

  it('[DL2] an Idempotency-Key makes a conversation group once', async () => {
    const key = { 'idempotency-key': 'a folder' };
    const input = { groupName: 'work', conversationIDList: [] };
    const first = await post(muster, 'ann', 'createConversationGroup', input, key);
    expect(first).toMatchObject({ status: 200, body: { conversationGroupID: 1 } });
    expect(await post(muster, 'ann', 'createConversationGroup', input, key)).toMatchObject({
      status: 200,
      body: first.body,
    });
    const taken = await post(muster, 'ann', 'createConversationGroup', input);
    expect(taken).toMatchObject({ status: 409, body: { code: 52001 } });
    expect(await groupsOf('ann')).toHaveLength(1);
  });

  it('[SE3] are reached by their own user alone', async () => {
    await ann.write('createConversationGroup', { groupName: 'work', conversationIDList: ['C2Cbob'] });
    expect(await groupsOf('bob')).toEqual([]);
    const named = { groupName: 'work', conversationGroupID: 1 };
    for (const [command, input] of [
      ['deleteConversationGroup', named],
      ['renameConversationGroup', { oldName: 'work', newName: 'x', conversationGroupID: 1 }],
      ['addConversationsToGroup', { ...named, conversationIDList: ['C2Cann'] }],
      ['deleteConversationsFromGroup', { ...named, conversationIDList: ['C2Cbob'] }],
    ] as const) {
      expect(await post(muster, 'bob', command, input)).toMatchObject({ status: 404, body: { code: 51009 } });
    }
    expect(await groupsOf('ann')).toEqual([
      { conversationGroupID: 1, groupName: 'work', conversationIDList: ['C2Cbob'] },
    ]);
  });

  it('[DL10] a request of the wrong form is 6017, and one with too many conversations 51006', async () => {
    const bad = await post(muster, 'ann', 'createConversationGroup', {
      groupName: 'x',
      conversationIDList: 'C2Cbob',
    });
    expect(bad).toMatchObject({ status: 400, body: { code: 6017 } });
    const conversationIDList = Array.from({ length: 101 }, (_, index) => `C2Cuser${index}`);
    const many = await post(muster, 'ann', 'createConversationGroup', { groupName: 'x', conversationIDList });
    expect(many).toMatchObject({ status: 400, body: { code: 51006 } });
    expect(await groupsOf('ann')).toEqual([]);
  });

  it('[CG15] leaving a group takes its conversation out of them, and joining again does not put it back', async () => {
    const bob = await rawDevice(muster, 'bob');
    for (const groupID of ['g', 'h'])
      await bob.write('createGroup', { type: 'Public', groupID, name: groupID, joinOption: 'FreeAccess' });
    for (const groupID of ['g', 'h']) await ann.write('joinGroup', { groupID });
    const conversationIDList = ['C2Cbob', 'GROUPg', 'GROUPh'];
    await ann.write('createConversationGroup', { groupName: 'all', conversationIDList });
    await ann.write('quitGroup', { groupID: 'g' });
    await bob.write('dismissGroup', { groupID: 'h' });
    const left = [{ conversationGroupID: 1, groupName: 'all', conversationIDList: ['C2Cbob'] }];
    expect(await groupsOf('ann')).toEqual(left);
    const list = await post(muster, 'ann', 'getConversationList', {});
    expect(list.body.conversationList).toMatchObject([{ state: { conversationID: 'C2Cbob' } }]);
    await ann.write('joinGroup', { groupID: 'g' });
    await bob.write('createGroup', {
      type: 'Public',
      groupID: 'h',
      name: 'h',
      memberList: [{ userID: 'ann' }],
    });
    expect(await groupsOf('ann')).toEqual(left);
  });
});
