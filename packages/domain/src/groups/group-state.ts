import type { GroupType, JoinOption, Profile, Role } from '@muster/protocol';
import type { MessageRecord } from '../messages/message-state.ts';

/**
 * A group as it is stored. A dismissed one stays, with `endedAt` set, so that its versions and numbers go on when
 * its groupID is taken again; `generation` then rises, and members of an older generation are none (GR3, GR4).
 */
export interface GroupRecord {
  groupID: string;
  generation: number;
  type: GroupType;
  name: string;
  avatar: string;
  introduction: string;
  notification: string;
  /** Empty when the owner of a Work group has quit. */
  ownerID: string;
  joinOption: JoinOption;
  inviteOption: JoinOption;
  isSupportTopic: boolean;
  maxMemberCount: number;
  /** Stored members; of an AVChatRoom always 0, its devices are counted apart. */
  memberCount: number;
  muteAllMembers: boolean;
  groupCustomField: { key: string; value: string }[];
  /** Seconds. */
  createTime: number;
  /** Milliseconds; 0 while the group lives. */
  endedAt: number;
  /** The number of the last event in the group's log. Storage raises it. */
  seq: number;
  /** The version of the last change of a counter. Storage raises it. */
  countersVersion: number;
  /** The sequence of its last message; goes on when the groupID is taken again (GR3). */
  messageSeq: number;
  /** How many of its messages counted as unread for somebody, ever. */
  messagesCounted: number;
  /** `messageSeq` when this generation began: what is not above it was said in another group. */
  firstMessageSeq: number;
}

export interface MemberRecord {
  userID: string;
  role: Role;
  /** Seconds. */
  joinTime: number;
  nameCard: string;
  /** Seconds; 0 when not muted. */
  muteUntil: number;
  /** `messageSeq` and `messagesCounted` of the group when he joined. */
  joinSequence: number;
  joinCounted: number;
  /** How many of his own messages counted, since he joined. */
  ownCounted: number;
}

export interface ApplicationRecord {
  userID: string;
  applyMessage: string;
  /** Seconds. */
  applyTime: number;
}

/** A device in an AVChatRoom (GR7). */
export interface RoomDevice {
  device: number;
  userID: string;
  /** Seconds. */
  joinTime: number;
}

/**
 * What a rule about a group is shown: the group and those of its rows that the request names. The request names the
 * asker, everyone he names and, for a new owner, the old one; in an AVChatRoom also the devices of the asker, whose
 * places make him a member. Rows of an older generation are not shown.
 */
export interface GroupState {
  group: GroupRecord | undefined;
  members: ReadonlyMap<string, MemberRecord>;
  applications: ReadonlyMap<string, ApplicationRecord>;
  roomDevices: ReadonlyMap<number, RoomDevice>;
  /** Those of the named users who have logged in once. */
  users: ReadonlySet<string>;
  /** The group's attributes by key (GR5), when the request asks for them. */
  attributes?: ReadonlyMap<string, string> | undefined;
  /** Those of its messages that the request names and that exist, by sequence. */
  messages?: ReadonlyMap<number, MessageRecord> | undefined;
  /** The profiles of the named users who have logged in once, when the request asks for them. */
  profiles?: ReadonlyMap<string, Profile> | undefined;
}

/** What a rule about a group changes. `null` removes a row. */
export interface GroupChanges {
  group?: GroupRecord;
  members?: [userID: string, MemberRecord | null][];
  applications?: [userID: string, ApplicationRecord | null][];
  roomDevices?: [device: number, RoomDevice | null][];
  /** All attributes that there are from now on. */
  attributes?: ReadonlyMap<string, string>;
  /** A new message, or one that takes the place of an older form of itself. Whom it mentions storage keeps too. */
  message?: MessageRecord;
  /** Whether somebody lost a right or has another role, so that whoever cached rights must look again. */
  revokes?: boolean;
}
