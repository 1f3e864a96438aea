import { type Muster, startMuster } from '@muster/server/testing';
import { seededRandom } from '@muster/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import MusterChat, { type ChatSDK, type Conversation } from '../../src/index.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster({ tickMs: 20 });
});
afterAll(() => muster.close());

let users = 0;
const newUsers = (count: number) => Array.from({ length: count }, () => `user-${++users}`);

async function say(device: ChatSDK, conversationID: string, text: string, options = {}): Promise<number> {
  const isGroup = conversationID.startsWith('GROUP');
  const message = device.createTextAtMessage({
    to: conversationID.slice(isGroup ? 5 : 3),
    conversationType: isGroup ? TYPES.CONV_GROUP : TYPES.CONV_C2C,
    payload: { text, atUserList: isGroup && text === 'all' ? [TYPES.MSG_AT_ALL] : [] },
  });
  return (await device.sendMessage(message, options)).data.message.sequence;
}

async function listOf(device: ChatSDK, options?: Parameters<ChatSDK['getConversationList']>[0]) {
  return (await device.getConversationList(options)).data.conversationList;
}

const idsOf = (list: Conversation[]) => list.map(({ conversationID }) => conversationID);

/** All that the device knows of conversations. */
async function worldOf(device: ChatSDK) {
  return {
    list: await listOf(device),
    groups: (await device.getConversationGroups()).data,
    total: device.getTotalUnreadMessageCount(),
  };
}

it('[CV1][CV2][MS3] a conversation appears with its first message, and counts until it is read', async () => {
  const [a, b] = newUsers(2) as [string, string];
  const [ann, ben] = (await Promise.all([muster.login(a), muster.login(b)])) as [ChatSDK, ChatSDK];
  const totals: number[] = [];
  ben.on(EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED, ({ data }) => totals.push(data));
  await say(ann, `C2C${b}`, 'hello');
  await muster.idle();
  expect(await listOf(ben)).toMatchObject([
    {
      conversationID: `C2C${a}`,
      type: 'C2C',
      subType: '',
      unreadCount: 1,
      lastMessage: {
        messageForShow: 'hello',
        fromAccount: a,
        type: TYPES.MSG_TEXT,
        lastSequence: 1,
        revoker: null,
      },
      userProfile: { userID: a },
      conversationGroupList: [],
    },
  ]);
  expect(await listOf(ann)).toMatchObject([{ conversationID: `C2C${b}`, unreadCount: 0 }]);
  await ben.setMessageRead({ conversationID: `C2C${a}` });
  expect([ben.getTotalUnreadMessageCount(), totals]).toEqual([0, [1, 0]]);
  await muster.idle();
  expect((await listOf(ann))[0]?.lastMessage.isPeerRead).toBe(true);
});

it('[CV2] deletes, pins, marks and keeps data, and says what is not in the list', async () => {
  const [a, b] = newUsers(2) as [string, string];
  const [ann, ben] = (await Promise.all([muster.login(a), muster.login(b)])) as [ChatSDK, ChatSDK];
  const other = await muster.login(b);
  const id = `C2C${a}`;
  await say(ann, `C2C${b}`, 'one');
  await muster.idle();
  await ben.pinConversation({ conversationID: id, isPinned: true });
  await ben.markConversation({
    conversationIDList: [id],
    markType: TYPES.CONV_MARK_TYPE_HIDE,
    enableMark: true,
  });
  await ben.setConversationCustomData({ conversationIDList: [id], customData: 'mine' });
  await ben.setMessageRemindType({ userIDList: [a], messageRemindType: TYPES.MSG_REMIND_ACPT_NOT_NOTE });
  const shape = { isPinned: true, markList: [8], customData: 'mine', messageRemindType: 'AcceptNotNotify' };
  expect(await listOf(ben, { markType: TYPES.CONV_MARK_TYPE_HIDE })).toMatchObject([shape]);
  expect(ben.getTotalUnreadMessageCount()).toBe(0);
  await muster.idle();
  expect(await worldOf(other)).toEqual(await worldOf(ben));
  await ben.deleteConversation(id);
  expect(await listOf(ben)).toEqual([]);
  await expect(ben.deleteConversation(id)).rejects.toMatchObject({
    code: 2500,
    name: 'CONVERSATION_NOT_FOUND',
  });
  await expect(ben.deleteConversation('nobody')).rejects.toMatchObject({ code: 2503 });
  const both = await ben.deleteConversation({ conversationIDList: [id, 'x'] });
  expect(both.data.failureConversationIDList.map(({ code }) => code)).toEqual([2500, 2503]);
  await say(ann, `C2C${b}`, 'two');
  await muster.idle();
  expect(await listOf(ben)).toMatchObject([
    { unreadCount: 1, isPinned: false, lastMessage: { lastSequence: 2 } },
  ]);
});

it('[CV2] shows a conversation that does not exist yet', async () => {
  const [a, b] = newUsers(2) as [string, string];
  const [ann, ben] = (await Promise.all([muster.login(a), muster.login(b)])) as [ChatSDK, ChatSDK];
  await ben.createGroup({ name: 'Club', groupID: `club-${a}`, type: TYPES.GRP_PUBLIC });
  const profileOf = async (id: string) => (await ann.getConversationProfile(id)).data.conversation;
  expect(await profileOf(`C2C${b}`)).toMatchObject({
    type: 'C2C',
    userProfile: { userID: b },
    unreadCount: 0,
  });
  expect(await profileOf(`GROUPclub-${a}`)).toMatchObject({ type: 'GROUP', groupProfile: { name: 'Club' } });
  expect(await listOf(ann)).toEqual([]);
  await expect(profileOf('@TIM#SYSTEM')).rejects.toMatchObject({ code: 2503 });
});

