import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import MusterChat, { type AnyMessage, type ChatSDK } from '../../src/index.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

/** The messages of the next events of this name, until there are as many as are wanted. */
function hear(device: ChatSDK, name: string, count: number): Promise<AnyMessage[]> {
  return new Promise((resolve) => {
    const heard: AnyMessage[] = [];
    const listen = ({ data }: { data: AnyMessage[] }) => {
      heard.push(...data);
      if (heard.length < count) return;
      device.off(name, listen);
      resolve(heard);
    };
    device.on(name, listen);
  });
}

const textTo = (device: ChatSDK, to: string, text: string) =>
  device.createTextMessage({ to, conversationType: TYPES.CONV_C2C, payload: { text } });

it('[MS1] [MS2] [MS4] a message is the same at all devices, and is not told to the one that sent it', async () => {
  const [alice, other, bob] = await Promise.all(['al', 'al', 'bo'].map((userID) => muster.login(userID)));
  if (!alice || !other || !bob) throw new Error('not logged in');
  const own: AnyMessage[] = [];
  alice.on(EVENT.MESSAGE_RECEIVED, ({ data }) => own.push(...data));
  const [atOther, atBob] = [hear(other, EVENT.MESSAGE_RECEIVED, 2), hear(bob, EVENT.MESSAGE_RECEIVED, 2)];
  const sent = [textTo(alice, 'bo', 'one'), textTo(alice, 'bo', 'two')];
  await Promise.all(sent.map((message) => alice.sendMessage(message)));
  const IDs = sent.map(({ ID }) => ID);
  expect((await atOther).map(({ ID, flow }) => [ID, flow])).toEqual(IDs.map((ID) => [ID, 'out']));
  expect((await atBob).map(({ ID, flow }) => [ID, flow])).toEqual(IDs.map((ID) => [ID, 'in']));
  const { messageList, isCompleted } = (await bob.getMessageList({ conversationID: 'C2Cal' })).data;
  expect(messageList.map(({ ID }) => ID)).toEqual(IDs);
  expect(isCompleted).toBe(true);
  expect(alice.findMessage(IDs[0] as string)).toEqual(sent[0]);
  expect(own).toEqual([]);

  const read = hear(alice, EVENT.MESSAGE_READ_BY_PEER, 2);
  await bob.setMessageRead({ conversationID: 'C2Cal' });
  expect((await read).map(({ ID, isPeerRead }) => [ID, isPeerRead])).toEqual(IDs.map((ID) => [ID, true]));

  const [revoked, modified] = [hear(bob, EVENT.MESSAGE_REVOKED, 1), hear(bob, EVENT.MESSAGE_MODIFIED, 1)];
  const [first, second] = sent as [AnyMessage, AnyMessage];
  second.payload.text = 'three';
  await alice.modifyMessage(second);
  expect((await modified)[0]).toMatchObject({ ID: second.ID, isModified: true, payload: { text: 'three' } });
  await alice.revokeMessage(first);
  expect((await revoked)[0]).toMatchObject({ ID: first.ID, isRevoked: true, revoker: 'al' });

  await bob.deleteMessage([await atBob].flat());
  expect((await bob.getMessageList({ conversationID: 'C2Cal' })).data.messageList).toEqual([]);
  expect((await alice.getMessageList({ conversationID: 'C2Cbo' })).data.messageList).toHaveLength(2);
  await alice.clearHistoryMessage('C2Cbo');
  expect((await alice.getMessageList({ conversationID: 'C2Cbo' })).data.messageList).toEqual([]);
  await Promise.all([alice, other, bob].map((device) => device.destroy()));
});

it('[MS2] [MS5] a message sent again is stored once; an online-only one is stored nowhere', async () => {
  const [carol, dave] = await Promise.all(['ca', 'da'].map((userID) => muster.login(userID)));
  if (!carol || !dave) throw new Error('not logged in');
  const received = hear(dave, EVENT.MESSAGE_RECEIVED, 2);
  const online = textTo(carol, 'da', 'passing');
  await carol.sendMessage(online, { onlineUserOnly: true });
  const kept = textTo(carol, 'da', 'kept');
  await carol.sendMessage(kept);
  await carol.resendMessage(kept);
  expect((await received).map(({ ID }) => ID)).toEqual([online.ID, kept.ID]);
  const { messageList } = (await dave.getMessageList({ conversationID: 'C2Cca' })).data;
  expect(messageList.map(({ ID }) => ID)).toEqual([kept.ID]);
  await Promise.all([carol.destroy(), dave.destroy()]);
});

it('[MS4] tips and notices tell of a group what the server does not store', async () => {
  const [erin, finn] = await Promise.all(['er', 'fi'].map((userID) => muster.login(userID)));
  if (!erin || !finn) throw new Error('not logged in');
  const [atErin, atFinn] = [hear(erin, EVENT.MESSAGE_RECEIVED, 3), hear(finn, EVENT.MESSAGE_RECEIVED, 3)];
  await erin.createGroup({ name: 'G', groupID: 'tips', type: TYPES.GRP_WORK });
  await erin.addGroupMember({ groupID: 'tips', userIDList: ['fi'] });
  await erin.updateGroupProfile({ groupID: 'tips', name: 'H' });
  await erin.deleteGroupMember({ groupID: 'tips', userIDList: ['fi'] });
  const said = (messages: AnyMessage[]) => messages.map(({ type, payload }) => [type, payload.operationType]);
  expect(said(await atErin)).toEqual([
    [TYPES.MSG_GRP_TIP, TYPES.GRP_TIP_MBR_JOIN],
    [TYPES.MSG_GRP_TIP, TYPES.GRP_TIP_GRP_PROFILE_UPDATED],
    [TYPES.MSG_GRP_TIP, TYPES.GRP_TIP_MBR_KICKED_OUT],
  ]);
  expect(said(await atFinn)).toEqual([
    [TYPES.MSG_GRP_SYS_NOTICE, 7],
    [TYPES.MSG_GRP_TIP, TYPES.GRP_TIP_GRP_PROFILE_UPDATED],
    [TYPES.MSG_GRP_SYS_NOTICE, 4],
  ]);
  expect((await atFinn)[2]?.payload.groupProfile).toMatchObject({ groupID: 'tips', name: 'H' });
  expect((await erin.getMessageList({ conversationID: 'GROUPtips' })).data.messageList).toEqual([]);
  await Promise.all([erin.destroy(), finn.destroy()]);
});
