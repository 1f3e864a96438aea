/** The words that shapes and options are written in: which constants stand where. */
import type { TYPES } from '../constants/types.ts';

/**
 * What an option takes. The editor offers the constants that make sense; the others compile too, because the
 * original's typings accept its whole enum everywhere, and code annotated so goes on compiling. A constant that
 * makes no sense is refused when the call is made.
 */
export type OneOf<Sensible extends TYPES> = Sensible | TYPES;

export type ConversationType = TYPES.CONV_C2C | TYPES.CONV_GROUP | TYPES.CONV_TOPIC | TYPES.CONV_SYSTEM;

/** Work is `'Private'` and Meeting is `'ChatRoom'`: the values are older than the names. */
export type GroupType =
  | TYPES.GRP_WORK
  | TYPES.GRP_PUBLIC
  | TYPES.GRP_MEETING
  | TYPES.GRP_AVCHATROOM
  | TYPES.GRP_COMMUNITY
  | TYPES.GRP_ROOM
  | TYPES.GRP_LIVE;

/** Not every group type has admins; `Custom` is never given out by us. */
export type GroupMemberRole =
  | TYPES.GRP_MBR_ROLE_OWNER
  | TYPES.GRP_MBR_ROLE_ADMIN
  | TYPES.GRP_MBR_ROLE_MEMBER
  | TYPES.GRP_MBR_ROLE_CUSTOM;

/** What happens when somebody asks to join. */
export type JoinOption =
  | TYPES.JOIN_OPTIONS_FREE_ACCESS
  | TYPES.JOIN_OPTIONS_NEED_PERMISSION
  | TYPES.JOIN_OPTIONS_DISABLE_APPLY;

/** What happens when a member invites somebody. */
export type InviteOption =
  | TYPES.INVITE_OPTIONS_FREE_ACCESS
  | TYPES.INVITE_OPTIONS_NEED_PERMISSION
  | TYPES.INVITE_OPTIONS_DISABLE_INVITE;

/** Only conversations whose remind type is `AcceptAndNotify` count in totals (CG17, CV2). */
export type MessageRemindType =
  | TYPES.MSG_REMIND_ACPT_AND_NOTE
  | TYPES.MSG_REMIND_ACPT_NOT_NOTE
  | TYPES.MSG_REMIND_DISCARD
  | TYPES.NOT_RECEIVE_OFFLINE_PUSH_EXCEPT_AT
  | TYPES.NOT_RECEIVE_MSG_EXCEPT_AT;

export type MessageType =
  | TYPES.MSG_TEXT
  | TYPES.MSG_IMAGE
  | TYPES.MSG_AUDIO
  | TYPES.MSG_FILE
  | TYPES.MSG_FACE
  | TYPES.MSG_VIDEO
  | TYPES.MSG_LOCATION
  | TYPES.MSG_GRP_TIP
  | TYPES.MSG_GRP_SYS_NOTICE
  | TYPES.MSG_CUSTOM
  | TYPES.MSG_MERGER;

export type MessagePriority =
  | TYPES.MSG_PRIORITY_HIGH
  | TYPES.MSG_PRIORITY_NORMAL
  | TYPES.MSG_PRIORITY_LOW
  | TYPES.MSG_PRIORITY_LOWEST;

export type Gender = TYPES.GENDER_UNKNOWN | TYPES.GENDER_FEMALE | TYPES.GENDER_MALE;

/** Whether others may become friends. Kept in the profile; friends themselves are not built. */
export type AllowType =
  | TYPES.ALLOW_TYPE_ALLOW_ANY
  | TYPES.ALLOW_TYPE_NEED_CONFIRM
  | TYPES.ALLOW_TYPE_DENY_ANY;

export type AdminForbidType = TYPES.FORBID_TYPE_NONE | TYPES.FORBID_TYPE_SEND_OUT;

/**
 * Why a login was ended (US6): one device more than allowed, the userSig ran out, or an administrator's kick.
 * `multipleDevice` is the original's and never raised by us.
 */
export type KickedOutType =
  | TYPES.KICKED_OUT_MULT_ACCOUNT
  | TYPES.KICKED_OUT_MULT_DEVICE
  | TYPES.KICKED_OUT_USERSIG_EXPIRED
  | TYPES.KICKED_OUT_REST_API;

export type NetState = TYPES.NET_STATE_CONNECTED | TYPES.NET_STATE_CONNECTING | TYPES.NET_STATE_DISCONNECTED;

/** What an app adds to a profile, a group or a member. */
export interface CustomField {
  key: string;
  value: string;
}
