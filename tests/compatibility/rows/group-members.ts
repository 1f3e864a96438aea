/** The members of groups. */
import assert from 'node:assert/strict';
import { absent, both, type SDKRow, type Section, works } from '../row.ts';
import { codeOf, groupOf, has, isOf, newText, type Person, type Stage, say } from '../stage.ts';

async function memberOf(one: Person, groupID: string, userID: string): Promise<object> {
  const { data } = await one.call('getGroupMemberProfile', { groupID, userIDList: [userID] });
  assert.equal(data.memberList.length, 1);
  return data.memberList[0];
}

async function lists(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const { memberList } = (await other.call('getGroupMemberList', { groupID, count: 30, offset: 0 })).data;
  has(memberList.find(isOf({ userID: me.userID })), { role: 'Owner' });
  has(memberList.find(isOf({ userID: other.userID })), { role: 'Member' });
  assert.equal(memberList.length, 2);
}

async function describes(stage: Stage): Promise<void> {
  const groupID = await groupOf(stage);
  has(await memberOf(stage.me, groupID, stage.other.userID), {
    userID: stage.other.userID,
    role: 'Member',
    nameCard: '',
  });
}

async function adds(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const friend = await stage.stranger();
  const groupID = await groupOf(stage, 'Private');
  const userIDList = [friend.userID, other.userID, 'nobody'];
  has((await me.call('addGroupMember', { groupID, userIDList })).data, {
    successUserIDList: [friend.userID],
    existedUserIDList: [other.userID],
    failureUserIDList: ['nobody'],
    group: { groupID },
  });
  await friend.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID })));
}

async function removes(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const userIDList = [other.userID];
  has((await me.call('deleteGroupMember', { groupID, userIDList })).data, { userIDList, group: { groupID } });
  await other.until(
    () => !other.all('GROUP_LIST_UPDATED').at(-1).some(isOf({ groupID })),
    'the group is in the list no longer',
  );
}

const MUTED_SECONDS = 600;

async function mutes(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const options = { groupID, userID: other.userID, muteTime: MUTED_SECONDS };
  has((await me.call('setGroupMemberMuteTime', options)).data, { group: { groupID } });
  assert.equal(await codeOf(say(other, { groupID }, newText())), 10_017);
  const { muteUntil } = (await memberOf(me, groupID, other.userID)) as { muteUntil: number };
  assert.ok(muteUntil > Date.now() / 1_000);
}

async function promotes(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const options = { groupID, userID: other.userID, role: 'Admin' };
  has((await me.call('setGroupMemberRole', options)).data, { group: { groupID }, member: { role: 'Admin' } });
  has(await memberOf(other, groupID, other.userID), { role: 'Admin' });
}

async function names(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await other.call('setGroupMemberNameCard', { groupID, nameCard: 'a card' });
  has(await memberOf(me, groupID, other.userID), { nameCard: 'a card' });
}

export const GROUP_MEMBERS: Section<SDKRow<Stage>> = {
  title: 'Group members',
  rows: {
    getGroupMemberList: both(works(lists)),
    getGroupMemberProfile: both(works(describes)),
    addGroupMember: both(works(adds)),
    deleteGroupMember: both(works(removes)),
    setGroupMemberMuteTime: both(works(mutes)),
    setGroupMemberRole: both(works(promotes)),
    setGroupMemberNameCard: both(works(names)),
    setGroupMemberCustomField: absent(60_009, async (stage) =>
      stage.me.call('setGroupMemberCustomField', {
        groupID: await groupOf(stage),
        memberCustomField: [{ key: 'level', value: '9' }],
      }),
    ),
    markGroupMemberList: absent(60_009, async (stage) =>
      stage.me.call('markGroupMemberList', {
        groupID: await groupOf(stage, 'AVChatRoom'),
        userIDList: [stage.other.userID],
        markType: 1_000,
        enableMark: true,
      }),
    ),
  },
};
