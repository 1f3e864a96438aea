/**
 * The events an instance raises, by the names and values of 3.6.6 (DI1), and one of ours.
 * A constant whose event is never raised stays, so that code which listens for it goes on working.
 */
export const EVENT = {
  /** Login has finished and the lists are loaded; raised once per login, after the list events (US4). */
  SDK_READY: 'sdkStateReady',
  /** Logged out, kicked or expired: calls reject until the next login. */
  SDK_NOT_READY: 'sdkStateNotReady',
  /** `destroy` has been called; data names the app. */
  SDK_DESTROY: 'sdkDestroy',
  /** New messages, always an array; the device that sent one is not told of it (MS4). */
  MESSAGE_RECEIVED: 'onMessageReceived',
  /** Never raised: belongs to a feature that is not built. */
  ROOM_CUSTOM_DATA_RECEIVED: 'onRoomCustomDataReceived',
  /** Messages whose content their sender has changed. */
  MESSAGE_MODIFIED: 'onMessageModified',
  /** Messages that were taken back. */
  MESSAGE_REVOKED: 'onMessageRevoked',
  /** Own one-to-one messages that the other side has read. */
  MESSAGE_READ_BY_PEER: 'onMessageReadByPeer',
  /** Never raised: read receipts are not built. */
  MESSAGE_READ_RECEIPT_RECEIVED: 'onMessageReadReceiptReceived',
  /** Never raised: message extensions are not built. */
  MESSAGE_EXTENSIONS_UPDATED: 'onMessageExtensionsUpdated',
  /** Never raised: message extensions are not built. */
  MESSAGE_EXTENSIONS_DELETED: 'onMessageExtensionsDeleted',
  /** Never raised: reactions are not built. */
  MESSAGE_REACTIONS_UPDATED: 'onMessageReactionsUpdated',
  /** All conversations, sorted; `isSyncCompleted` stands beside `data` (US4, CV2). */
  CONVERSATION_LIST_UPDATED: 'onConversationListUpdated',
  /** The new total of unread messages. */
  TOTAL_UNREAD_MESSAGE_COUNT_UPDATED: 'onTotalUnreadMessageCountUpdated',
  /** The names of all conversation groups, in creation order (CG13). */
  CONVERSATION_GROUP_LIST_UPDATED: 'onConversationGroupListUpdated',
  /** One conversation group and all conversations now in it (CG13). */
  CONVERSATION_IN_GROUP_UPDATED: 'onConversationInGroupUpdated',
  /** All groups the user is a member of. */
  GROUP_LIST_UPDATED: 'onGroupListUpdated',
  /** All attributes of a group, with the keys that changed (GR5). */
  GROUP_ATTRIBUTES_UPDATED: 'groupAttributesUpdated',
  /** A counter has a new value: one event per key (GC11). */
  GROUP_COUNTER_UPDATED: 'onGroupCounterUpdated',
  /** A counter is gone (GC11). Ours: the original tells nobody. */
  GROUP_COUNTER_DELETED: 'onGroupCounterDeleted',
  /** Never raised: topics are not built. */
  TOPIC_CREATED: 'onTopicCreated',
  /** Never raised: topics are not built. */
  TOPIC_DELETED: 'onTopicDeleted',
  /** Never raised: topics are not built. */
  TOPIC_UPDATED: 'onTopicUpdated',
  /** Profiles that changed, the own one included (US9). */
  PROFILE_UPDATED: 'onProfileUpdated',
  /** Never raised: user status is not built. */
  USER_STATUS_UPDATED: 'onUserStatusUpdated',
  /** Never raised: the blocklist is not built. */
  BLACKLIST_UPDATED: 'blacklistUpdated',
  /** Never raised: friends are not built. */
  FRIEND_LIST_UPDATED: 'onFriendListUpdated',
  /** Never raised: friends are not built. */
  FRIEND_GROUP_LIST_UPDATED: 'onFriendGroupListUpdated',
  /** Never raised: friends are not built. */
  FRIEND_APPLICATION_LIST_UPDATED: 'onFriendApplicationListUpdated',
  /** Never raised: following is not built. */
  MY_FOLLOWERS_LIST_UPDATED: 'onMyFollowersListUpdated',
  /** Never raised: following is not built. */
  MY_FOLLOWING_LIST_UPDATED: 'onMyFollowingListUpdated',
  /** Never raised: following is not built. */
  MUTUAL_FOLLOWERS_LIST_UPDATED: 'onMutualFollowersListUpdated',
  /** The server has ended this login; data says why, and `SDK_NOT_READY` follows (US6). */
  KICKED_OUT: 'kickedOut',
  /** A call was refused because the SDK was not ready for it. */
  ERROR: 'error',
  /** The connection came, went, or is being made (DL7). */
  NET_STATE_CHANGE: 'netStateChange',
  /** Never raised: do-not-disturb hours are not built. */
  ALL_RECEIVE_MESSAGE_OPT_UPDATED: 'onAllReceiveMessageOptUpdated',
  /** Never raised: the limits come with the login answer. */
  SERVER_CONFIG_UPDATED: 'onServerConfigUpdated',
  /** Never raised: pinned messages are not built. */
  PINNED_GROUP_MESSAGE_UPDATED: 'onPinnedGroupMessageUpdated',
} as const;

