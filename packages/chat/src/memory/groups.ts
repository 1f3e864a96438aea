/** What an event of a group's log makes of the group. */
import type { GroupView, LoggedEvent, Role } from '@muster/protocol';

/** The group after the event, or null when it is no more. An event of a user's own log changes no group. */
export function afterGroupEvent(group: GroupView, event: LoggedEvent): GroupView | null {
  switch (event.name) {
    case 'groupDismissed':
      return null;
    case 'groupProfileUpdated':
      return { ...group, profile: event.profile };
    case 'messageSent':
      return { ...group, profile: { ...group.profile, nextMessageSeq: event.message.sequence + 1 } };
    case 'groupMembersUpdated': {
      const profile = { ...group.profile, memberCount: event.memberCount };
      return { ...group, profile, selfInfo: { ...group.selfInfo, role: roleAfter(group, event.roles) } };
    }
    case 'groupMemberUpdated': {
      const isOwn = event.member.userID === group.selfInfo.userID;
      return isOwn ? { ...group, selfInfo: event.member } : group;
    }
    default:
      return group;
  }
}

function roleAfter({ selfInfo }: GroupView, roles: { userID: string; role: Role }[]): Role {
  return roles.find(({ userID }) => userID === selfInfo.userID)?.role ?? selfInfo.role;
}

/** Whether the list of groups shows a group: rooms that one passes through are not among them. */
export function isListed({ profile }: GroupView): boolean {
  return profile.type !== 'AVChatRoom';
}

/** Whether an app is told of a difference: what is said in a group is told otherwise. */
export function looksAlike(one: GroupView, other: GroupView): boolean {
  return lookOf(one) === lookOf(other);
}

function lookOf({ profile, selfInfo }: GroupView): string {
  return JSON.stringify([{ ...profile, nextMessageSeq: 0 }, selfInfo]);
}
