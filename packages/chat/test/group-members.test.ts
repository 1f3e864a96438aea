/** Name cards, muting and profiles of members, through the SDK and the server (GR6). */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import MusterChat, { type ChatSDK } from '../src/index.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

/** The user's own group, as the events told it last. */
function listed(device: ChatSDK, groupID: string) {
  let known: { nameCard?: string; muteUntil?: number; muteAllMembers?: boolean } = {};
  device.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => {
    const group = data.find((one) => one.groupID === groupID);
    if (group) known = { ...group.selfInfo, muteAllMembers: group.muteAllMembers };
  });
  return () => known;
}

it('[DL5][GR6] shows name cards and muting on all devices of the member, and in the lists', async () => {
  const groupID = 'cards';
  const [ann, ben, benToo] = [
    await muster.login('ann'),
    await muster.login('ben'),
    await muster.login('ben'),
  ];
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await ben.joinGroup({ groupID });
  const known = [listed(ben, groupID), listed(benToo, groupID)];
  const { data } = await ben.setGroupMemberNameCard({ groupID, nameCard: 'Benny' });
  expect(data).toMatchObject({ group: { selfInfo: { nameCard: 'Benny' } }, member: { nameCard: 'Benny' } });
  const before = Math.floor(Date.now() / 1_000);
  const muted = (await ann.setGroupMemberMuteTime({ groupID, userID: 'ben', muteTime: 600 })).data.member;
  expect(muted.muteUntil - before).toBeGreaterThanOrEqual(600);
  expect(muted.muteUntil - before).toBeLessThan(660);
  await ann.updateGroupProfile({ groupID, muteAllMembers: true });
  const now = { nameCard: 'Benny', muteUntil: muted.muteUntil, muteAllMembers: true };
  await expect.poll(() => known.map((of) => of())).toMatchObject([now, now]);
  const named = { groupID, userIDList: ['nobody', 'ben', 'ann', 'ben'] };
  const { memberList } = (await ann.getGroupMemberProfile(named)).data;
  expect(memberList.map(({ userID, nameCard }) => [userID, nameCard])).toEqual([
    ['ben', 'Benny'],
    ['ann', ''],
  ]);
  expect((await ann.getGroupMemberList({ groupID })).data.memberList).toContainEqual(muted);
  const fresh = await muster.login('ben');
  expect((await fresh.getGroupProfile({ groupID })).data.group).toMatchObject({
    muteAllMembers: true,
    selfInfo: { nameCard: 'Benny', muteUntil: muted.muteUntil },
  });
  await expect(ben.setGroupMemberMuteTime({ groupID, userID: 'ann', muteTime: 1 })).rejects.toMatchObject({
    code: 10007,
  });
});

it('[GR6] both end with the membership', async () => {
  const groupID = 'again';
  const [ann, ben] = [await muster.login('ann'), await muster.login('ben')];
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await ben.joinGroup({ groupID });
  await ben.setGroupMemberNameCard({ groupID, nameCard: 'Benny' });
  await ben.quitGroup(groupID);
  const { group } = (await ben.joinGroup({ groupID })).data;
  expect(group?.selfInfo).toMatchObject({ nameCard: '', muteUntil: 0 });
});

it('[GR6][GR7] the profiles of an AVChatRoom are those of who is there', async () => {
  const groupID = 'profiles-room';
  const [owner, guest] = [await muster.login('owner'), await muster.login('guest')];
  await owner.createGroup({ name: 'Room', groupID, type: TYPES.GRP_AVCHATROOM });
  await guest.joinGroup({ groupID });
  const ask = async () =>
    (await owner.getGroupMemberProfile({ groupID, userIDList: ['owner', 'guest'] })).data.memberList;
  expect((await ask()).map(({ userID }) => userID)).toEqual(['guest']);
  await guest.quitGroup(groupID);
  expect(await ask()).toEqual([]);
});