/** Any of the values above. */
export type EVENT = (typeof EVENT)[keyof typeof EVENT];

/** Each name as a type too, since 3.6.6 declares an enum: generated from the table, and held to it by a test. */
export declare namespace EVENT {
  type SDK_READY = typeof EVENT.SDK_READY;
  type SDK_NOT_READY = typeof EVENT.SDK_NOT_READY;
  type SDK_DESTROY = typeof EVENT.SDK_DESTROY;
  type MESSAGE_RECEIVED = typeof EVENT.MESSAGE_RECEIVED;
  type ROOM_CUSTOM_DATA_RECEIVED = typeof EVENT.ROOM_CUSTOM_DATA_RECEIVED;
  type MESSAGE_MODIFIED = typeof EVENT.MESSAGE_MODIFIED;
  type MESSAGE_REVOKED = typeof EVENT.MESSAGE_REVOKED;
  type MESSAGE_READ_BY_PEER = typeof EVENT.MESSAGE_READ_BY_PEER;
  type MESSAGE_READ_RECEIPT_RECEIVED = typeof EVENT.MESSAGE_READ_RECEIPT_RECEIVED;
  type MESSAGE_EXTENSIONS_UPDATED = typeof EVENT.MESSAGE_EXTENSIONS_UPDATED;
  type MESSAGE_EXTENSIONS_DELETED = typeof EVENT.MESSAGE_EXTENSIONS_DELETED;
  type MESSAGE_REACTIONS_UPDATED = typeof EVENT.MESSAGE_REACTIONS_UPDATED;
  type CONVERSATION_LIST_UPDATED = typeof EVENT.CONVERSATION_LIST_UPDATED;
  type TOTAL_UNREAD_MESSAGE_COUNT_UPDATED = typeof EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED;
  type CONVERSATION_GROUP_LIST_UPDATED = typeof EVENT.CONVERSATION_GROUP_LIST_UPDATED;
  type CONVERSATION_IN_GROUP_UPDATED = typeof EVENT.CONVERSATION_IN_GROUP_UPDATED;
  type GROUP_LIST_UPDATED = typeof EVENT.GROUP_LIST_UPDATED;
  type GROUP_ATTRIBUTES_UPDATED = typeof EVENT.GROUP_ATTRIBUTES_UPDATED;
  type GROUP_COUNTER_UPDATED = typeof EVENT.GROUP_COUNTER_UPDATED;
  type GROUP_COUNTER_DELETED = typeof EVENT.GROUP_COUNTER_DELETED;
  type TOPIC_CREATED = typeof EVENT.TOPIC_CREATED;
  type TOPIC_DELETED = typeof EVENT.TOPIC_DELETED;
  type TOPIC_UPDATED = typeof EVENT.TOPIC_UPDATED;
  type PROFILE_UPDATED = typeof EVENT.PROFILE_UPDATED;
  type USER_STATUS_UPDATED = typeof EVENT.USER_STATUS_UPDATED;
  type BLACKLIST_UPDATED = typeof EVENT.BLACKLIST_UPDATED;
  type FRIEND_LIST_UPDATED = typeof EVENT.FRIEND_LIST_UPDATED;
  type FRIEND_GROUP_LIST_UPDATED = typeof EVENT.FRIEND_GROUP_LIST_UPDATED;
  type FRIEND_APPLICATION_LIST_UPDATED = typeof EVENT.FRIEND_APPLICATION_LIST_UPDATED;
  type MY_FOLLOWERS_LIST_UPDATED = typeof EVENT.MY_FOLLOWERS_LIST_UPDATED;
  type MY_FOLLOWING_LIST_UPDATED = typeof EVENT.MY_FOLLOWING_LIST_UPDATED;
  type MUTUAL_FOLLOWERS_LIST_UPDATED = typeof EVENT.MUTUAL_FOLLOWERS_LIST_UPDATED;
  type KICKED_OUT = typeof EVENT.KICKED_OUT;
  type ERROR = typeof EVENT.ERROR;
  type NET_STATE_CHANGE = typeof EVENT.NET_STATE_CHANGE;
  type ALL_RECEIVE_MESSAGE_OPT_UPDATED = typeof EVENT.ALL_RECEIVE_MESSAGE_OPT_UPDATED;
  type SERVER_CONFIG_UPDATED = typeof EVENT.SERVER_CONFIG_UPDATED;
  type PINNED_GROUP_MESSAGE_UPDATED = typeof EVENT.PINNED_GROUP_MESSAGE_UPDATED;
}
