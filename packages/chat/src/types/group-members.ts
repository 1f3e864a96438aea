/** The members of a group, and what may be done to them (GR2, GR6). */
import type { Group } from './groups.ts';
import type { ChatResponse, OperationOptions } from './results.ts';
import type { CustomField, GroupMemberRole, OneOf } from './vocabulary.ts';

export interface GroupMember {
  userID: string;
  nick: string;
  avatar: string;
  role: GroupMemberRole;
  /** Seconds since 1970. */
  joinTime: number;
  nameCard: string;
  /** Seconds since 1970; a time that has passed means not muted. */
  muteUntil: number;
  /** Always empty: custom fields of members are not built. */
  memberCustomField: CustomField[];
}

export interface GetGroupMemberListOptions {
  groupID: string;
  /** 1 to 100, 15 when left out. */
  count?: number;
  /** 0 begins, an answered offset goes on. */
  offset?: number | string;
  /** Taken and not used: marks of members are not built. */
  filter?: number;
  /** Only members of this role. */
  role?: string;
}

export interface GetGroupMemberProfileOptions {
  groupID: string;
  userIDList: string[];
  /** Taken and not used. */
  memberCustomFieldFilter?: string[];
}

export interface AddGroupMemberOptions extends OperationOptions {
  groupID: string;
  /** Up to 100. */
  userIDList: string[];
}

export interface DeleteGroupMemberOptions extends OperationOptions {
  groupID: string;
  /** Up to 100. */
  userIDList: string[];
  reason?: string;
  /** Taken and not used: a removed member may come back at once. */
  duration?: number;
}

export interface SetGroupMemberMuteTimeOptions extends OperationOptions {
  groupID: string;
  userID: string;
  /** Seconds from now; 0 lets the member speak again. */
  muteTime: number;
}

export interface SetGroupMemberRoleOptions extends OperationOptions {
  groupID: string;
  userID: string;
  role: OneOf<GroupMemberRole>;
}

export interface SetGroupMemberNameCardOptions extends OperationOptions {
  groupID: string;
  nameCard: string;
  /** The caller when left out. */
  userID?: string;
}

/** Every user asked for stands in exactly one of the lists. */
export interface AddGroupMemberResult {
  successUserIDList: string[];
  /** Users who never logged in. */
  failureUserIDList: string[];
  /** Those who were members already. */
  existedUserIDList: string[];
  group: Group;
}

export interface GroupMemberMethods {
  /**
   * A page of members, in the order of their joining; `offset` 0 means that it was the last. Of an AVChatRoom:
   * those connected (GR7). Rejects 10010 no such group · 10007 not a member.
   */
  getGroupMemberList(
    options: GetGroupMemberListOptions,
  ): Promise<ChatResponse<{ memberList: GroupMember[]; offset: number | string }>>;

  /** Those of up to 100 users who are members, in the order named. Rejects 10010 no such group · 10007 not a member. */
  getGroupMemberProfile(
    options: GetGroupMemberProfileOptions,
  ): Promise<ChatResponse<{ memberList: GroupMember[] }>>;

  /** Rejects 10010 no such group · 10007 the type or the caller's role does not allow it (GR1) · 10014 full. */
  addGroupMember(options: AddGroupMemberOptions): Promise<ChatResponse<AddGroupMemberResult>>;

  /** Resolves with those who are members no longer. Rejects 10010 no such group · 10007 not permitted. */
  deleteGroupMember(
    options: DeleteGroupMemberOptions,
  ): Promise<ChatResponse<{ group: Group; userIDList: string[] }>>;

  /**
   * Mutes a member, or lets him speak again: the owner, and an admin a mere member (GR6). A muted member's messages
   * are refused 10017.
   *
   * Rejects 10010 no such group · 10007 not permitted, or not in groups of this type · 10004 not a member.
   */
  setGroupMemberMuteTime(
    options: SetGroupMemberMuteTimeOptions,
  ): Promise<ChatResponse<{ group: Group; member: GroupMember }>>;

  /** Makes a member an admin or an admin a member: the owner alone, where the type has admins. Rejects 10007. */
  setGroupMemberRole(
    options: SetGroupMemberRoleOptions,
  ): Promise<ChatResponse<{ group: Group; member: GroupMember }>>;

  /**
   * The own name card, of up to 50 bytes, or as owner that of another, as admin that of a mere member (GR6).
   *
   * Rejects 10010 no such group · 10007 not permitted, or an AVChatRoom · 10004 too long, or not a member.
   */
  setGroupMemberNameCard(
    options: SetGroupMemberNameCardOptions,
  ): Promise<ChatResponse<{ group: Group; member: GroupMember }>>;
}
