/** Groups of all types, as the original SDK makes, joins, changes and leaves them. */
import { describe, expect, it } from 'vitest';
import { groupIDOf, withCast } from './cast.ts';

const cast = withCast();

const WIRE_TYPES = {
  Work: 'Private',
  Public: 'Public',
  Meeting: 'ChatRoom',
  AVChatRoom: 'AVChatRoom',
  Community: 'Community',
};

describe.each(Object.entries(WIRE_TYPES))('a group of the type %s', (type, wireType) => {
  it('[GR1][GR2] is made, found, entered, changed, left and ended', async () => {
    const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
    const groupID = groupIDOf(type);
    const made = await ann.call('createGroup', {
      type: wireType,
      name: 'team',
      groupID,
      introduction: 'who we are',
      ...(type === 'Public' ? { joinOption: 'FreeAccess' } : {}),
    });
    expect(made.data.group).toMatchObject({ groupID, type: wireType, name: 'team', ownerID: ann.userID });
    if (type === 'AVChatRoom') await ann.call('joinGroup', { groupID });
    if (type === 'Work') {
      await ann.call('addGroupMember', { groupID, userIDList: [bob.userID] });
      await bob.hears('GROUP_LIST_UPDATED', (list) => list.length === 1);
    } else {
      expect(await bob.call('searchGroupByID', groupID)).toMatchObject({ data: { group: { name: 'team' } } });
      const joined = await bob.call('joinGroup', { groupID });
      expect(joined.data).toMatchObject({ status: 'JoinedSuccess', group: { groupID } });
    }
    const members = await ann.call('getGroupMemberList', { groupID });
    expect(members.data.memberList.map(({ userID }: { userID: string }) => userID).sort()).toEqual(
      [ann.userID, bob.userID].sort(),
    );
    await ann.call('updateGroupProfile', { groupID, notification: 'hello' });
    const profile = await bob.call('getGroupProfile', { groupID });
    expect(profile.data.group).toMatchObject({ notification: 'hello', introduction: 'who we are' });
    expect(await bob.call('quitGroup', groupID)).toMatchObject({ data: { groupID } });
    if (type === 'Work') {
      expect(await ann.codeOf('dismissGroup', groupID)).toBe(10_007);
      expect(await ann.codeOf('quitGroup', groupID)).toBe(0);
    } else {
      await ann.call('dismissGroup', groupID);
      expect(await bob.codeOf('joinGroup', { groupID })).toBe(10_010);
    }
    expect([...ann.all('UNHANDLED'), ...bob.all('UNHANDLED')]).toEqual([]);
  });
});

it('[GR3] the groupID of a Community begins as the client wants it, or nothing is asked', async () => {
  const ann = await cast.original('ann');
  const made = ann.codeOf('createGroup', { type: 'Community', name: 'plain', groupID: 'plain' });
  expect(await made).toBe(2_602);
});

it('[GR2] several groups are made within a second, and listed after a new login', async () => {
  const ann = await cast.original('ann');
  const ids = Array.from({ length: 12 }, () => groupIDOf('Public'));
  await Promise.all(ids.map((groupID) => ann.call('createGroup', { type: 'Public', name: 'many', groupID })));
  const community = groupIDOf('Community');
  await ann.call('createGroup', { type: 'Community', name: 'one more', groupID: community });
  expect(ann.all('UNHANDLED')).toEqual([]);
  const again = await cast.another(ann.userID);
  await again.hears('GROUP_LIST_UPDATED', (list) => list.length === ids.length + 1);
  const { data } = await again.call('getGroupList');
  expect(data.groupList.map(({ groupID }: { groupID: string }) => groupID).sort()).toEqual(
    [...ids, community].sort(),
  );
});

it('[GR7] who joins a second room leaves the first, unless he says otherwise', async () => {
  const host = await cast.original('host');
  const [first, second] = [groupIDOf('AVChatRoom'), groupIDOf('AVChatRoom')];
  for (const groupID of [first, second]) {
    await host.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
  }
  const one = await cast.original('one');
  const many = await cast.original('many', { unlimitedAVChatRoom: true });
  for (const guest of [one, many])
    for (const groupID of [first, second]) await guest.call('joinGroup', { groupID });
  const present = (groupID: string) => cast.server.server().app.rooms.connectedUsers(groupID).sort();
  await expect.poll(() => present(first)).toEqual([many.userID]);
  expect(present(second)).toEqual([many.userID, one.userID].sort());
});

