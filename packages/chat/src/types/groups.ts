/** Groups: what one is, and the calls that make, find, change and end one (GR). */
import type { LastMessage } from './conversations.ts';
import type { Message } from './messages.ts';
import type { ChatResponse, OperationOptions } from './results.ts';
import type {
  CustomField,
  GroupMemberRole,
  GroupType,
  InviteOption,
  JoinOption,
  MessageRemindType,
  OneOf,
} from './vocabulary.ts';

export interface Group {
  groupID: string;
  name: string;
  avatar: string;
  type: GroupType;
  /** `''` in a Work group whose owner has left. */
  ownerID: string;
  introduction: string;
  notification: string;
  joinOption: JoinOption;
  inviteOption: InviteOption;
  /** Of an AVChatRoom: those connected (GR7). */
  memberCount: number;
  maxMemberCount: number;
  muteAllMembers: boolean;
  groupCustomField: CustomField[];
  /** A Community that was made so; its counters are refused 10007 (GC9). */
  isSupportTopic: boolean;
  /** The number that the next message of the group will have. */
  nextMessageSeq: number;
  /** Seconds since 1970. */
  createTime: number;
  lastMessage: LastMessage;
  selfInfo: GroupSelfInfo;
  /** @deprecated In the original only. */
  infoSequence?: number;
  /** @deprecated In the original only. */
  lastInfoTime?: number;
}

/** The logged-in user as a member of the group; with empty values in a group that he is not in. */
export interface GroupSelfInfo {
  userID: string;
  role: GroupMemberRole;
  nameCard: string;
  /** Seconds since 1970. */
  joinTime: number;
  /** Seconds since 1970; a time that has passed means not muted. */
  muteUntil: number;
  messageRemindType: MessageRemindType;
}

/** A request to join, as its deciders see it. */
export interface GroupApplication {
  groupID: string;
  groupName: string;
  applicant: string;
  applicantNick: string;
  applyMessage: string;
  /** Seconds since 1970. */
  applyTime: number;
}

export interface CreateGroupOptions extends OperationOptions {
  name: string;
  /** Work when left out. */
  type?: OneOf<GroupType>;
  /** Up to 48 bytes of printable ASCII (GR3); the server makes one when it is absent or `''`. */
  groupID?: string;
  avatar?: string;
  introduction?: string;
  notification?: string;
  maxMemberNum?: number;
  joinOption?: OneOf<JoinOption>;
  inviteOption?: OneOf<InviteOption>;
  /** The first members. Not for an AVChatRoom, where nobody can be added. */
  memberList?: Array<{ userID: string; role?: string; memberCustomField?: CustomField[] }>;
  groupCustomField?: CustomField[];
  /** Kept for a Community; topics themselves are not built (GR2). */
  isSupportTopic?: boolean;
}

export interface GetGroupProfileOptions {
  groupID: string;
  /** Taken and not used: all fields come. */
  groupCustomFieldFilter?: string[];
}

/** The fields to change; what is left out stays. */
export interface UpdateGroupProfileOptions extends OperationOptions {
  groupID: string;
  name?: string;
  avatar?: string;
  introduction?: string;
  notification?: string;
  maxMemberNum?: number;
  /** Mutes all members but owner and admins; not in a Work group (GR6). */
  muteAllMembers?: boolean;
  joinOption?: OneOf<JoinOption>;
  inviteOption?: OneOf<InviteOption>;
  groupCustomField?: CustomField[];
}

export interface JoinGroupOptions extends OperationOptions {
  groupID: string;
  /** What the deciders of a request read. */
  applyMessage?: string;
  /** Taken and not used: the server knows the type. */
  type?: OneOf<GroupType>;
}

export interface ChangeGroupOwnerOptions extends OperationOptions {
  groupID: string;
  newOwnerID: string;
}

export interface HandleGroupApplicationOptions extends OperationOptions {
  /** `'Agree'` or `'Reject'`. */
  handleAction: string;
  handleMessage?: string;
  /** The system notice that told of the request; or `application`. */
  message?: Message;
  /** One of `getGroupApplicationList`; or `message`. */
  application?: GroupApplication;
}

export type JoinGroupResult =
  | { status: 'JoinedSuccess' | 'AlreadyInGroup'; group: Group }
  | { status: 'WaitAdminApproval'; group?: Group };

export interface GroupMethods {
  /** The groups the user is a member of, from memory. AVChatRooms are not among them. */
  getGroupList(): Promise<ChatResponse<{ groupList: Group[]; isSyncCompleted: boolean }>>;

  /** Rejects 10010 no such group · 10007 not a member. */
  getGroupProfile(options: GetGroupProfileOptions): Promise<ChatResponse<{ group: Group }>>;

  /**
   * Makes a group that the caller owns (GR1 to GR3). Initial members who never logged in are left out of it.
   *
   * Rejects 10021 groupID taken · 10025 taken, and by you · 10015 malformed groupID · 10014 too many members.
   */
  createGroup(
    options: CreateGroupOptions,
  ): Promise<ChatResponse<{ group: Group; unknownUserIDList?: string[] }>>;

  /**
   * Ends a group for all its members, its counters with it (GR4).
   *
   * Rejects 10010 no such group · 10007 not its owner (of a Work group: not an administrator).
   */
  dismissGroup(groupID: string): Promise<ChatResponse<{ groupID: string }>>;

  /** Rejects 10010 no such group · 10007 not permitted. Raises `GROUP_LIST_UPDATED` at every member. */
  updateGroupProfile(options: UpdateGroupProfileOptions): Promise<ChatResponse<{ group: Group }>>;

  /**
   * Joins a group, or asks to be let in: the status says which (GR1). Joining an AVChatRoom concerns this device
   * alone and quits the one it was in, unless created with `unlimitedAVChatRoom` (GR7). Served as soon as `login`
   * has resolved (US4).
   *
   * Rejects 10010 no such group · 10007 it does not admit those who ask · 10014 full.
   */
  joinGroup(options: JoinGroupOptions): Promise<ChatResponse<JoinGroupResult>>;

  /** Rejects 10010 no such group · 10007 not a member · 10009 an owner may not quit, save a Work group's. */
  quitGroup(groupID: string): Promise<ChatResponse<{ groupID: string }>>;

  /** What anyone may see of a group; a Work group is found by its members alone. Rejects 10010. */
  searchGroupByID(groupID: string): Promise<ChatResponse<{ group: Group }>>;

  /** How many users are in an AVChatRoom with a connected device; 0 for the other types (GR7). Rejects 10010. */
  getGroupOnlineMemberCount(groupID: string): Promise<ChatResponse<{ memberCount: number }>>;

  /** Rejects 10010 no such group · 10007 not the owner, or the other is not a member. */
  changeGroupOwner(options: ChangeGroupOwnerOptions): Promise<ChatResponse<{ group: Group }>>;

  /** The open requests to join that the caller may decide, oldest first. */
  getGroupApplicationList(): Promise<ChatResponse<{ applicationList: GroupApplication[] }>>;

  /** Rejects 10010 no such group · 10007 not permitted · 10014 full. */
  handleGroupApplication(options: HandleGroupApplicationOptions): Promise<ChatResponse<{ group: Group }>>;
}
