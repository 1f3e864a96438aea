/**
 * `@muster/chat`: the Tencent Cloud Chat Web API, on a server of your own.
 *
 *     import MusterChat from '@muster/chat';
 *     const chat = MusterChat.create({ SDKAppID, proxyServer: 'ws://127.0.0.1:8080' });
 */
import { VERSION as PACKAGE_VERSION } from '@muster/protocol';
import { EVENT } from './constants/event.ts';
import { TSignaling } from './constants/signaling.ts';
import { TYPES } from './constants/types.ts';
import { create as createInstance } from './create.ts';
import type { Create, CreateOptions } from './types/chat-sdk.ts';

export const create: Create = (options: CreateOptions): never => createInstance(options) as never;

/** The version of the SDK, `x.y.z`. */
export const VERSION: string = PACKAGE_VERSION;

export const MusterChat: {
  create: Create;
  EVENT: typeof EVENT;
  TYPES: typeof TYPES;
  TSignaling: typeof TSignaling;
  VERSION: string;
} = { create, EVENT, TYPES, TSignaling, VERSION };

export default MusterChat;
export * from './constants/event.ts';
export * from './constants/signaling.ts';
export * from './constants/types.ts';
export type * from './types/index.ts';

/** Each constant as a type of the default export too: generated from the tables, and held to them by a test. */
export declare namespace MusterChat {
  type EVENT = (typeof MusterChat.EVENT)[keyof typeof MusterChat.EVENT];
  namespace EVENT {
    type SDK_READY = typeof MusterChat.EVENT.SDK_READY;
    type SDK_NOT_READY = typeof MusterChat.EVENT.SDK_NOT_READY;
    type SDK_DESTROY = typeof MusterChat.EVENT.SDK_DESTROY;
    type MESSAGE_RECEIVED = typeof MusterChat.EVENT.MESSAGE_RECEIVED;
    type ROOM_CUSTOM_DATA_RECEIVED = typeof MusterChat.EVENT.ROOM_CUSTOM_DATA_RECEIVED;
    type MESSAGE_MODIFIED = typeof MusterChat.EVENT.MESSAGE_MODIFIED;
    type MESSAGE_REVOKED = typeof MusterChat.EVENT.MESSAGE_REVOKED;
    type MESSAGE_READ_BY_PEER = typeof MusterChat.EVENT.MESSAGE_READ_BY_PEER;
    type MESSAGE_READ_RECEIPT_RECEIVED = typeof MusterChat.EVENT.MESSAGE_READ_RECEIPT_RECEIVED;
    type MESSAGE_EXTENSIONS_UPDATED = typeof MusterChat.EVENT.MESSAGE_EXTENSIONS_UPDATED;
    type MESSAGE_EXTENSIONS_DELETED = typeof MusterChat.EVENT.MESSAGE_EXTENSIONS_DELETED;
    type MESSAGE_REACTIONS_UPDATED = typeof MusterChat.EVENT.MESSAGE_REACTIONS_UPDATED;
    type CONVERSATION_LIST_UPDATED = typeof MusterChat.EVENT.CONVERSATION_LIST_UPDATED;
    type TOTAL_UNREAD_MESSAGE_COUNT_UPDATED = typeof MusterChat.EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED;
    type CONVERSATION_GROUP_LIST_UPDATED = typeof MusterChat.EVENT.CONVERSATION_GROUP_LIST_UPDATED;
    type CONVERSATION_IN_GROUP_UPDATED = typeof MusterChat.EVENT.CONVERSATION_IN_GROUP_UPDATED;
    type GROUP_LIST_UPDATED = typeof MusterChat.EVENT.GROUP_LIST_UPDATED;
    type GROUP_ATTRIBUTES_UPDATED = typeof MusterChat.EVENT.GROUP_ATTRIBUTES_UPDATED;
    type GROUP_COUNTER_UPDATED = typeof MusterChat.EVENT.GROUP_COUNTER_UPDATED;
    type GROUP_COUNTER_DELETED = typeof MusterChat.EVENT.GROUP_COUNTER_DELETED;
    type TOPIC_CREATED = typeof MusterChat.EVENT.TOPIC_CREATED;
    type TOPIC_DELETED = typeof MusterChat.EVENT.TOPIC_DELETED;
    type TOPIC_UPDATED = typeof MusterChat.EVENT.TOPIC_UPDATED;
    type PROFILE_UPDATED = typeof MusterChat.EVENT.PROFILE_UPDATED;
    type USER_STATUS_UPDATED = typeof MusterChat.EVENT.USER_STATUS_UPDATED;
    type BLACKLIST_UPDATED = typeof MusterChat.EVENT.BLACKLIST_UPDATED;
    type FRIEND_LIST_UPDATED = typeof MusterChat.EVENT.FRIEND_LIST_UPDATED;
    type FRIEND_GROUP_LIST_UPDATED = typeof MusterChat.EVENT.FRIEND_GROUP_LIST_UPDATED;
    type FRIEND_APPLICATION_LIST_UPDATED = typeof MusterChat.EVENT.FRIEND_APPLICATION_LIST_UPDATED;
    type MY_FOLLOWERS_LIST_UPDATED = typeof MusterChat.EVENT.MY_FOLLOWERS_LIST_UPDATED;
    type MY_FOLLOWING_LIST_UPDATED = typeof MusterChat.EVENT.MY_FOLLOWING_LIST_UPDATED;
    type MUTUAL_FOLLOWERS_LIST_UPDATED = typeof MusterChat.EVENT.MUTUAL_FOLLOWERS_LIST_UPDATED;
    type KICKED_OUT = typeof MusterChat.EVENT.KICKED_OUT;
    type ERROR = typeof MusterChat.EVENT.ERROR;
    type NET_STATE_CHANGE = typeof MusterChat.EVENT.NET_STATE_CHANGE;
    type ALL_RECEIVE_MESSAGE_OPT_UPDATED = typeof MusterChat.EVENT.ALL_RECEIVE_MESSAGE_OPT_UPDATED;
    type SERVER_CONFIG_UPDATED = typeof MusterChat.EVENT.SERVER_CONFIG_UPDATED;
    type PINNED_GROUP_MESSAGE_UPDATED = typeof MusterChat.EVENT.PINNED_GROUP_MESSAGE_UPDATED;
  }
  type TYPES = (typeof MusterChat.TYPES)[keyof typeof MusterChat.TYPES];
  namespace TYPES {
    type MSG_TEXT = typeof MusterChat.TYPES.MSG_TEXT;
    type MSG_IMAGE = typeof MusterChat.TYPES.MSG_IMAGE;
    type MSG_SOUND = typeof MusterChat.TYPES.MSG_SOUND;
    type MSG_AUDIO = typeof MusterChat.TYPES.MSG_AUDIO;
    type MSG_FILE = typeof MusterChat.TYPES.MSG_FILE;
    type MSG_FACE = typeof MusterChat.TYPES.MSG_FACE;
    type MSG_VIDEO = typeof MusterChat.TYPES.MSG_VIDEO;
    type MSG_GEO = typeof MusterChat.TYPES.MSG_GEO;
    type MSG_LOCATION = typeof MusterChat.TYPES.MSG_LOCATION;
    type MSG_GRP_TIP = typeof MusterChat.TYPES.MSG_GRP_TIP;
    type MSG_GRP_SYS_NOTICE = typeof MusterChat.TYPES.MSG_GRP_SYS_NOTICE;
    type MSG_CUSTOM = typeof MusterChat.TYPES.MSG_CUSTOM;
    type MSG_MERGER = typeof MusterChat.TYPES.MSG_MERGER;
    type MSG_PRIORITY_HIGH = typeof MusterChat.TYPES.MSG_PRIORITY_HIGH;
    type MSG_PRIORITY_NORMAL = typeof MusterChat.TYPES.MSG_PRIORITY_NORMAL;
    type MSG_PRIORITY_LOW = typeof MusterChat.TYPES.MSG_PRIORITY_LOW;
    type MSG_PRIORITY_LOWEST = typeof MusterChat.TYPES.MSG_PRIORITY_LOWEST;
    type CONV_C2C = typeof MusterChat.TYPES.CONV_C2C;
    type CONV_GROUP = typeof MusterChat.TYPES.CONV_GROUP;
    type CONV_TOPIC = typeof MusterChat.TYPES.CONV_TOPIC;
    type CONV_SYSTEM = typeof MusterChat.TYPES.CONV_SYSTEM;
    type CONV_AT_ME = typeof MusterChat.TYPES.CONV_AT_ME;
    type CONV_AT_ALL = typeof MusterChat.TYPES.CONV_AT_ALL;
    type CONV_AT_ALL_AT_ME = typeof MusterChat.TYPES.CONV_AT_ALL_AT_ME;
    type CONV_MARK_TYPE_STAR = typeof MusterChat.TYPES.CONV_MARK_TYPE_STAR;
    type CONV_MARK_TYPE_UNREAD = typeof MusterChat.TYPES.CONV_MARK_TYPE_UNREAD;
    type CONV_MARK_TYPE_FOLD = typeof MusterChat.TYPES.CONV_MARK_TYPE_FOLD;
    type CONV_MARK_TYPE_HIDE = typeof MusterChat.TYPES.CONV_MARK_TYPE_HIDE;
    type GRP_PRIVATE = typeof MusterChat.TYPES.GRP_PRIVATE;
    type GRP_WORK = typeof MusterChat.TYPES.GRP_WORK;
    type GRP_PUBLIC = typeof MusterChat.TYPES.GRP_PUBLIC;
    type GRP_CHATROOM = typeof MusterChat.TYPES.GRP_CHATROOM;
    type GRP_MEETING = typeof MusterChat.TYPES.GRP_MEETING;
    type GRP_AVCHATROOM = typeof MusterChat.TYPES.GRP_AVCHATROOM;
    type GRP_COMMUNITY = typeof MusterChat.TYPES.GRP_COMMUNITY;
    type GRP_ROOM = typeof MusterChat.TYPES.GRP_ROOM;
    type GRP_LIVE = typeof MusterChat.TYPES.GRP_LIVE;
    type GRP_MBR_ROLE_OWNER = typeof MusterChat.TYPES.GRP_MBR_ROLE_OWNER;
    type GRP_MBR_ROLE_ADMIN = typeof MusterChat.TYPES.GRP_MBR_ROLE_ADMIN;
    type GRP_MBR_ROLE_MEMBER = typeof MusterChat.TYPES.GRP_MBR_ROLE_MEMBER;
    type GRP_MBR_ROLE_CUSTOM = typeof MusterChat.TYPES.GRP_MBR_ROLE_CUSTOM;
    type GRP_TIP_MBR_JOIN = typeof MusterChat.TYPES.GRP_TIP_MBR_JOIN;
    type GRP_TIP_MBR_QUIT = typeof MusterChat.TYPES.GRP_TIP_MBR_QUIT;
    type GRP_TIP_MBR_KICKED_OUT = typeof MusterChat.TYPES.GRP_TIP_MBR_KICKED_OUT;
    type GRP_TIP_MBR_SET_ADMIN = typeof MusterChat.TYPES.GRP_TIP_MBR_SET_ADMIN;
    type GRP_TIP_MBR_CANCELED_ADMIN = typeof MusterChat.TYPES.GRP_TIP_MBR_CANCELED_ADMIN;
    type GRP_TIP_GRP_PROFILE_UPDATED = typeof MusterChat.TYPES.GRP_TIP_GRP_PROFILE_UPDATED;
    type GRP_TIP_MBR_PROFILE_UPDATED = typeof MusterChat.TYPES.GRP_TIP_MBR_PROFILE_UPDATED;
    type GRP_TIP_BAN_AVCHATROOM_MEMBER = typeof MusterChat.TYPES.GRP_TIP_BAN_AVCHATROOM_MEMBER;
    type GRP_TIP_UNBAN_AVCHATROOM_MEMBER = typeof MusterChat.TYPES.GRP_TIP_UNBAN_AVCHATROOM_MEMBER;
    type MSG_REMIND_ACPT_AND_NOTE = typeof MusterChat.TYPES.MSG_REMIND_ACPT_AND_NOTE;
    type MSG_REMIND_ACPT_NOT_NOTE = typeof MusterChat.TYPES.MSG_REMIND_ACPT_NOT_NOTE;
    type MSG_REMIND_DISCARD = typeof MusterChat.TYPES.MSG_REMIND_DISCARD;
    type RECEIVE_WITH_OFFLINE_PUSH_EXCEPT_AT = typeof MusterChat.TYPES.RECEIVE_WITH_OFFLINE_PUSH_EXCEPT_AT;
    type NOT_RECEIVE_OFFLINE_PUSH_EXCEPT_AT = typeof MusterChat.TYPES.NOT_RECEIVE_OFFLINE_PUSH_EXCEPT_AT;
    type NOT_RECEIVE_MSG_EXCEPT_AT = typeof MusterChat.TYPES.NOT_RECEIVE_MSG_EXCEPT_AT;
    type GENDER_UNKNOWN = typeof MusterChat.TYPES.GENDER_UNKNOWN;
    type GENDER_FEMALE = typeof MusterChat.TYPES.GENDER_FEMALE;
    type GENDER_MALE = typeof MusterChat.TYPES.GENDER_MALE;
    type KICKED_OUT_MULT_ACCOUNT = typeof MusterChat.TYPES.KICKED_OUT_MULT_ACCOUNT;
    type KICKED_OUT_MULT_DEVICE = typeof MusterChat.TYPES.KICKED_OUT_MULT_DEVICE;
    type KICKED_OUT_USERSIG_EXPIRED = typeof MusterChat.TYPES.KICKED_OUT_USERSIG_EXPIRED;
    type KICKED_OUT_REST_API = typeof MusterChat.TYPES.KICKED_OUT_REST_API;
    type ALLOW_TYPE_ALLOW_ANY = typeof MusterChat.TYPES.ALLOW_TYPE_ALLOW_ANY;
    type ALLOW_TYPE_NEED_CONFIRM = typeof MusterChat.TYPES.ALLOW_TYPE_NEED_CONFIRM;
    type ALLOW_TYPE_DENY_ANY = typeof MusterChat.TYPES.ALLOW_TYPE_DENY_ANY;
    type FORBID_TYPE_NONE = typeof MusterChat.TYPES.FORBID_TYPE_NONE;
    type FORBID_TYPE_SEND_OUT = typeof MusterChat.TYPES.FORBID_TYPE_SEND_OUT;
    type JOIN_OPTIONS_FREE_ACCESS = typeof MusterChat.TYPES.JOIN_OPTIONS_FREE_ACCESS;
    type JOIN_OPTIONS_NEED_PERMISSION = typeof MusterChat.TYPES.JOIN_OPTIONS_NEED_PERMISSION;
    type JOIN_OPTIONS_DISABLE_APPLY = typeof MusterChat.TYPES.JOIN_OPTIONS_DISABLE_APPLY;
    type JOIN_STATUS_SUCCESS = typeof MusterChat.TYPES.JOIN_STATUS_SUCCESS;
    type JOIN_STATUS_ALREADY_IN_GROUP = typeof MusterChat.TYPES.JOIN_STATUS_ALREADY_IN_GROUP;
    type JOIN_STATUS_WAIT_APPROVAL = typeof MusterChat.TYPES.JOIN_STATUS_WAIT_APPROVAL;
    type INVITE_OPTIONS_DISABLE_INVITE = typeof MusterChat.TYPES.INVITE_OPTIONS_DISABLE_INVITE;
    type INVITE_OPTIONS_NEED_PERMISSION = typeof MusterChat.TYPES.INVITE_OPTIONS_NEED_PERMISSION;
    type INVITE_OPTIONS_FREE_ACCESS = typeof MusterChat.TYPES.INVITE_OPTIONS_FREE_ACCESS;
    type GRP_PROFILE_OWNER_ID = typeof MusterChat.TYPES.GRP_PROFILE_OWNER_ID;
    type GRP_PROFILE_CREATE_TIME = typeof MusterChat.TYPES.GRP_PROFILE_CREATE_TIME;
    type GRP_PROFILE_LAST_INFO_TIME = typeof MusterChat.TYPES.GRP_PROFILE_LAST_INFO_TIME;
    type GRP_PROFILE_MEMBER_NUM = typeof MusterChat.TYPES.GRP_PROFILE_MEMBER_NUM;
    type GRP_PROFILE_MAX_MEMBER_NUM = typeof MusterChat.TYPES.GRP_PROFILE_MAX_MEMBER_NUM;
    type GRP_PROFILE_JOIN_OPTION = typeof MusterChat.TYPES.GRP_PROFILE_JOIN_OPTION;
    type GRP_PROFILE_INVITE_OPTION = typeof MusterChat.TYPES.GRP_PROFILE_INVITE_OPTION;
    type GRP_PROFILE_INTRODUCTION = typeof MusterChat.TYPES.GRP_PROFILE_INTRODUCTION;
    type GRP_PROFILE_NOTIFICATION = typeof MusterChat.TYPES.GRP_PROFILE_NOTIFICATION;
    type GRP_PROFILE_MUTE_ALL_MBRS = typeof MusterChat.TYPES.GRP_PROFILE_MUTE_ALL_MBRS;
    type SNS_ADD_TYPE_SINGLE = typeof MusterChat.TYPES.SNS_ADD_TYPE_SINGLE;
    type SNS_ADD_TYPE_BOTH = typeof MusterChat.TYPES.SNS_ADD_TYPE_BOTH;
    type SNS_DELETE_TYPE_SINGLE = typeof MusterChat.TYPES.SNS_DELETE_TYPE_SINGLE;
    type SNS_DELETE_TYPE_BOTH = typeof MusterChat.TYPES.SNS_DELETE_TYPE_BOTH;
    type SNS_APPLICATION_TYPE_BOTH = typeof MusterChat.TYPES.SNS_APPLICATION_TYPE_BOTH;
    type SNS_APPLICATION_SENT_TO_ME = typeof MusterChat.TYPES.SNS_APPLICATION_SENT_TO_ME;
    type SNS_APPLICATION_SENT_BY_ME = typeof MusterChat.TYPES.SNS_APPLICATION_SENT_BY_ME;
    type SNS_APPLICATION_AGREE = typeof MusterChat.TYPES.SNS_APPLICATION_AGREE;
    type SNS_APPLICATION_AGREE_AND_ADD = typeof MusterChat.TYPES.SNS_APPLICATION_AGREE_AND_ADD;
    type SNS_CHECK_TYPE_BOTH = typeof MusterChat.TYPES.SNS_CHECK_TYPE_BOTH;
    type SNS_CHECK_TYPE_SINGLE = typeof MusterChat.TYPES.SNS_CHECK_TYPE_SINGLE;
    type SNS_TYPE_NO_RELATION = typeof MusterChat.TYPES.SNS_TYPE_NO_RELATION;
    type SNS_TYPE_A_WITH_B = typeof MusterChat.TYPES.SNS_TYPE_A_WITH_B;
    type SNS_TYPE_B_WITH_A = typeof MusterChat.TYPES.SNS_TYPE_B_WITH_A;
    type SNS_TYPE_BOTH_WAY = typeof MusterChat.TYPES.SNS_TYPE_BOTH_WAY;
    type NET_STATE_CONNECTED = typeof MusterChat.TYPES.NET_STATE_CONNECTED;
    type NET_STATE_CONNECTING = typeof MusterChat.TYPES.NET_STATE_CONNECTING;
    type NET_STATE_DISCONNECTED = typeof MusterChat.TYPES.NET_STATE_DISCONNECTED;
    type MSG_AT_ALL = typeof MusterChat.TYPES.MSG_AT_ALL;
    type READ_ALL_C2C_MSG = typeof MusterChat.TYPES.READ_ALL_C2C_MSG;
    type READ_ALL_GROUP_MSG = typeof MusterChat.TYPES.READ_ALL_GROUP_MSG;
    type READ_ALL_MSG = typeof MusterChat.TYPES.READ_ALL_MSG;
    type USER_STATUS_UNKNOWN = typeof MusterChat.TYPES.USER_STATUS_UNKNOWN;
    type USER_STATUS_ONLINE = typeof MusterChat.TYPES.USER_STATUS_ONLINE;
    type USER_STATUS_OFFLINE = typeof MusterChat.TYPES.USER_STATUS_OFFLINE;
    type USER_STATUS_UNLOGINED = typeof MusterChat.TYPES.USER_STATUS_UNLOGINED;
    type IOS_OFFLINE_PUSH_NO_SOUND = typeof MusterChat.TYPES.IOS_OFFLINE_PUSH_NO_SOUND;
    type IOS_OFFLINE_PUSH_DEFAULT_SOUND = typeof MusterChat.TYPES.IOS_OFFLINE_PUSH_DEFAULT_SOUND;
  }
  type TSignaling = (typeof MusterChat.TSignaling)[keyof typeof MusterChat.TSignaling];
  namespace TSignaling {
    type NEW_INVITATION_RECEIVED = typeof MusterChat.TSignaling.NEW_INVITATION_RECEIVED;
    type INVITEE_ACCEPTED = typeof MusterChat.TSignaling.INVITEE_ACCEPTED;
    type INVITEE_REJECTED = typeof MusterChat.TSignaling.INVITEE_REJECTED;
    type INVITATION_CANCELLED = typeof MusterChat.TSignaling.INVITATION_CANCELLED;
    type INVITATION_TIMEOUT = typeof MusterChat.TSignaling.INVITATION_TIMEOUT;
    type INVITATION_MODIFIED = typeof MusterChat.TSignaling.INVITATION_MODIFIED;
    type ACTION_TYPE_UNKNOWN = typeof MusterChat.TSignaling.ACTION_TYPE_UNKNOWN;
    type ACTION_TYPE_INVITE = typeof MusterChat.TSignaling.ACTION_TYPE_INVITE;
    type ACTION_TYPE_CANCEL_INVITE = typeof MusterChat.TSignaling.ACTION_TYPE_CANCEL_INVITE;
    type ACTION_TYPE_ACCEPT_INVITE = typeof MusterChat.TSignaling.ACTION_TYPE_ACCEPT_INVITE;
    type ACTION_TYPE_REJECT_INVITE = typeof MusterChat.TSignaling.ACTION_TYPE_REJECT_INVITE;
    type ACTION_TYPE_INVITE_TIMEOUT = typeof MusterChat.TSignaling.ACTION_TYPE_INVITE_TIMEOUT;
  }
}
