/**
 * The public methods of an instance of 3.6.6, all 149 (DI2). An instance of ours has each of them: those it does not
 * build are made from this table, so that a page which calls one gets an answer instead of a TypeError.
 */
import { TYPES } from './constants/types.ts';

export const METHOD_NAMES = [
  // The instance
  'login',
  'logout',
  'getLoginUser',
  'getServerTime',
  'on',
  'once',
  'off',
  'setLogLevel',
  'registerPlugin',
  'destroy',
  'isReady',

  // Messages
  'createTextMessage',
  'createTextAtMessage',
  'createImageMessage',
  'createAudioMessage',
  'createVideoMessage',
  'createCustomMessage',
  'createFaceMessage',
  'createFileMessage',
  'createLocationMessage',
  'createMergerMessage',
  'downloadMergerMessage',
  'createForwardMessage',
  'sendMessage',
  'resendMessage',
  'revokeMessage',
  'deleteMessage',
  'translateText',
  'convertVoiceToText',
  'modifyMessage',
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
  'getMessageList',
  'findMessage',
  'getMessageListHopping',
  'setMessageRead',
  'setAllMessageRead',

  // Conversations
  'getConversationList',
  'getConversationProfile',
  'deleteConversation',
  'setConversationDraft',
  'pinConversation',
  'getTotalUnreadMessageCount',
  'setConversationCustomData',
  'markConversation',

  // Conversation groups
  'createConversationGroup',
  'getConversationGroupList',
  'deleteConversationGroup',
  'renameConversationGroup',
  'addConversationsToGroup',
  'deleteConversationsFromGroup',

  // Conversations, continued
  'clearHistoryMessage',
  'setMessageRemindType',
  'setAllReceiveMessageOpt',
  'getAllReceiveMessageOpt',

  // Groups
  'getGroupList',
  'getGroupProfile',
  'createGroup',
  'joinGroup',
  'updateGroupProfile',
  'quitGroup',
  'dismissGroup',
  'changeGroupOwner',
  'searchGroupByID',
  'getGroupApplicationList',
  'handleGroupApplication',
  'pinGroupMessage',
  'getPinnedGroupMessageList',

  // Group attributes and counters
  'initGroupAttributes',
  'setGroupAttributes',
  'deleteGroupAttributes',
  'getGroupAttributes',
  'setGroupCounters',
  'increaseGroupCounter',
  'decreaseGroupCounter',
  'getGroupCounters',

  // Topics
  'getJoinedCommunityList',
  'createTopicInCommunity',
  'deleteTopicFromCommunity',
  'updateTopicProfile',
  'getTopicList',

  // Group members
  'getGroupMemberProfile',
  'getGroupMemberList',
  'addGroupMember',
  'deleteGroupMember',
  'setGroupMemberNameCard',
  'setGroupMemberMuteTime',
  'setGroupMemberRole',
  'setGroupMemberCustomField',
  'getGroupOnlineMemberCount',
  'markGroupMemberList',

  // Users
  'getMyProfile',
  'getUserProfile',
  'updateMyProfile',
  'setSelfStatus',
  'getUserStatus',
  'subscribeUserStatus',
  'unsubscribeUserStatus',
  'getBlacklist',
  'addToBlacklist',
  'removeFromBlacklist',

  // Search
  'searchCloudMessages',
  'searchCloudUsers',
  'searchCloudGroups',
  'searchCloudGroupMembers',

  // Friends
  'getFriendList',
  'addFriend',
  'deleteFriend',
  'checkFriend',
  'updateFriend',
  'getFriendProfile',
  'getFriendApplicationList',
  'refuseFriendApplication',
  'deleteFriendApplication',
  'acceptFriendApplication',
  'setFriendApplicationRead',
  'getFriendGroupList',
  'createFriendGroup',
  'renameFriendGroup',
  'deleteFriendGroup',
  'addToFriendGroup',
  'removeFromFriendGroup',

  // Following
  'followUser',
  'unfollowUser',
  'getMyFollowingList',
  'getMyFollowersList',
  'getMutualFollowersList',
  'getUserFollowInfo',
  'checkFollowType',

  // Experimental
  'callExperimentalAPI',

  // Signaling
  'addSignalingListener',
  'removeSignalingListener',
  'invite',
  'inviteSync',
  'inviteInGroup',
  'inviteInGroupSync',
  'cancel',
  'accept',
  'reject',
  'getSignalingInfo',
  'modifyInvitation',
] as const;

export type MethodName = (typeof METHOD_NAMES)[number];

/**
 * Those that answer by their return value, not by a promise (DI6). `callExperimentalAPI` is one of them for
 * `canIUseModule` only, and answers by a promise otherwise.
 */
export const SYNCHRONOUS_METHOD_NAMES = [
  'getLoginUser',
  'getServerTime',
  'isReady',
  'on',
  'once',
  'off',
  'setLogLevel',
  'registerPlugin',
  'createTextMessage',
  'createTextAtMessage',
  'createImageMessage',
  'createAudioMessage',
  'createVideoMessage',
  'createCustomMessage',
  'createFaceMessage',
  'createFileMessage',
  'createLocationMessage',
  'createMergerMessage',
  'createForwardMessage',
  'findMessage',
  'getTotalUnreadMessageCount',
  'addSignalingListener',
  'removeSignalingListener',
  'inviteSync',
  'inviteInGroupSync',
  'getSignalingInfo',
] as const satisfies readonly MethodName[];

/**
 * The creators of messages that we cannot send, with the type of what they make. They return a message, because
 * they are synchronous and pages do not catch; sending it rejects 2998. A forwarded message has the type of the
 * message it forwards, which is given as its payload.
 */
export const UNSENDABLE_MESSAGE_TYPES = {
  createImageMessage: TYPES.MSG_IMAGE,
  createAudioMessage: TYPES.MSG_AUDIO,
  createVideoMessage: TYPES.MSG_VIDEO,
  createFileMessage: TYPES.MSG_FILE,
  createMergerMessage: TYPES.MSG_MERGER,
  createForwardMessage: undefined,
} as const satisfies { [Name in MethodName]?: TYPES | undefined };

/** Reads of features that are not built and whose truth is "none": they resolve with this data, new each time. */
export const EMPTY_LISTS = {
  getFriendList: () => [],
  getFriendGroupList: () => [],
  getFriendApplicationList: () => ({ friendApplicationList: [], unreadCount: 0 }),
  getBlacklist: () => [],
} as const satisfies { [Name in MethodName]?: () => object };

/** Not built, and with nothing to refuse: a listener that is added will never be called. They return undefined. */
export const LISTENER_METHOD_NAMES = [
  'addSignalingListener',
  'removeSignalingListener',
] as const satisfies readonly MethodName[];

/** Not built, and refused through their third argument, `(code, message) => void`. They return `''`, no invitation. */
export const CALLBACK_METHOD_NAMES = [
  'inviteSync',
  'inviteInGroupSync',
] as const satisfies readonly MethodName[];
