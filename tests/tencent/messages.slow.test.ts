/** Messages and conversations, as the original SDK says, reads and keeps them. */
import MusterChat from '@muster/chat';
import { expect, it } from 'vitest';
import { groupIDOf, withCast } from './cast.ts';
import type { Original } from './original.ts';

const cast = withCast();

interface Said {
  ID: string;
  payload: { text?: string };
  from: string;
  isRevoked: boolean;
}

const isText = (text: string) => (data: Said[]) => data.some(({ payload }) => payload.text === text);

const sendText = async (one: Original, to: { user?: Original; groupID?: string }, text: string) => {
  const options = {
    to: to.user?.userID ?? to.groupID,
    conversationType: to.user ? 'C2C' : 'GROUP',
    payload: { text },
  };
  return (await one.call('send', 'createTextMessage', options)).data.message as Said;
};

async function conversation(one: Original, conversationID: string) {
  const { data } = await one.call('getConversationList', [conversationID]);
  return data.conversationList[0];
}

async function history(one: Original, conversationID: string): Promise<(string | undefined)[]> {
  const { data } = await one.call('getMessageList', { conversationID });
  return data.messageList.map(({ payload }: Said) => payload.text);
}

it('[OS7][MS1][MS2][CV1] one-to-one: both sides, the second device, history and what is unread', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const second = await cast.another(ann.userID);
  const sent = await sendText(ann, { user: bob }, 'hello');
  const [heard] = await bob.hears('MESSAGE_RECEIVED', isText('hello'));
  expect(heard).toMatchObject({ ID: sent.ID, from: ann.userID, flow: 'in' });
  const [copied] = await second.hears('MESSAGE_RECEIVED', isText('hello'));
  expect(copied).toMatchObject({ ID: sent.ID, from: ann.userID, flow: 'out' });
  expect(ann.all('MESSAGE_RECEIVED')).toEqual([]);
  await sendText(bob, { user: ann }, 'hi');
  await ann.hears('MESSAGE_RECEIVED', isText('hi'));
  const withAnn = `C2C${ann.userID}`;
  const later = await cast.another(bob.userID);
  await later.until(() => later.all('CONVERSATION_LIST_UPDATED').length > 0, 'the list');
  expect(await history(later, withAnn)).toEqual(['hello', 'hi']);
  // The sender's own history holds each message once: it knows its own by the number it gave it.
  expect(await history(ann, `C2C${bob.userID}`)).toEqual(['hello', 'hi']);
  await later.until(
    () =>
      later
        .all('CONVERSATION_LIST_UPDATED')
        .some((list) => list[0]?.conversationID === withAnn && list[0].unreadCount === 1),
    'one unread',
  );
  await bob.call('setMessageRead', { conversationID: withAnn });
  await ann.hears('MESSAGE_READ_BY_PEER');
  await later.until(
    () => later.all('CONVERSATION_LIST_UPDATED').at(-1)?.[0]?.unreadCount === 0,
    'read on the other device',
  );
});

it('[MS1][MS4] in a group: members, history, mentions, reading', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  const conversationID = `GROUP${groupID}`;
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  const sent = await sendText(ann, { groupID }, 'all');
  const [heard] = await bob.hears('MESSAGE_RECEIVED', isText('all'));
  expect(heard).toMatchObject({ ID: sent.ID, from: ann.userID, conversationID });
  expect(ann.all('MESSAGE_RECEIVED').filter(isText('all'))).toEqual([]);
  await ann.call('send', 'createTextAtMessage', {
    to: groupID,
    conversationType: 'GROUP',
    payload: { text: '@bob look', atUserList: [bob.userID] },
  });
  await bob.hears('MESSAGE_RECEIVED', isText('@bob look'));
  await bob.until(
    () =>
      bob
        .all('CONVERSATION_LIST_UPDATED')
        .some((list) => list.some((one: { groupAtInfoList: unknown[] }) => one.groupAtInfoList.length === 1)),
    'the mention',
  );
  expect((await conversation(bob, conversationID)).unreadCount).toBe(2);
  const later = await cast.another(bob.userID);
  await later.until(
    () => later.all('CONVERSATION_LIST_UPDATED').some((list) => list[0]?.unreadCount === 2),
    'two unread after a new login',
  );
  expect((await history(later, conversationID)).filter(Boolean)).toEqual(['all', '@bob look']);
  await bob.call('setMessageRead', { conversationID });
  await later.until(
    () => later.all('CONVERSATION_LIST_UPDATED').at(-1)?.[0]?.unreadCount === 0,
    'read on the other device',
  );
});

