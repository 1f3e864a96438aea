/** Letting users into a group and out of it, with what the group and each of them is told. */
import { type Cause, groupScope, type Role, userScope } from '@muster/protocol';
import { type ScopedEvent, tell } from '../decision.ts';
import type { GroupChanges, GroupRecord, GroupState, MemberRecord } from './group-state.ts';
import { infoOf, profileOf, viewOf } from './group-view.ts';

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
  by: Cause | undefined,
): MembershipChange {
  const group = { ...before, memberCount: before.memberCount + newcomers.length };
  const joined = newcomers.map(({ userID }) => userID);
  const answered = joined.filter((userID) => state.applications.has(userID));
  const changes: GroupChanges = { group, members: newcomers.map((member) => [member.userID, member]) };
  if (answered.length > 0) changes.applications = answered.map((userID) => [userID, null]);
  const views = newcomers.map((member) =>
    tell(userScope(member.userID), { name: 'groupJoined', group: viewOf(group, member, 1) }, by),
  );
  return { group, changes, events: [membersUpdated(group, { joined }, by), ...views], groupEvents: 1 };
}

/** Makes these members none any more. An owner among them leaves the group without one. */
export function release(
  before: GroupRecord,
  left: readonly string[],
  reason: 'quit' | 'removed',
  by: Cause | undefined,
): MembershipChange {
  const ownerID = left.includes(before.ownerID) ? '' : before.ownerID;
  const group = { ...before, ownerID, memberCount: before.memberCount - left.length };
  const events = [membersUpdated(group, { left }, by)];
  if (ownerID !== before.ownerID) events.push(profileUpdated(group, by));
  const groupEvents = events.length;
  const { groupID } = group;
  for (const userID of left) events.push(tell(userScope(userID), { name: 'groupLeft', groupID, reason }, by));
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
  by: Cause | undefined,
): ScopedEvent {
  const { groupID, memberCount } = group;
  const { joined = [], left = [], roles = [] } = change;
  const lists = { joined: [...joined], left: [...left], roles: [...roles] };
  return tell(groupScope(groupID), { name: 'groupMembersUpdated', groupID, memberCount, ...lists }, by);
}

export function memberUpdated(group: GroupRecord, member: MemberRecord, by: Cause | undefined): ScopedEvent {
  const { groupID } = group;
  return tell(groupScope(groupID), { name: 'groupMemberUpdated', groupID, member: infoOf(member) }, by);
}

export function profileUpdated(group: GroupRecord, by: Cause | undefined): ScopedEvent {
  return tell(groupScope(group.groupID), { name: 'groupProfileUpdated', profile: profileOf(group) }, by);
}

/** A new member as he starts. */
export function memberOf(userID: string, role: Role, now: number): MemberRecord {
  return { userID, role, joinTime: secondsOf(now), nameCard: '', muteUntil: 0 };
}

/** Times that the API shows are whole seconds. */
export function secondsOf(now: number): number {
  return Math.floor(now / 1_000);
}
