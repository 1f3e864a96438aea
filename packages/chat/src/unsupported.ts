/**
 * The methods of 3.6.6 that are not built: each exists and says so in the way that it would have answered (DI2), so
 * that a page which calls one gets an answer instead of a TypeError.
 */
import { ok } from './core.ts';
import { notSupported } from './errors.ts';
import type { MethodName } from './method-names.ts';

type Method = (...given: never[]) => unknown;

/** They reject 2998. */
export const REJECTING_METHOD_NAMES = [
  'downloadMergerMessage',
  'translateText',
  'convertVoiceToText',
  'sendMessageReadReceipt',
  'getGroupMessageReadMemberList',
  'getMessageReadReceiptList',
  'setMessageExtensions',
  'getMessageExtensions',
  'deleteMessageExtensions',
  'addMessageReaction',
  'removeMessageReaction',
  'getMessageReactions',
  'getAllUserListOfMessageReaction',
  'getMessageListHopping',
  'setAllReceiveMessageOpt',
  'getAllReceiveMessageOpt',
  'pinGroupMessage',
  'getPinnedGroupMessageList',
  'getJoinedCommunityList',
  'createTopicInCommunity',
  'deleteTopicFromCommunity',
  'updateTopicProfile',
  'getTopicList',
  'setGroupMemberCustomField',
  'markGroupMemberList',
  'setSelfStatus',
  'getUserStatus',
  'subscribeUserStatus',
  'unsubscribeUserStatus',
  'addToBlacklist',
  'removeFromBlacklist',
  'searchCloudMessages',
  'searchCloudUsers',
  'searchCloudGroups',
  'searchCloudGroupMembers',
  'addFriend',
  'deleteFriend',
  'checkFriend',
  'updateFriend',
  'getFriendProfile',
  'refuseFriendApplication',
  'deleteFriendApplication',
  'acceptFriendApplication',
  'setFriendApplicationRead',
  'createFriendGroup',
  'renameFriendGroup',
  'deleteFriendGroup',
  'addToFriendGroup',
  'removeFromFriendGroup',
  'followUser',
  'unfollowUser',
  'getMyFollowingList',
  'getMyFollowersList',
  'getMutualFollowersList',
  'getUserFollowInfo',
  'checkFollowType',
  'invite',
  'inviteInGroup',
  'cancel',
  'accept',
  'reject',
  'modifyInvitation',
] as const satisfies readonly MethodName[];

export function unsupportedMethods(): Record<string, Method> {
  const rejecting = REJECTING_METHOD_NAMES.map((name) => [name, () => Promise.reject(notSupported(name))]);
  const noList = async () => ok([]);
  const nothing = () => undefined;
  return {
    ...(Object.fromEntries(rejecting) as Record<string, Method>),
    getFriendList: noList,
    getFriendGroupList: noList,
    getBlacklist: noList,
    getFriendApplicationList: async () => ok({ friendApplicationList: [], unreadCount: 0 }),
    addSignalingListener: nothing,
    removeSignalingListener: nothing,
    getSignalingInfo: () => null,
    inviteSync: refuseByCallback,
    inviteInGroupSync: refuseByCallback,
  };
}

/** They answer through their third argument, and give `''`, no invitation. */
function refuseByCallback(_options: unknown, _onSuccess: unknown, onError: unknown): '' {
  const { code, message } = notSupported('signaling');
  if (typeof onError === 'function') onError(code, message);
  return '';
}
