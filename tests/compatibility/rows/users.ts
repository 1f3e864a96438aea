/** Users: profiles, states, the blocklist, friends, following and searching. */
import assert from 'node:assert/strict';
import { absent, both, differs, type Probe, type SDKRow, type Section, works } from '../row.ts';
import { eventually, has, isOf, newText, type Stage } from '../stage.ts';

async function readsOwn({ me }: Stage): Promise<void> {
  has((await me.call('getMyProfile')).data, { userID: me.userID });
}

export async function updates({ me }: Stage): Promise<void> {
  const nick = newText();
  has((await me.call('updateMyProfile', { nick, selfSignature: 'hello' })).data, { nick });
  await me.hears('PROFILE_UPDATED', (list) => list.some(isOf({ userID: me.userID, nick })));
  await eventually(async () => has((await me.call('getMyProfile')).data, { nick, selfSignature: 'hello' }));
}

async function reads({ me, stranger }: Stage): Promise<void> {
  const friend = await stranger();
  await friend.call('updateMyProfile', { nick: 'Friend' });
  const { data } = await me.call('getUserProfile', { userIDList: [friend.userID] });
  has(data, [{ userID: friend.userID, nick: 'Friend' }]);
  assert.equal(data.length, 1);
}

/** Calls a method about the other user. A refusal of one user is told in a list. */
function calls(method: string, options: (userID: string) => unknown): Probe<Stage> {
  return async ({ me, other }) => {
    const { data } = await me.call(method, options(other.userID));
    const [failed] = data?.failureUserIDList ?? [];
    if (failed) throw Object.assign(new Error('refused'), { code: failed.code });
  };
}

const ofUsers = (userID: string): object => ({ userIDList: [userID] });
const list = (userID: string): string[] => [userID];

/** Lists that are there and hold nothing. */
const none = (method: string, what: string, empty: unknown = []): SDKRow<Stage> =>
  both(
    differs(`resolves with none: ${what} are not built`, async ({ me }) => {
      assert.deepEqual((await me.call(method)).data, empty);
    }),
  );

export const USERS: Section<SDKRow<Stage>> = {
  title: 'Users',
  rows: {
    getMyProfile: both(works(readsOwn)),
    getUserProfile: both(works(reads)),
    updateMyProfile: both(works(updates)),
    setSelfStatus: absent(
      60_009,
      calls('setSelfStatus', () => ({ customStatus: 'busy' })),
    ),
    getUserStatus: absent(3122, calls('getUserStatus', ofUsers)),
    subscribeUserStatus: absent(3122, calls('subscribeUserStatus', ofUsers)),
    unsubscribeUserStatus: absent(3122, calls('unsubscribeUserStatus', ofUsers)),
    getBlacklist: none('getBlacklist', 'blocklists'),
    addToBlacklist: absent(60_009, calls('addToBlacklist', ofUsers)),
    removeFromBlacklist: absent(60_009, calls('removeFromBlacklist', ofUsers)),
  },
};

const searching = (method: string): SDKRow<Stage> =>
  absent(
    60_009,
    calls(method, () => ({ keywordList: ['text'] })),
  );

export const SEARCH: Section<SDKRow<Stage>> = {
  title: 'Search',
  rows: {
    searchCloudMessages: searching('searchCloudMessages'),
    searchCloudUsers: searching('searchCloudUsers'),
    searchCloudGroups: searching('searchCloudGroups'),
    searchCloudGroupMembers: searching('searchCloudGroupMembers'),
  },
};

const named = (userID: string): object => ({ name: 'friends', userIDList: [userID] });

export const FRIENDS: Section<SDKRow<Stage>> = {
  title: 'Friends',
  rows: {
    getFriendList: none('getFriendList', 'friends'),
    addFriend: absent(
      60_009,
      calls('addFriend', (to) => ({ to, source: 'AddSource_Type_Web', type: 'Add_Type_Both' })),
    ),
    deleteFriend: absent(
      2700,
      calls('deleteFriend', (userID) => ({ ...ofUsers(userID), type: 'Delete_Type_Both' })),
    ),
    checkFriend: absent(
      60_009,
      calls('checkFriend', (userID) => ({ ...ofUsers(userID), type: 'CheckResult_Type_Both' })),
    ),
    updateFriend: absent(
      2700,
      calls('updateFriend', (userID) => ({ userID, remark: 'a friend' })),
    ),
    getFriendProfile: absent(2700, calls('getFriendProfile', ofUsers)),
    getFriendApplicationList: none('getFriendApplicationList', 'friends', {
      friendApplicationList: [],
      unreadCount: 0,
    }),
    refuseFriendApplication: absent(
      60_009,
      calls('refuseFriendApplication', (userID) => ({ userID })),
    ),
    deleteFriendApplication: absent(
      2716,
      calls('deleteFriendApplication', (userID) => ({ userID, type: 'Pendency_Type_ComeIn' })),
    ),
    acceptFriendApplication: absent(
      60_009,
      calls('acceptFriendApplication', (userID) => ({ userID, type: 'Response_Action_AgreeAndAdd' })),
    ),
    setFriendApplicationRead: absent(
      60_009,
      calls('setFriendApplicationRead', () => undefined),
    ),
    getFriendGroupList: none('getFriendGroupList', 'friends'),
    createFriendGroup: absent(60_009, calls('createFriendGroup', named)),
    renameFriendGroup: absent(
      2711,
      calls('renameFriendGroup', () => ({ oldName: 'friends', newName: 'others' })),
    ),
    deleteFriendGroup: absent(
      2711,
      calls('deleteFriendGroup', () => ({ name: 'friends' })),
    ),
    addToFriendGroup: absent(2711, calls('addToFriendGroup', named)),
    removeFromFriendGroup: absent(2711, calls('removeFromFriendGroup', named)),
  },
};

export const FOLLOWING: Section<SDKRow<Stage>> = {
  title: 'Following',
  rows: {
    followUser: absent(3122, calls('followUser', list)),
    unfollowUser: absent(3122, calls('unfollowUser', list)),
    getMyFollowingList: absent(
      3122,
      calls('getMyFollowingList', () => ''),
    ),
    getMyFollowersList: absent(
      3122,
      calls('getMyFollowersList', () => ''),
    ),
    getMutualFollowersList: absent(
      3122,
      calls('getMutualFollowersList', () => ''),
    ),
    getUserFollowInfo: absent(3122, calls('getUserFollowInfo', list)),
    checkFollowType: absent(3122, calls('checkFollowType', list)),
  },
};
