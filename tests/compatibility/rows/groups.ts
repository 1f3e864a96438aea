/** Groups and their attributes. */
import assert from 'node:assert/strict';
import { absent, both, differs, missing, type SDKRow, type Section, works } from '../row.ts';
import {
  codeOf,
  eventually,
  groupOf,
  has,
  isOf,
  newGroupID,
  type Person,
  type Stage,
  say,
} from '../stage.ts';

const TYPES = ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community'];

async function creates({ me, other }: Stage): Promise<void> {
  for (const type of TYPES) {
    const groupID = newGroupID(type);
    const { data } = await me.call('createGroup', { type, name: 'team', groupID, introduction: 'we' });
    has(data.group, { groupID, type, name: 'team', ownerID: me.userID, introduction: 'we' });
  }
  const memberList = [{ userID: other.userID }];
  const { groupID } = (await me.call('createGroup', { type: 'Public', name: 'team', memberList })).data.group;
  assert.match(groupID, /^@TGS#[^_]/);
  has((await other.call('getGroupProfile', { groupID })).data.group, { groupID, memberCount: 2 });
  assert.equal(await codeOf(me.call('createGroup', { type: 'Public', name: 'x', groupID: 'nö' })), 10_015);
}

async function lists(stage: Stage): Promise<void> {
  const groupID = await groupOf(stage, 'ChatRoom');
  const groups = async (): Promise<Record<string, unknown>[]> =>
    (await stage.other.call('getGroupList')).data.groupList;
  const wanted = isOf({ groupID, type: 'ChatRoom', muteAllMembers: false });
  await eventually(async () => assert.ok((await groups()).some(wanted)));
  const conversationID = `GROUP${groupID}`;
  await stage.me.hears('CONVERSATION_LIST_UPDATED', (list) => list.some(isOf({ conversationID })));
  assert.ok((await stage.me.call('getGroupList')).data.groupList.some(wanted));
}

async function joins(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = newGroupID();
  await me.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  has((await other.call('joinGroup', { groupID })).data, { status: 'JoinedSuccess', group: { groupID } });
  has((await other.call('joinGroup', { groupID })).data, { status: 'AlreadyInGroup' });
  assert.equal(await codeOf(other.call('joinGroup', { groupID: 'absent' })), 10_010);
}

async function describes(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const described = (await other.call('getGroupProfile', { groupID })).data.group;
  has(described, { groupID, name: 'team', type: 'Public', ownerID: me.userID });
}

async function updates(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  const changes = { name: 'crew', introduction: 'we', notification: 'hello' };
  has((await me.call('updateGroupProfile', { groupID, ...changes })).data.group, changes);
  await other.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID, name: 'crew' })));
  has((await other.call('getGroupProfile', { groupID })).data.group, changes);
}

async function quits(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  has((await other.call('quitGroup', groupID)).data, { groupID });
  const { memberList } = (await me.call('getGroupMemberList', { groupID })).data;
  assert.deepEqual(
    memberList.map(({ userID }: Person) => userID),
    [me.userID],
  );
  assert.equal(await codeOf(me.call('quitGroup', groupID)), 10_009);
}

async function dismisses(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await other.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID })));
  has((await me.call('dismissGroup', groupID)).data, { groupID });
  await other.until(
    () => !other.all('GROUP_LIST_UPDATED').at(-1).some(isOf({ groupID })),
    'the group is in the list no longer',
  );
  assert.equal(await codeOf(other.call('joinGroup', { groupID })), 10_010);
}

async function changesOwner(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await me.call('changeGroupOwner', { groupID, newOwnerID: other.userID });
  has((await other.call('getGroupProfile', { groupID })).data.group, { ownerID: other.userID });
}

async function searches(stage: Stage): Promise<void> {
  const { stranger } = stage;
  const friend = await stranger();
  const groupID = newGroupID();
  await friend.call('createGroup', { type: 'Public', name: 'found', groupID });
  has((await stage.me.call('searchGroupByID', groupID)).data.group, { groupID, name: 'found' });
  assert.equal(await codeOf(stage.me.call('searchGroupByID', 'absent')), 10_010);
}

interface Asked {
  groupID: string;
  friend: Person;
  application: { applicant: string; groupID: string; note?: string; applyMessage?: string };
}

/** A stranger who asks to be let in. */
export async function asked({ me, stranger }: Stage): Promise<Asked> {
  const friend = await stranger();
  const groupID = newGroupID();
  await me.call('createGroup', { type: 'Public', name: 'team', groupID });
  has((await friend.call('joinGroup', { groupID, applyMessage: 'please' })).data, {
    status: 'WaitAdminApproval',
  });
  const { applicationList } = (await me.call('getGroupApplicationList')).data;
  const application = applicationList.find(isOf({ groupID }));
  has(application, { applicant: friend.userID, groupID, groupName: 'team' });
  return { groupID, friend, application };
}

async function decides(stage: Stage): Promise<void> {
  const { groupID, friend, application } = await asked(stage);
  await stage.me.call('handleGroupApplication', { handleAction: 'Agree', application });
  await friend.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID })));
  const again = (await stage.me.call('getGroupApplicationList')).data.applicationList;
  assert.ok(!again.some(isOf({ groupID })));
}

async function countsOnline(stage: Stage): Promise<void> {
  const groupID = await groupOf(stage, 'AVChatRoom');
  await eventually(async () =>
    has((await stage.me.call('getGroupOnlineMemberCount', groupID)).data, { memberCount: 2 }),
  );
}

