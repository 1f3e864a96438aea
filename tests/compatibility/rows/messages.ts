/** Messages: making, sending, changing and reading them. */
import assert from 'node:assert/strict';
import { absent, absentInOurs, both, NO_CODE, type Probe, type SDKRow, type Section, works } from '../row.ts';
import {
  codeOf,
  conversationOf,
  eventually,
  groupOf,
  has,
  hearsText,
  isOf,
  newText,
  type Said,
  type Stage,
  say,
  withStranger,
} from '../stage.ts';

/** A message of a kind that the other member of a group receives as it was made. */
function makes(create: string, payload: (stage: Stage) => object): Probe<Stage> {
  return async (stage) => {
    const { me, other } = stage;
    const groupID = await groupOf(stage);
    const given = payload(stage);
    const options = { to: groupID, conversationType: 'GROUP', payload: given };
    const { data } = await me.call('send', create, options);
    const list: Said[] = await other.hears('MESSAGE_RECEIVED', (messages: Said[]) =>
      messages.some(({ ID }) => ID === data.message.ID),
    );
    const received = list.find(({ ID }) => ID === data.message.ID) as Said & { atUserList: string[] };
    const { atUserList = [], ...rest } = given as { atUserList?: string[] };
    has(received.payload, rest);
    assert.deepEqual(received.atUserList, atUserList);
  };
}

/** A file as a page hands it over; where there is no page the client refuses some by itself. */
const file = { name: 'a.mp4', size: 3, type: 'mp4', duration: 1, url: 'http://127.0.0.1/a' };
function uploads(create: string): Probe<Stage> {
  return async ({ me, other }) => {
    const payload = { file: { ...file, files: [file], tempFiles: [file] } };
    await me.call('send', create, { to: other.userID, conversationType: 'C2C', payload });
  };
}

/** Several messages in one. */
async function merges(stage: Stage): Promise<void> {
  const { me } = stage;
  const groupID = await groupOf(stage);
  const { ID } = await say(me, { groupID });
  const payload = {
    messageList: [{ $message: ID }],
    title: 'what was said',
    abstractList: ['a text'],
    compatibleText: 'a text',
  };
  await me.call('send', 'createMergerMessage', { to: groupID, conversationType: 'GROUP', payload });
}

async function forwards(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const { message } = await withStranger(stage);
  const payload = { $message: message.ID };
  await me.call('send', 'createForwardMessage', { to: groupID, conversationType: 'GROUP', payload });
  await hearsText(other, message.payload.text ?? '');
}

const MORE = { needReadReceipt: true, isSupportExtension: true };

/** Calls a method with an own message in a group. */
function about(method: string, args: (mine: object) => unknown[]): Probe<Stage> {
  return async (stage) => {
    const groupID = await groupOf(stage);
    const { ID } = await say(stage.me, { groupID }, newText(), MORE);
    await stage.me.call(method, ...args({ $message: ID }));
  };
}

/** Calls a method with an own message to a user. */
function extending(method: string, ...args: unknown[]): Probe<Stage> {
  return async ({ me, stranger }) => {
    const { userID } = await stranger();
    const { ID } = await say(me, { userID }, newText(), MORE);
    await me.call(method, { $message: ID }, ...args);
  };
}

/** Tells the other member of a group that a message of his is read. */
async function acknowledges(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const text = newText();
  await say(other, { groupID }, text, MORE);
  const { ID } = await hearsText(me, text);
  await me.call('sendMessageReadReceipt', [{ $message: ID }]);
}

async function hearsVoice({ me, other }: Stage): Promise<void> {
  const options = { to: other.userID, conversationType: 'C2C', payload: { file } };
  const { ID } = await me.call('createAudioMessage', options);
  await me.call('convertVoiceToText', { message: { $message: ID } });
}