it('[GR3] refuses ids as the rules say', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  const make = { type: 'Public', name: 'team', groupID };
  await ann.call('createGroup', make);
  expect(await ann.codeOf('createGroup', make)).toBe(10_025);
  expect(await bob.codeOf('createGroup', make)).toBe(10_021);
  expect(await bob.codeOf('createGroup', { ...make, groupID: 'nö' })).toBe(10_015);
});

it('[MS4][GR2] members are told who comes, who goes and what changes', async () => {
  const [ann, bob, cat] = [
    await cast.original('ann'),
    await cast.original('bob'),
    await cast.original('cat'),
  ];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  type Tip = { payload: { operationType: number; userIDList?: string[] } };
  const tip = (data: Tip[]) => data[0]?.payload;
  const isTip = (type: number, userID?: string) => (data: Tip[]) =>
    tip(data)?.operationType === type &&
    (userID === undefined || tip(data)?.userIDList?.includes(userID) === true);
  const joined = await ann.hears('MESSAGE_RECEIVED', isTip(1, bob.userID));
  expect(tip(joined)).toMatchObject({ operatorID: bob.userID, memberCount: 2 });
  await cat.call('joinGroup', { groupID });
  await bob.hears('MESSAGE_RECEIVED', isTip(1, cat.userID));
  await ann.call('updateGroupProfile', { groupID, name: 'crew' });
  await bob.hears('MESSAGE_RECEIVED', isTip(6));
  await bob.until(
    () => bob.all('GROUP_LIST_UPDATED').some((list) => list[0]?.name === 'crew'),
    'the new name in the list',
  );
  await ann.call('setGroupMemberRole', { groupID, userID: bob.userID, role: 'Admin' });
  await cat.hears('MESSAGE_RECEIVED', isTip(4, bob.userID));
  await ann.call('deleteGroupMember', { groupID, userIDList: [cat.userID] });
  await bob.hears('MESSAGE_RECEIVED', isTip(3, cat.userID));
  await cat.hears('MESSAGE_RECEIVED', isTip(4));
  await cat.until(() => cat.all('GROUP_LIST_UPDATED').at(-1)?.length === 0, 'the group is gone');
  await ann.call('changeGroupOwner', { groupID, newOwnerID: bob.userID });
  expect((await bob.call('getGroupProfile', { groupID })).data.group.ownerID).toBe(bob.userID);
  await bob.call('dismissGroup', groupID);
  await ann.hears('MESSAGE_RECEIVED', isTip(5));
  await ann.until(() => ann.all('GROUP_LIST_UPDATED').at(-1)?.length === 0, 'the group is gone');
});

it('[GR2] a request to join is decided by the owner', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID });
  const asked = await bob.call('joinGroup', { groupID, applyMessage: 'please' });
  expect(asked.data.status).toBe('WaitAdminApproval');
  const { data } = await ann.call('getGroupApplicationList');
  expect(data.applicationList).toMatchObject([{ applicant: bob.userID, groupID, note: 'please' }]);
  const [application] = data.applicationList;
  await ann.call('handleGroupApplication', { handleAction: 'Agree', application });
  await bob.hears('GROUP_LIST_UPDATED', (list) => list.length === 1);
});

it('[GR5] attributes are written, read and told', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  await bob.call('getGroupAttributes', { groupID, keyList: [] });
  await ann.call('initGroupAttributes', { groupID, groupAttributes: { a: '1', b: '2' } });
  await bob.hears('GROUP_ATTRIBUTES_UPDATED', ({ groupAttributes }) => groupAttributes.b === '2');
  await ann.call('deleteGroupAttributes', { groupID, keyList: ['a'] });
  await bob.hears('GROUP_ATTRIBUTES_UPDATED', ({ groupAttributes }) => groupAttributes.a === undefined);
  expect((await ann.call('getGroupAttributes', { groupID, keyList: [] })).data.groupAttributes).toEqual({
    b: '2',
  });
});

it('[GR6] muted members and name cards', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  await bob.call('setGroupMemberNameCard', { groupID, nameCard: 'Bobby' });
  await ann.call('setGroupMemberMuteTime', { groupID, userID: bob.userID, muteTime: 600 });
  const { data } = await ann.call('getGroupMemberProfile', { groupID, userIDList: [bob.userID] });
  expect(data.memberList).toMatchObject([{ userID: bob.userID, nameCard: 'Bobby' }]);
  expect(data.memberList[0].muteUntil).toBeGreaterThan(Date.now() / 1_000 + 500);
});