it('[MS1][MS5] revoking, changing and deleting, one-to-one and in a group', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  for (const to of [{ user: bob }, { groupID }]) {
    bob.forget();
    const said = await sendText(ann, to, 'wrong');
    await bob.hears('MESSAGE_RECEIVED', isText('wrong'));
    await ann.call('onMessage', 'revokeMessage', said.ID);
    const revoked = await bob.hears('MESSAGE_REVOKED');
    expect(revoked).toMatchObject([{ ID: said.ID, isRevoked: true }]);
    const changed = await sendText(ann, to, 'first');
    await bob.hears('MESSAGE_RECEIVED', isText('first'));
    await ann.call('onMessage', 'modifyMessage', changed.ID, { text: 'second' });
    await bob.hears('MESSAGE_MODIFIED', isText('second'));
    const conversationID = to.user ? `C2C${ann.userID}` : `GROUP${groupID}`;
    await bob.call('onMessage', 'deleteMessage', changed.ID, undefined, true);
    const later = await cast.another(bob.userID);
    await later.until(() => later.all('CONVERSATION_LIST_UPDATED').length > 0, 'the list');
    expect(await history(later, conversationID)).not.toContain('second');
  }
});

it('[MS3][MS5] what is kept nowhere: rooms, and messages for connected devices', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('AVChatRoom');
  await ann.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
  await ann.call('joinGroup', { groupID });
  await bob.call('joinGroup', { groupID });
  for (const text of ['one', 'two', 'three']) await sendText(ann, { groupID }, text);
  for (const text of ['one', 'two', 'three']) await bob.hears('MESSAGE_RECEIVED', isText(text));
  const options = { to: bob.userID, conversationType: 'C2C', payload: { text: 'now' } };
  await ann.call('send', 'createTextMessage', options, { onlineUserOnly: true });
  await bob.hears('MESSAGE_RECEIVED', isText('now'));
  const later = await cast.another(bob.userID);
  await later.hears('CONVERSATION_LIST_UPDATED');
  expect((await later.call('getConversationList')).data.conversationList).toEqual([]);
});

it('[CV2] pins, marks, remind types and deletion, on both devices', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  await sendText(bob, { user: ann }, 'hello');
  await ann.hears('MESSAGE_RECEIVED', isText('hello'));
  const other = await cast.another(ann.userID);
  const conversationID = `C2C${bob.userID}`;
  await other.until(
    () => other.all('CONVERSATION_LIST_UPDATED').at(-1)?.length === 1,
    'the list of the other device',
  );
  const shows = (wanted: object) =>
    expect.poll(() => conversation(other, conversationID)).toMatchObject(wanted);
  await ann.call('pinConversation', { conversationID, isPinned: true });
  await shows({ isPinned: true });
  await ann.call('markConversation', { conversationIDList: [conversationID], markType: 1, enableMark: true });
  await shows({ markList: [1] });
  await ann.call('setConversationCustomData', {
    conversationIDList: [conversationID],
    customData: 'mine',
  });
  await shows({ customData: 'mine' });
  await ann.call('setMessageRemindType', {
    userIDList: [bob.userID],
    messageRemindType: 'AcceptNotNotify',
  });
  const again = await cast.another(ann.userID);
  await again.until(() => again.all('CONVERSATION_LIST_UPDATED').at(-1)?.length === 1, 'the list');
  expect(await conversation(again, conversationID)).toMatchObject({
    isPinned: true,
    markList: [1],
    customData: 'mine',
    messageRemindType: 'AcceptNotNotify',
  });
  await ann.call('deleteConversation', conversationID);
  await expect.poll(() => conversation(other, conversationID)).toBeUndefined();
});

it('[MS2] ours and the original in one conversation', async () => {
  const ann = await cast.original('ann');
  const bob = await cast.server.login(cast.userID('bob'));
  const heard: string[] = [];
  bob.on(MusterChat.EVENT.MESSAGE_RECEIVED, ({ data }) => {
    for (const { payload } of data) heard.push((payload as { text: string }).text);
  });
  await sendText(ann, { user: { userID: bob.getLoginUser() } as Original }, 'hello');
  await expect.poll(() => heard).toEqual(['hello']);
});