async function sends(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const sent = await say(me, { groupID });
  assert.equal((await hearsText(other, sent.payload.text ?? '')).ID, sent.ID);
  const friend = await stage.stranger();
  const toUser = await say(me, { userID: friend.userID });
  assert.equal((await hearsText(friend, toUser.payload.text ?? '')).from, me.userID);
  const now = newText();
  const options = { to: friend.userID, conversationType: 'C2C', payload: { text: now } };
  await me.call('send', 'createTextMessage', options, { onlineUserOnly: true });
  await hearsText(friend, now);
  const uncounted = { messageControlInfo: { excludedFromUnreadCount: true } };
  await me.call('send', 'createTextMessage', { ...options, payload: { text: newText() } }, uncounted);
  const conversationID = `C2C${me.userID}`;
  assert.equal((await friend.call('getMessageList', { conversationID })).data.messageList.length, 2);
  assert.equal((await conversationOf(friend, conversationID)).unreadCount, 1);
}

/** A member who may not speak sends again what was refused when he may. */
async function resends(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const mute = (muteTime: number): Promise<unknown> =>
    me.call('setGroupMemberMuteTime', { groupID, userID: other.userID, muteTime });
  await mute(600);
  const text = newText();
  const options = { to: groupID, conversationType: 'GROUP', payload: { text } };
  const { ID } = await other.call('createTextMessage', options);
  assert.equal(await codeOf(other.call('sendMessage', { $message: ID })), 10_017);
  await mute(0);
  await eventually(() => other.call('resendMessage', { $message: ID }));
  await hearsText(me, text);
}

export async function revokes(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const { ID, payload } = await say(me, { groupID });
  await hearsText(other, payload.text ?? '');
  await me.call('revokeMessage', { $message: ID });
  const isIt = (one: Said): boolean => one.ID === ID;
  has((await other.hears('MESSAGE_REVOKED', (list) => list.some(isIt))).find(isIt), { isRevoked: true });
}

export async function modifies(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const { ID, payload } = await say(me, { groupID });
  await hearsText(other, payload.text ?? '');
  const text = newText();
  await me.call('onMessage', 'modifyMessage', ID, { text });
  await other.hears('MESSAGE_MODIFIED', (list) => list.some((one: Said) => one.payload.text === text));
}

async function deletes(stage: Stage): Promise<void> {
  const { me } = stage;
  const { message, conversationID } = await withStranger(stage);
  await me.call('deleteMessage', [{ $message: message.ID }]);
  const { messageList } = (await me.call('getMessageList', { conversationID })).data;
  assert.ok(messageList.every(isOf({ isDeleted: true })));
}

async function reads(stage: Stage): Promise<void> {
  const { me, stranger } = stage;
  const friend = await stranger();
  const said = Array.from({ length: 17 }, () => newText());
  for (const text of said) await say(friend, { userID: me.userID }, text);
  await hearsText(me, said.at(-1) ?? '');
  const conversationID = `C2C${friend.userID}`;
  const texts = (list: Said[]): string[] => list.map(({ payload }) => payload.text ?? '');
  let page = (await me.call('getMessageList', { conversationID })).data;
  const read = texts(page.messageList);
  assert.deepEqual(read, said.slice(2));
  while (!page.isCompleted) {
    const { nextReqMessageID }: { nextReqMessageID: string } = page;
    page = (await me.call('getMessageList', { conversationID, nextReqMessageID })).data;
    read.unshift(...texts(page.messageList));
  }
  assert.deepEqual(read, said);
}

async function hops(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const [first, second, third] = [newText(), newText(), newText()];
  for (const text of [first, second, third]) await say(me, { groupID }, text);
  const { sequence } = await hearsText(other, second);
  const conversationID = `GROUP${groupID}`;
  const { data } = await me.call('getMessageListHopping', { conversationID, sequence, direction: 0 });
  const texts = data.messageList.map(({ payload }: Said) => payload.text);
  assert.ok(texts.includes(first) && !texts.includes(third), `what is before it: ${texts}`);
}

async function finds(stage: Stage): Promise<void> {
  const { message } = await withStranger(stage);
  has(await stage.me.call('findMessage', message.ID), { ID: message.ID, payload: message.payload });
}