const NAMED = { groupID: 'absent' };

export const GROUPS: Section<SDKRow<Stage>> = {
  title: 'Groups',
  rows: {
    getGroupList: both(works(lists)),
    getGroupProfile: both(works(describes)),
    createGroup: both(works(creates)),
    joinGroup: both(works(joins)),
    updateGroupProfile: both(works(updates)),
    quitGroup: both(works(quits)),
    dismissGroup: both(works(dismisses)),
    changeGroupOwner: both(works(changesOwner)),
    searchGroupByID: both(works(searches)),
    getGroupOnlineMemberCount: both(works(countsOnline)),
    getGroupApplicationList: {
      ours: differs(
        'what was said with a request is its `applyMessage`, and not its `note`',
        async (stage) => {
          const { note, applyMessage } = (await asked(stage)).application;
          assert.deepEqual({ note, applyMessage }, { note: undefined, applyMessage: 'please' });
        },
      ),
      original: works(async (stage) => assert.equal((await asked(stage)).application.note, 'please')),
    },
    handleGroupApplication: both(works(decides)),
    pinGroupMessage: absent(60_009, async (stage) => {
      const groupID = await groupOf(stage);
      const { ID } = await say(stage.me, { groupID });
      await stage.me.call('pinGroupMessage', { groupID, message: { $message: ID }, isPinned: true });
    }),
    getPinnedGroupMessageList: absent(60_009, async (stage) =>
      stage.me.call('getPinnedGroupMessageList', await groupOf(stage)),
    ),
  },
};

/** A community that may have topics, and the id of one that is not there. */
async function withTopics({ me }: Stage): Promise<{ groupID: string; topicID: string }> {
  const groupID = newGroupID('Community');
  await me.call('createGroup', { type: 'Community', name: 'team', groupID, isSupportTopic: true });
  return { groupID, topicID: `${groupID}@TOPIC#_none` };
}

export const TOPICS: Section<SDKRow<Stage>> = {
  title: 'Communities with topics',
  rows: {
    getJoinedCommunityList: {
      ours: missing(2998, ({ me }) => me.call('getJoinedCommunityList')),
      original: works(async (stage) => {
        const { groupID } = await withTopics(stage);
        const { data } = await stage.me.call('getJoinedCommunityList');
        assert.ok(data.groupList.some(isOf({ groupID, type: 'Community', isSupportTopic: true })));
      }),
    },
    createTopicInCommunity: absent(60_009, async (stage) => {
      const { groupID } = await withTopics(stage);
      await stage.me.call('createTopicInCommunity', { groupID, topicName: 'a topic' });
    }),
    deleteTopicFromCommunity: absent(60_009, async (stage) => {
      const { groupID, topicID } = await withTopics(stage);
      await stage.me.call('deleteTopicFromCommunity', { groupID, topicIDList: [topicID] });
    }),
    updateTopicProfile: absent(60_009, async (stage) => {
      const { groupID, topicID } = await withTopics(stage);
      await stage.me.call('updateTopicProfile', { groupID, topicID, topicName: 'another' });
    }),
    getTopicList: absent(60_009, async (stage) => {
      const { groupID } = await withTopics(stage);
      await stage.me.call('getTopicList', { groupID });
    }),
  },
};

export async function changesAttributes(stage: Stage): Promise<string> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await other.call('getGroupAttributes', { groupID, keyList: [] });
  await me.call('initGroupAttributes', { groupID, groupAttributes: { a: '1', b: '2' } });
  await other.hears('GROUP_ATTRIBUTES_UPDATED', (data) => data.groupID === groupID);
  return groupID;
}

const attributesOf = async (one: Person, groupID: string): Promise<unknown> =>
  (await one.call('getGroupAttributes', { groupID, keyList: [] })).data.groupAttributes;

/** Both see these attributes in the end. */
async function seen({ me, other }: Stage, groupID: string, attributes: object): Promise<void> {
  for (const one of [me, other])
    await eventually(async () => assert.deepEqual(await attributesOf(one, groupID), attributes));
}

export const GROUP_ATTRIBUTES: Section<SDKRow<Stage>> = {
  title: 'Group attributes',
  rows: {
    initGroupAttributes: both(
      works(async (stage) => seen(stage, await changesAttributes(stage), { a: '1', b: '2' })),
    ),
    setGroupAttributes: both(
      works(async (stage) => {
        const groupID = await changesAttributes(stage);
        await stage.me.call('setGroupAttributes', { groupID, groupAttributes: { b: '3', c: '4' } });
        await seen(stage, groupID, { a: '1', b: '3', c: '4' });
      }),
    ),
    deleteGroupAttributes: both(
      works(async (stage) => {
        const groupID = await changesAttributes(stage);
        await stage.me.call('deleteGroupAttributes', { groupID, keyList: ['a'] });
        await seen(stage, groupID, { b: '2' });
      }),
    ),
    getGroupAttributes: both(
      works(async (stage) => {
        const groupID = await changesAttributes(stage);
        const { data } = await stage.me.call('getGroupAttributes', { groupID, keyList: ['b'] });
        assert.deepEqual(data.groupAttributes, { b: '2' });
        assert.equal(await codeOf(stage.me.call('getGroupAttributes', { ...NAMED, keyList: [] })), 10_010);
      }),
    ),
  },
};
