/** What handlers read, and what they do, while events are raised (CG14, DI3), and another user on the same device. */
import MusterChat, { type AnyMessage, type ChatSDK, type Conversation } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ear, idsOf, LIST, listOf, MEMBERS, NAMES_LIST, RECEIVED, readOf, say, TOTAL } from './ear.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
let phone: ChatSDK;
let laptop: ChatSDK;
let bob: ChatSDK;

beforeEach(async () => {
  muster = await startMuster({ tickMs: 30 });
  [phone, laptop, bob] = (await Promise.all(['ann', 'ann', 'bob'].map((userID) => muster.login(userID)))) as [
    ChatSDK,
    ChatSDK,
    ChatSDK,
  ];
});
afterEach(() => muster.close());

it('[CG14] while messages, marks and edits stream in, a handler reads what it is told or something later', async () => {
  const ears = [new Ear(phone), new Ear(laptop)];
  await say(bob, 'C2Cann');
  for (const ear of ears) await ear.heard();
  await phone.createConversationGroup({ groupName: 'work', conversationIDList: ['C2Cbob'] });
  for (let at = 0; at < 30; at += 1) {
    await say(bob, 'C2Cann', `${at}`);
    if (at % 7 === 0) await laptop.setMessageRead({ conversationID: 'C2Cbob' });
    if (at % 5 === 0) await phone.pinConversation({ conversationID: 'C2Cbob', isPinned: at % 2 === 0 });
  }
  await muster.idle();
  for (const ear of ears) {
    await ear.heard();
    for (const { name, data, read } of ear.told) {
      const { list, total, groups } = await read;
      const [shown] = list as [Conversation];
      if (name === RECEIVED)
        for (const { sequence } of data as AnyMessage[])
          expect(shown.lastMessage.lastSequence).toBeGreaterThanOrEqual(sequence);
      if (name === TOTAL) expect(total).toBe(data);
      if (name === LIST) expect(list).toEqual(data);
      expect(total).toBe(shown.unreadCount);
      if (groups[0]) expect(groups[0]).toMatchObject({ groupName: 'work', unreadCount: total });
    }
    expect(ear.dataOf<AnyMessage[]>(RECEIVED).flat()).toHaveLength(31);
    expect(ear.dataOf(TOTAL).at(-1)).toBe(phone.getTotalUnreadMessageCount());
  }
});

it('[CG14] counters that a handler reads are not behind the event that it hears', async () => {
  await phone.createGroup({ type: TYPES.GRP_PUBLIC, groupID: 'g', name: 'g' });
  await phone.setGroupCounters({ groupID: 'g', counters: { likes: 0 } });
  const pairs: Promise<[unknown, unknown]>[] = [];
  phone.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => {
    pairs.push(
      phone.getGroupCounters({ groupID: 'g' }).then((answer) => [data.value, answer.data.counters.likes]),
    );
  });
  for (let at = 0; at < 5; at += 1)
    await laptop.increaseGroupCounter({ groupID: 'g', key: 'likes', value: 1 });
  await expect.poll(async () => (await Promise.all(pairs)).at(-1)).toEqual([5, 5]);
  for (const [told, read] of await Promise.all(pairs))
    expect(Number(read)).toBeGreaterThanOrEqual(Number(told));
});

it('[DI3] [CG13] a handler that throws, or edits again, disturbs neither the others nor their order', async () => {
  phone.on(NAMES_LIST, ({ data }) => {
    if (data.length === 1)
      void phone.createConversationGroup({ groupName: 'two', conversationIDList: ['GROUPg'] });
    if (data.length === 2) phone.off(LIST, broken);
    throw new Error('of the app');
  });
  const broken = () => {
    throw new Error('of the app');
  };
  phone.on(LIST, broken);
  await phone.createGroup({ type: TYPES.GRP_WORK, groupID: 'g', name: 'g' });
  await new Ear(laptop).heard();
  const ears = [new Ear(phone), new Ear(laptop)];
  await phone.createConversationGroup({ groupName: 'one', conversationIDList: ['GROUPg'] });
  await expect.poll(() => ears.map(({ names }) => names.length)).toEqual([4, 4]);
  for (const ear of ears) {
    await ear.heard();
    expect(ear.names).toEqual([NAMES_LIST, LIST, NAMES_LIST, LIST]);
    expect(ear.dataOf(NAMES_LIST)).toEqual([['one'], ['one', 'two']]);
  }
  expect(await readOf(laptop)).toEqual(await readOf(phone));
});

it("[SE3] [US4] another user on the same instance sees nothing of the former one's", async () => {
  await say(bob, 'C2Cann', 'secret');
  await new Ear(phone).heard();
  await phone.createConversationGroup({ groupName: 'secret', conversationIDList: ['C2Cbob'] });
  await phone.setConversationDraft({ conversationID: 'C2Cbob', draftText: 'secret' });
  const [message] = (await phone.getMessageList({ conversationID: 'C2Cbob' })).data.messageList;
  await phone.logout();
  await expect(phone.getConversationList()).rejects.toMatchObject({ code: 3005 });
  expect(phone.getTotalUnreadMessageCount()).toBe(0);
  expect(phone.findMessage(message?.ID ?? '')).toBeNull();
  const ear = new Ear(phone);
  const ready = new Promise((resolve) => phone.once(EVENT.SDK_READY, resolve));
  await phone.login({ userID: 'cay', userSig: muster.userSig('cay') });
  await ready;
  expect(await readOf(phone)).toEqual({ names: [], list: [], groups: [], total: 0 });
  expect(ear.told.map(({ name, data }) => [name, data])).toEqual([
    [LIST, []],
    [NAMES_LIST, []],
  ]);
  expect(phone.findMessage(message?.ID ?? '')).toBeNull();
  await say(bob, 'C2Ccay', 'open');
  await ear.heard();
  expect(await listOf(phone)).toMatchObject([{ draftText: '', unreadCount: 1, conversationGroupList: [] }]);
});

it('[CG14] [CV1] a message that brings a conversation back brings it back into its conversation group', async () => {
  await say(bob, 'C2Cann');
  await new Ear(phone).heard();
  await phone.createConversationGroup({ groupName: 'work', conversationIDList: ['C2Cbob'] });
  await phone.deleteConversation('C2Cbob');
  await muster.idle();
  const ears = [new Ear(phone), new Ear(laptop)];
  await say(bob, 'C2Cann', 'again');
  for (const ear of ears) {
    await expect.poll(() => ear.names).toContain(LIST);
    await ear.heard();
    const { list } = (await ear.told.at(-1)?.read) ?? { list: [] };
    expect(list).toMatchObject([
      { conversationID: 'C2Cbob', conversationGroupList: ['work'], unreadCount: 1 },
    ]);
    expect(idsOf(await listOf(ear.device, { groupName: 'work' }))).toEqual(['C2Cbob']);
    expect(ear.names).not.toContain(NAMES_LIST);
    expect(ear.names.filter((name) => name === MEMBERS).length).toBeLessThanOrEqual(1);
  }
});
