/** Letting users into a group and out of it, with what the group and each of them is told. */
import { type GroupView, groupScope, type Role, userScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { freshConversationView } from '../conversation-view.ts';
import { type ScopedEvent, tell } from '../decision.ts';
import { secondsOf } from '../times.ts';
import type { GroupChanges, GroupRecord, GroupState, MemberRecord } from './group-state.ts';
import { infoOf, profileOf, viewOf } from './group-view.ts';

/** Who brings a change about: what is told names him. */
type Operator = Pick<Asker, 'userID' | 'by'>;

interface MembershipChange {
  /** The group after the change. */
  group: GroupRecord;
  changes: GroupChanges;
  events: ScopedEvent[];
  /** How many of the events are the group's own: the place of the group's log moves by as many. */
  groupEvents: number;
}

/** Makes these users, who are no members, members. Their open requests to join have found their answer. */
export function admit(
  state: GroupState,
  before: GroupRecord,
  newcomers: readonly MemberRecord[],
  operator: Operator,
): MembershipChange {
  const group = { ...before, memberCount: before.memberCount + newcomers.length };
  const joined = newcomers.map(({ userID }) => userID);
  const answered = joined.filter((userID) => state.applications.has(userID));
  const changes: GroupChanges = { group, members: newcomers.map((member) => [member.userID, member]) };
  if (answered.length > 0) changes.applications = answered.map((userID) => [userID, null]);
  const views = newcomers.map((member) => {
    const reason = member.userID === operator.userID ? 'joined' : 'added';
    return groupJoined(viewOf(group, member, 1), { group, member, reason, operator });
  });
  return { group, changes, events: [membersUpdated(group, { joined }, operator), ...views], groupEvents: 1 };
}

interface Joining {
  group: GroupRecord;
  member: MemberRecord;
  reason: 'created' | 'joined' | 'added';
  operator: Operator;
}

/** What a new member is told: the group as he sees it, and his conversation of it. */
export function groupJoined(
  view: GroupView,
  { group, member, reason, operator: { userID: operatorID, by } }: Joining,
): ScopedEvent {
  const conversation = freshConversationView(group, member);
  const event = { name: 'groupJoined', group: view, conversation, reason, operatorID } as const;
  return tell(userScope(member.userID), event, by);
}

/** Makes these members none any more. An owner among them leaves the group without one. */
export function release(
  before: GroupRecord,
  left: readonly string[],
  reason: 'quit' | 'removed',
  operator: Operator,
): MembershipChange {
  const ownerID = left.includes(before.ownerID) ? '' : before.ownerID;
  const group = { ...before, ownerID, memberCount: before.memberCount - left.length };
  const events = [membersUpdated(group, { left }, operator)];
  if (ownerID !== before.ownerID) events.push(profileUpdated(group, operator));
  const groupEvents = events.length;
  const event = { name: 'groupLeft', groupID: group.groupID, reason, operatorID: operator.userID } as const;
  for (const userID of left) events.push(tell(userScope(userID), event, operator.by));
  const changes: GroupChanges = { group, members: left.map((userID) => [userID, null]), revokes: true };
  return { group, changes, events, groupEvents };
}

export function membersUpdated(
  group: GroupRecord,
  change: {
    joined?: readonly string[];
    left?: readonly string[];
    roles?: readonly { userID: string; role: Role }[];
  },
  { userID: operatorID, by }: Operator,
): ScopedEvent {
  const { groupID, memberCount } = group;
  const { joined = [], left = [], roles = [] } = change;
  const lists = { joined: [...joined], left: [...left], roles: [...roles] };
  const event = { name: 'groupMembersUpdated', groupID, memberCount, ...lists, operatorID } as const;
  return tell(groupScope(groupID), event, by);
}

export function memberUpdated(
  { groupID }: GroupRecord,
  member: MemberRecord,
  { userID: operatorID, by }: Operator,
): ScopedEvent {
  const event = { name: 'groupMemberUpdated', groupID, member: infoOf(member), operatorID } as const;
  return tell(groupScope(groupID), event, by);
}

export function profileUpdated(group: GroupRecord, { userID: operatorID, by }: Operator): ScopedEvent {
  const event = { name: 'groupProfileUpdated', profile: profileOf(group), operatorID } as const;
  return tell(groupScope(group.groupID), event, by);
}

/** A new member as he starts: what was said before counts as read by him. */
export function memberOf(
  group: GroupRecord,
  userID: string,
  { role = 'Member', now }: { role?: Role | undefined; now: number },
): MemberRecord {
  return {
    userID,
    role,
    joinTime: secondsOf(now),
    nameCard: '',
    muteUntil: 0,
    joinSequence: group.messageSeq,
    joinCounted: group.messagesCounted,
    ownCounted: 0,
  };
}
