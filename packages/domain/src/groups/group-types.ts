/** What the five types of a group differ in (GR1), in one table. */
import type { GroupType, JoinOption } from '@muster/protocol';
import { LIMITS } from '@muster/protocol';

export interface GroupTypeRules {
  /** What happens when a user asks to join, unless the group says otherwise. */
  joinOption: JoinOption;
  /** Whether a group of the type may say otherwise. */
  choosesJoinOption: boolean;
  /** What happens when a member adds others; the same two questions. */
  inviteOption: JoinOption;
  choosesInviteOption: boolean;
  hasAdmins: boolean;
  /** The group then has no owner. */
  ownerMayQuit: boolean;
  /** Administrators always may. */
  ownerMayDismiss: boolean;
  /** Whether every member may change the group's profile, and not just owner and admins. */
  membersMayUpdate: boolean;
  /** Whether members, or all of them, may be muted (GR6). */
  canMute: boolean;
  /** Whether somebody who is no member is told that the group exists. */
  isFound: boolean;
}

export const GROUP_TYPE_RULES: Record<GroupType, GroupTypeRules> = {
  Work: {
    joinOption: 'DisableApply',
    choosesJoinOption: false,
    inviteOption: 'FreeAccess',
    choosesInviteOption: true,
    hasAdmins: false,
    ownerMayQuit: true,
    ownerMayDismiss: false,
    membersMayUpdate: true,
    canMute: false,
    isFound: false,
  },
  Public: {
    joinOption: 'NeedPermission',
    choosesJoinOption: true,
    inviteOption: 'DisableApply',
    choosesInviteOption: true,
    hasAdmins: true,
    ownerMayQuit: false,
    ownerMayDismiss: true,
    membersMayUpdate: false,
    canMute: true,
    isFound: true,
  },
  Meeting: {
    joinOption: 'FreeAccess',
    choosesJoinOption: false,
    inviteOption: 'DisableApply',
    choosesInviteOption: true,
    hasAdmins: true,
    ownerMayQuit: false,
    ownerMayDismiss: true,
    membersMayUpdate: false,
    canMute: true,
    isFound: true,
  },
  AVChatRoom: {
    joinOption: 'FreeAccess',
    choosesJoinOption: false,
    inviteOption: 'DisableApply',
    choosesInviteOption: false,
    hasAdmins: false,
    ownerMayQuit: false,
    ownerMayDismiss: true,
    membersMayUpdate: false,
    canMute: true,
    isFound: true,
  },
  Community: {
    joinOption: 'FreeAccess',
    choosesJoinOption: true,
    inviteOption: 'FreeAccess',
    choosesInviteOption: true,
    hasAdmins: true,
    ownerMayQuit: false,
    ownerMayDismiss: true,
    membersMayUpdate: false,
    canMute: true,
    isFound: true,
  },
};

/** The two bounds that a server may configure (GR1). */
export interface MemberLimits {
  membersPerGroupMax: number;
  membersPerCommunityMax: number;
}

/** How many members a group of the type may have. An AVChatRoom stores none and is not bounded. */
export function mostMembers(type: GroupType, limits: MemberLimits): number {
  if (type === 'AVChatRoom') return LIMITS.members_perAVChatRoom_max.value;
  return type === 'Community' ? limits.membersPerCommunityMax : limits.membersPerGroupMax;
}
