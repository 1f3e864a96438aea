/** An app that asks again with its own operationID, however much its device has learned meanwhile (DL2). */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ear, listOf, readOf, say } from './ear.ts';

const { TYPES } = MusterChat;

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
  await say(bob, 'C2Cann', 'one');
  await new Ear(phone).heard();
  await phone.createConversationGroup({ groupName: 'work', conversationIDList: ['C2Cbob'] });
  await new Ear(laptop).heard();
});
afterEach(() => muster.close());

const operationID = 'tapped once';
const conversationIDList = ['C2Cbob'];
const EDITS: [string, (device: ChatSDK) => Promise<{ data: unknown }>][] = [
  [
    'create',
    (device) => device.createConversationGroup({ conversationIDList, groupName: 'new', operationID }),
  ],
  ['rename', (device) => device.renameConversationGroup({ oldName: 'work', newName: 'play', operationID })],
  [
    'remove',
    (device) => device.deleteConversationsFromGroup({ conversationIDList, groupName: 'work', operationID }),
  ],
  ['add', (device) => device.addConversationsToGroup({ conversationIDList, groupName: 'work', operationID })],
  ['read', (device) => device.setMessageRead({ conversationID: 'C2Cbob', operationID })],
  ['pin', (device) => device.pinConversation({ conversationID: 'C2Cbob', isPinned: true, operationID })],
  [
    'mark',
    (device) =>
      device.markConversation({
        conversationIDList,
        markType: TYPES.CONV_MARK_TYPE_STAR,
        enableMark: true,
        operationID,
      }),
  ],
  ['delete', (device) => device.deleteConversation({ conversationIDList, operationID })],
];

it.each(EDITS)('[DL2] %s with the same operationID is done once, from either device', async (_name, edit) => {
  const first = await edit(phone);
  const devices = [phone, laptop];
  for (const device of devices) await new Ear(device).heard();
  const before = await readOf(phone);
  for (const device of devices) expect(await edit(device)).toEqual(first);
  expect(await readOf(phone)).toEqual(before);
});

it('[DL2] and still is when the conversation group was renamed, or messages came, between the two', async () => {
  const add = () =>
    phone.addConversationsToGroup({ conversationIDList, groupName: 'work', operationID: 'add' });
  const read = () => phone.setMessageRead({ conversationID: 'C2Cbob', operationID: 'read' });
  const answers = [await add(), await read()];
  await laptop.renameConversationGroup({ oldName: 'work', newName: 'play' });
  await say(bob, 'C2Cann', 'two');
  await new Ear(phone).heard();
  expect([await add(), await read()]).toEqual(answers);
  expect((await listOf(phone))[0]).toMatchObject({ unreadCount: 1, conversationGroupList: ['play'] });
});

it('[DL2] another content under the same operationID is refused 52002 and changes nothing', async () => {
  await phone.createConversationGroup({ conversationIDList, groupName: 'one', operationID });
  const other = phone.createConversationGroup({ conversationIDList, groupName: 'two', operationID });
  await expect(other).rejects.toMatchObject({ code: 52002, retryable: false });
  const emptier = phone.createConversationGroup({ conversationIDList: [], groupName: 'one', operationID });
  await expect(emptier).rejects.toMatchObject({ code: 52002 });
  expect((await phone.getConversationGroupList()).data).toEqual(['work', 'one']);
});
