/**
 * What 3.6.6 has and we do not build (DI2). Each method exists and rejects 2998, with a message that names it and
 * the compatibility page; those that answer in another way say how. Editors strike them through.
 */
import type { UntypedHandler } from './events.ts';
import type { CreateMessageOptions, Message } from './messages.ts';
import type { MessagePayload } from './payloads.ts';
import type { ChatResponse, NoData } from './results.ts';
import type { Profile, UserInfo } from './users.ts';
import type { CustomField } from './vocabulary.ts';

/** Takes what the original takes, and always rejects 2998. */
export type Unsupported = (...options: unknown[]) => Promise<ChatResponse<Record<string, unknown>>>;

/** Makes a message that can be shown and not sent: `sendMessage` rejects it 2998. */
export type UnsendableCreator = (options: CreateMessageOptions<object>) => Message;

export interface Friend {
  userID: string;
  remark: string;
  groupList: string[];
  source: string;
  wording: string;
  profile: Profile;
  friendCustomField: CustomField[];
}

export interface FriendApplication extends UserInfo {
  /** Seconds since 1970. */
  time: number;
  source: string;
  wording: string;
  type: string;
}

export interface FriendGroup {
  name: string;
  userIDList: string[];
  count: number;
}

export interface FollowList {
  userInfoList: UserInfo[];
}

export interface Topic {
  topicID: string;
  topicName: string;
  avatar: string;
  introduction: string;
  notification: string;
  unreadCount: number;
  muteAllMembers: boolean;
  customData: string;
  groupAtInfoList: object[];
  lastMessage: object;
  selfInfo: object;
}

export interface Signaling {
  inviteID: string;
  groupID: string;
  inviter: string;
  inviteeList: string[];
  data: string;
  actionType: number;
  timeout: number;
}

/** A message within a merged one. */
export interface SimplifiedMessage {
  ID: string;
  nick: string;
  avatar: string;
  from: string;
  messageBody: Array<{ type: string; payload: MessagePayload }>;
  /** Seconds since 1970. */
  time: number;
  cloudCustomData: string;
}

export interface UnsupportedMethods {
  /** @deprecated Not built: sending it rejects 2998. */
  createImageMessage: UnsendableCreator;
  /** @deprecated Not built: sending it rejects 2998. */
  createAudioMessage: UnsendableCreator;
  /** @deprecated Not built: sending it rejects 2998. */
  createVideoMessage: UnsendableCreator;
  /** @deprecated Not built: sending it rejects 2998. */
  createFileMessage: UnsendableCreator;
  /** @deprecated Not built: sending it rejects 2998. */
  createMergerMessage: UnsendableCreator;
  /** @deprecated Not built: sending it rejects 2998. */
  createForwardMessage: UnsendableCreator;

  /** @deprecated Friends are not built: resolves with none. */
  getFriendList(): Promise<ChatResponse<Friend[]>>;
  /** @deprecated Friends are not built: resolves with none. */
  getFriendGroupList(): Promise<ChatResponse<FriendGroup[]>>;
  /** @deprecated Friends are not built: resolves with none. */
  getFriendApplicationList(): Promise<
    ChatResponse<{ friendApplicationList: FriendApplication[]; unreadCount: number }>
  >;
  /** @deprecated The blocklist is not built: resolves with nobody. */
  getBlacklist(): Promise<ChatResponse<string[]>>;

  /** @deprecated Signaling is not built: gives `null`. */
  getSignalingInfo(message: Message): Signaling | null;
  /** @deprecated Signaling is not built: the handler is never called. */
  addSignalingListener(eventName: string, handler: UntypedHandler, context?: unknown): void;
  /** @deprecated Signaling is not built: there is nothing to remove. */
  removeSignalingListener(eventName: string, handler: UntypedHandler, context?: unknown): void;
  /** @deprecated Signaling is not built: calls `errorCallback(2998, message)`. */
  inviteSync(options: object, successCallback?: UntypedHandler, errorCallback?: UntypedHandler): void;
  /** @deprecated Signaling is not built: calls `errorCallback(2998, message)`. */
  inviteInGroupSync(options: object, successCallback?: UntypedHandler, errorCallback?: UntypedHandler): void;

  /** @deprecated Not built: rejects 2998. */
  downloadMergerMessage: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  translateText: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  convertVoiceToText: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  sendMessageReadReceipt: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getGroupMessageReadMemberList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMessageReadReceiptList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  setMessageExtensions: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMessageExtensions: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  deleteMessageExtensions: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  addMessageReaction: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  removeMessageReaction: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMessageReactions: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getAllUserListOfMessageReaction: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMessageListHopping: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  setAllReceiveMessageOpt: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getAllReceiveMessageOpt: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  pinGroupMessage: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getPinnedGroupMessageList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getJoinedCommunityList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  createTopicInCommunity: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  deleteTopicFromCommunity: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  updateTopicProfile: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getTopicList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  setGroupMemberCustomField: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  markGroupMemberList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  setSelfStatus: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getUserStatus: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  subscribeUserStatus: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  unsubscribeUserStatus: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  addToBlacklist: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  removeFromBlacklist: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  searchCloudMessages: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  searchCloudUsers: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  searchCloudGroups: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  searchCloudGroupMembers: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  addFriend: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  deleteFriend: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  checkFriend: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  updateFriend: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getFriendProfile: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  refuseFriendApplication: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  deleteFriendApplication: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  acceptFriendApplication: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  setFriendApplicationRead: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  createFriendGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  renameFriendGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  deleteFriendGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  addToFriendGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  removeFromFriendGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  followUser: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  unfollowUser: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMyFollowingList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMyFollowersList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getMutualFollowersList: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  getUserFollowInfo: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  checkFollowType: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  invite: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  inviteInGroup: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  cancel: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  accept: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  reject: Unsupported;
  /** @deprecated Not built: rejects 2998. */
  modifyInvitation: Unsupported;
}

/** The original's side door for its own kits (DI2). */
export interface ExperimentalMethods {
  /** Whether the server has a feature, by the original's bit for it; the truth. */
  callExperimentalAPI(
    name: 'isCommercialAbilityEnabled',
    ability: number,
  ): Promise<ChatResponse<{ enabled: boolean }>>;
  /** Whether a part of the SDK is there. Synchronous. */
  callExperimentalAPI(name: 'canIUseModule', module: string): boolean;
  /** Statistics: taken, and kept nowhere. */
  callExperimentalAPI(
    name: 'isFeatureEnabledForStat' | 'reportTUIFeatureUsage',
    options?: unknown,
  ): Promise<ChatResponse<NoData>>;
  /** @deprecated Any other name rejects 2905. */
  callExperimentalAPI(name: string, options?: unknown): Promise<ChatResponse<Record<string, unknown>>>;
}
