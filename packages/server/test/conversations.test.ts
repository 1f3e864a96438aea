import type { ConversationView } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('conversations', () => {
  let muster: Muster;
  let time: number;
  let ann: RawDevice;
  let bob: RawDevice;

  beforeEach(async () => {
    time = 1_800_000_000_000;
    muster = await startMuster({ now: () => time, tickMs: 0 });
    ann = await rawDevice(muster, 'ann');
    bob = await rawDevice(muster, 'bob');
  });
  afterEach(() => muster.close());

  async function listOf(userID: string, input: object = {}): Promise<ConversationView[]> {
    const { status, body } = await post(muster, userID, 'getConversationList', input);
    expect(status).toBe(200);
    return body.conversationList as ConversationView[];
  }
  const ids = (views: readonly ConversationView[] | undefined) =>
    views?.map(({ state }) => state.conversationID);

  async function snapshot(userID: string) {
    const device = await RawDevice.connect(muster.proxyServer);
    const output = await device.login({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
    return output.snapshot;
  }

  async function say(from: RawDevice, conversationID: string, text = 'x'): Promise<void> {
    time += 1_000;
    expect((await from.write('sendMessage', textTo(conversationID, text))).ok).toBe(true);
  }

  it('[CV2] one conversation over HTTP, also one that does not exist yet', async () => {
    const profileOf = async (conversationID: string) => {
      const { status, body } = await post(muster, 'ann', 'getConversationProfile', { conversationID });
      return status === 200 ? body : body.code;
    };
    await bob.write('createGroup', { groupID: 'club', name: 'Club', type: 'Public' });
    await bob.write('createGroup', { groupID: 'own', name: 'Own', type: 'Work' });
    expect(await profileOf('C2Cbob')).toMatchObject({
      conversation: { state: { conversationID: 'C2Cbob' }, peer: { profile: { userID: 'bob' } } },
      groupProfile: null,
    });
    expect(await profileOf('GROUPclub')).toMatchObject({
      conversation: { tally: { sequence: 0 }, peer: null },
      groupProfile: { name: 'Club' },
    });
    await bob.write('createGroup', { groupID: 'room', name: 'Room', type: 'AVChatRoom' });
    await bob.write('joinGroup', { groupID: 'room' });
    expect(await profileOf('GROUProom')).toMatchObject({ groupProfile: { memberCount: 1 } });
    expect(await profileOf('GROUPown')).toBe(10010);
    expect(await profileOf('@TIM#SYSTEM')).toBe(2503);
  });

  it('[CV1] the list over HTTP is in order: pinned, then the newest, an empty one by when it appeared', async () => {
    for (const userID of ['cid', 'dan', 'eve']) await rawDevice(muster, userID);
    await say(ann, 'C2Ccid');
    time += 1_000;
    await ann.write('createGroup', { type: 'Public', groupID: 'empty', name: 'empty' });
    await say(ann, 'C2Cbob');
    await say(ann, 'C2Cdan');
    await ann.write('createGroup', { type: 'AVChatRoom', groupID: 'room', name: 'room' });
    await ann.write('pinConversation', { conversationID: 'C2Ccid', isPinned: true });
    expect(ids(await listOf('ann'))).toEqual(['C2Ccid', 'C2Cdan', 'C2Cbob', 'GROUPempty']);
    const some = { conversationIDList: ['C2Cbob', 'C2Ceve', 'nonsense', 'C2Cbob', 'GROUPnone', 'C2Cdan'] };
    expect(ids(await listOf('ann', some))).toEqual(['C2Cdan', 'C2Cbob']);
    expect(await listOf('ann', { conversationIDList: [] })).toEqual([]);
  });

  it('[DL5] the snapshot of a login says what the list says, and keeps those that are hidden', async () => {
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
    await bob.write('joinGroup', { groupID: 'g' });
    await say(ann, 'GROUPg', 'one');
    await say(ann, 'C2Cbob', 'two');
    await say(bob, 'C2Cann', 'three');
    const first = await snapshot('bob');
    expect([...(first?.conversations ?? [])].reverse()).toEqual(
      await listOf('bob').then((list) => list.reverse()),
    );
    await bob.write('deleteConversation', { conversationIDList: ['C2Cann'] });
    expect(ids(await listOf('bob'))).toEqual(['GROUPg']);
    const second = await snapshot('bob');
    expect(ids(second?.conversations)).toEqual(['C2Cann', 'GROUPg']);
    expect(second?.conversations[0]?.state).toMatchObject({ hiddenThrough: 2, clearedThrough: 2 });
    expect(second?.groups).toMatchObject([{ profile: { groupID: 'g', nextMessageSeq: 2 } }]);
    await say(ann, 'C2Cbob', 'four');
    expect(ids(await listOf('bob'))).toEqual(['C2Cann', 'GROUPg']);
  });

  it("[CV2] what a user changes is told to all his devices, and to nobody else's", async () => {
    const laptop = await rawDevice(muster, 'ann');
    await say(bob, 'C2Cann');
    bob.events.length = 0;
    const conversationIDList = ['C2Cann', 'C2Cbob'];
    await ann.write('pinConversation', { conversationID: 'C2Cbob', isPinned: true });
    await ann.write('markConversation', { conversationIDList, mark: 0, enableMark: true });
    await ann.write('setConversationCustomData', { conversationIDList, customData: 'mine' });
    await ann.write('setMessageRemindType', { conversationIDList: ['C2Cbob'], messageRemindType: 'Discard' });
    await ann.write('setAllMessageRead', {});
    await laptop.until(({ events }) =>
      JSON.stringify(events.at(-1)).includes('"counted":1,"own":0},"hidden'),
    );
    const { state } = (await listOf('ann'))[0] as ConversationView;
    expect(state).toMatchObject({
      isPinned: true,
      markList: [0],
      customData: 'mine',
      messageRemindType: 'Discard',
      read: { sequence: 1, counted: 1, own: 0 },
    });
    expect(laptop.events.at(-1)).toMatchObject({ scope: 'user:ann', events: [{ conversations: [state] }] });
    expect(bob.events).toMatchObject([{ scope: 'user:bob', events: [{ name: 'messageReadByPeer' }] }]);
  });

  it('[SE3] a caller over HTTP sees and changes his own conversations, whatever he names', async () => {
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g' });
    await say(ann, 'C2Cbob', 'secret');
    await say(ann, 'GROUPg', 'secret');
    const before = await listOf('ann');
    const conversationIDList = ['C2Cann', 'C2Cbob', 'GROUPg'];
    expect(await listOf('eve', { conversationIDList })).toEqual([]);
    expect(await listOf('eve')).toEqual([]);
    const everything = { successConversationIDList: [], failureConversationIDList: [{}, {}, {}] };
    for (const [command, input] of [
      ['deleteConversation', {}],
      ['markConversation', { mark: 1, enableMark: true }],
      ['setConversationCustomData', { customData: 'x' }],
    ] as const) {
      const answer = await post(muster, 'eve', command, { conversationIDList, ...input });
      expect(answer.body).toMatchObject(everything);
    }
    const pin = { conversationID: 'GROUPg', isPinned: true };
    expect(await post(muster, 'eve', 'pinConversation', pin)).toMatchObject({
      status: 404,
      body: { code: 2500 },
    });
    expect(await post(muster, 'eve', 'setAllMessageRead', {})).toMatchObject({ status: 200 });
    expect(await listOf('ann')).toEqual(before);
  });
});