async function marksAsRead(stage: Stage): Promise<void> {
  const { me } = stage;
  const { friend, conversationID } = await withStranger(stage);
  const unread = async (): Promise<number> => (await conversationOf(me, conversationID)).unreadCount;
  await eventually(async () => assert.equal(await unread(), 1));
  await me.call('setMessageRead', { conversationID });
  await eventually(async () => assert.equal(await unread(), 0));
  await friend.hears('MESSAGE_READ_BY_PEER');
}

async function marksAllAsRead(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID } = await withStranger(stage);
  const unread = async (): Promise<number> => (await conversationOf(me, conversationID)).unreadCount;
  await eventually(async () => assert.equal(await unread(), 1));
  await me.call('setAllMessageRead', { scope: 'readAllC2CMessage' });
  await eventually(async () => assert.equal(await unread(), 0));
}

const listOf = (mine: object): unknown[] => [[mine]];

export const MESSAGES: Section<SDKRow<Stage>> = {
  title: 'Messages',
  rows: {
    createTextMessage: both(works(makes('createTextMessage', () => ({ text: newText() })))),
    createTextAtMessage: both(
      works(makes('createTextAtMessage', ({ other }) => ({ text: newText(), atUserList: [other.userID] }))),
    ),
    createCustomMessage: both(
      works(makes('createCustomMessage', () => ({ data: 'd', description: 'e', extension: 'f' }))),
    ),
    createFaceMessage: both(works(makes('createFaceMessage', () => ({ index: 1, data: 'smile' })))),
    createLocationMessage: both(
      works(makes('createLocationMessage', () => ({ description: 'here', latitude: 1.5, longitude: -2.5 }))),
    ),
    createImageMessage: absent(NO_CODE, uploads('createImageMessage')),
    createAudioMessage: absent(2040, uploads('createAudioMessage')),
    createVideoMessage: absent(2352, uploads('createVideoMessage')),
    createFileMessage: absent(2040, uploads('createFileMessage')),
    createMergerMessage: absent(10_004, merges),
    downloadMergerMessage: absent(
      2450,
      about('downloadMergerMessage', (mine) => [mine]),
    ),
    createForwardMessage: absentInOurs(forwards),
    sendMessage: both(works(sends)),
    resendMessage: both(works(resends)),
    revokeMessage: both(works(revokes)),
    deleteMessage: both(works(deletes)),
    modifyMessage: both(works(modifies)),
    translateText: absent(2117, ({ me }) =>
      me.call('translateText', { sourceTextList: ['a'], sourceLanguage: 'en', targetLanguage: 'de' }),
    ),
    convertVoiceToText: absent(NO_CODE, hearsVoice),
    sendMessageReadReceipt: absent(60_009, acknowledges),
    getMessageReadReceiptList: absent(60_009, about('getMessageReadReceiptList', listOf)),
    getGroupMessageReadMemberList: absent(
      60_009,
      about('getGroupMessageReadMemberList', (message) => [{ message, filter: 0, cursor: '', count: 5 }]),
    ),
    setMessageExtensions: absent(3122, extending('setMessageExtensions', [{ key: 'a', value: 'b' }])),
    getMessageExtensions: absent(3122, extending('getMessageExtensions')),
    deleteMessageExtensions: absent(3122, extending('deleteMessageExtensions', ['a'])),
    addMessageReaction: absent(
      3122,
      about('addMessageReaction', (mine) => [mine, 'like']),
    ),
    removeMessageReaction: absent(
      3122,
      about('removeMessageReaction', (mine) => [mine, 'like']),
    ),
    getMessageReactions: absent(
      3122,
      about('getMessageReactions', (mine) => [{ messageList: [mine], maxUserCountPerReaction: 3 }]),
    ),
    getAllUserListOfMessageReaction: absent(
      3122,
      about('getAllUserListOfMessageReaction', (message) => [
        { message, reactionID: 'like', nextSeq: 0, count: 10 },
      ]),
    ),
    getMessageList: both(works(reads)),
    getMessageListHopping: absentInOurs(hops),
    findMessage: both(works(finds)),
    setMessageRead: both(works(marksAsRead)),
    setAllMessageRead: both(works(marksAllAsRead)),
  },
};