it('[CG15][GR4] what a user leaves, or what is dismissed, leaves list and conversation groups', async () => {
  const [a, b] = newUsers(2) as [string, string];
  const [ann, ben] = (await Promise.all([muster.login(a), muster.login(b)])) as [ChatSDK, ChatSDK];
  const groupIDs = [`one-${a}`, `two-${a}`] as const;
  for (const groupID of groupIDs) {
    await ann.createGroup({
      name: groupID,
      groupID,
      type: TYPES.GRP_PUBLIC,
      joinOption: TYPES.JOIN_OPTIONS_FREE_ACCESS,
    });
    await ben.joinGroup({ groupID });
  }
  const conversationIDList = groupIDs.map((groupID) => `GROUP${groupID}`);
  await ben.createConversationGroup({ conversationIDList, groupName: 'work' });
  const touched: string[][] = [];
  ben.on(EVENT.CONVERSATION_IN_GROUP_UPDATED, ({ data }) => touched.push(idsOf(data.conversationList)));
  await ben.quitGroup(groupIDs[0]);
  expect(idsOf(await listOf(ben, { groupName: 'work' }))).toEqual([conversationIDList[1]]);
  await ben.joinGroup({ groupID: groupIDs[0] });
  expect((await listOf(ben, [conversationIDList[0] as string]))[0]?.conversationGroupList).toEqual([]);
  await ann.dismissGroup(groupIDs[1]);
  await muster.idle();
  expect((await ben.getConversationGroups()).data).toMatchObject([
    { groupName: 'work', conversationIDList: [] },
  ]);
  expect(touched).toEqual([[conversationIDList[1]], []]);
});

it('[DL5][CG16] random histories: two devices and a fresh one agree', async () => {
  const [a, b, c] = newUsers(3) as [string, string, string];
  const devices = await Promise.all([muster.login(a), muster.login(a), muster.login(b), muster.login(c)]);
  const [one, two, ben, cid] = devices as [ChatSDK, ChatSDK, ChatSDK, ChatSDK];
  const random = seededRandom(5);
  const pick = <T>(list: readonly T[]) => list[random.below(list.length)] as T;
  const groupIDs = [`g1-${a}`, `g2-${a}`];
  for (const [index, groupID] of groupIDs.entries()) {
    const type = index ? TYPES.GRP_MEETING : TYPES.GRP_PUBLIC;
    await ben.createGroup({ name: groupID, groupID, type, joinOption: TYPES.JOIN_OPTIONS_FREE_ACCESS });
    await one.joinGroup({ groupID });
  }
  const ids = [`C2C${a}`, `C2C${b}`, `C2C${c}`, ...groupIDs.map((groupID) => `GROUP${groupID}`)];
  const names = ['x', 'y', 'z'];
  const acts: ((device: ChatSDK) => Promise<unknown>)[] = [
    () => say(ben, `C2C${a}`, 'hi'),
    () => say(cid, `C2C${a}`, 'hi', { messageControlInfo: { excludedFromUnreadCount: true } }),
    () => say(ben, `GROUP${pick(groupIDs)}`, pick(['all', 'some'])),
    (device) =>
      say(device, pick(ids), 'mine', {
        messageControlInfo: { excludedFromLastMessage: pick([true, false]) },
      }),
    (device) => device.setMessageRead({ conversationID: pick(ids) }),
    (device) => device.setAllMessageRead({ scope: TYPES.READ_ALL_GROUP_MSG }),
    (device) => device.pinConversation({ conversationID: pick(ids), isPinned: pick([true, false]) }),
    (device) =>
      device.deleteConversation({
        conversationIDList: [pick(ids)],
        clearHistoryMessage: pick([true, false]),
      }),
    (device) => device.clearHistoryMessage(pick(ids)),
    (device) => device.setConversationCustomData({ conversationIDList: ids, customData: pick(names) }),
    (device) =>
      device.createConversationGroup({ conversationIDList: [pick(ids), pick(ids)], groupName: pick(names) }),
    (device) =>
      device.addConversationsToGroup({ conversationIDList: [pick(ids), pick(ids)], groupName: pick(names) }),
    (device) =>
      device.deleteConversationsFromGroup({ conversationIDList: [pick(ids)], groupName: pick(names) }),
    (device) => device.renameConversationGroup({ oldName: pick(names), newName: pick(names) }),
    (device) => (random.below(3) ? Promise.resolve() : device.deleteConversationGroup(pick(names))),
    (device) => device.quitGroup(pick(groupIDs)),
    (device) => device.joinGroup({ groupID: pick(groupIDs) }),
    async (device) => {
      const { messageList } = (await device.getMessageList({ conversationID: pick(ids) })).data;
      const last = messageList.at(-1);
      if (last) await (random.below(2) ? device.deleteMessage([last]) : device.revokeMessage(last));
    },
    async () => muster.faults.cutConnections(),
  ];
  for (let step = 0; step < 300; step += 1) {
    const asked = pick(acts)(pick([one, two])).catch(() => {});
    if (random.below(3)) await asked;
    if (step % 50 !== 49) continue;
    await asked;
    await Promise.all(devices.map((device) => device.getUserProfile({ userIDList: [a] })));
    await muster.idle();
    const fresh = await muster.login(a);
    const expected = await worldOf(fresh);
    expect(await worldOf(one)).toEqual(expected);
    expect(await worldOf(two)).toEqual(expected);
    await fresh.destroy();
  }
}, 60_000);
