/** Who is what in a group, and what that lets him do. */
import type { Role } from '@muster/protocol';
import type { Asker } from './asker.ts';
import type { GroupRecord, GroupState, MemberRecord } from './groups/group-state.ts';

/** The group of a state, unless it is absent or dismissed (GR3). */
export function livingGroup(state: Pick<GroupState, 'group'>): GroupRecord | undefined {
  return state.group !== undefined && state.group.endedAt === 0 ? state.group : undefined;
}

/**
 * A user's role in a living group; undefined when he is no member. Of an AVChatRoom those whose devices are in it
 * are members, as far as the state names the devices, and its owner is the owner, in it or not (GR7).
 */
export function roleOf(state: GroupState, userID: string): Role | undefined {
  const group = livingGroup(state);
  if (group === undefined) return undefined;
  if (group.type !== 'AVChatRoom') return state.members.get(userID)?.role;
  if (group.ownerID === userID) return 'Owner';
  return joinTimeInRoom(state, userID) === undefined ? undefined : 'Member';
}

/** Whether the asker decides for the group: its owner, its admins and administrators do. */
export function leads(state: GroupState, asker: Asker): boolean {
  const role = roleOf(state, asker.userID);
  return asker.isAdministrator || role === 'Owner' || role === 'Admin';
}

/** Whether the asker may do what only the owner may: administrators may too. */
export function owns(state: GroupState, asker: Asker): boolean {
  return asker.isAdministrator || roleOf(state, asker.userID) === 'Owner';
}

/** Whether the asker stands above a member: the owner above everybody else, an admin above mere members. */
export function outranks(state: GroupState, asker: Asker, { userID, role }: MemberRecord): boolean {
  if (asker.userID === userID) return false;
  return owns(state, asker) || (leads(state, asker) && role === 'Member');
}

/**
 * The asker as a member, for the `selfInfo` of his answer. One who is none (an administrator, the owner of an
 * AVChatRoom that he is not in) is shown with the role he acts in and no time of joining.
 */
export function selfOf(state: GroupState, asker: Asker): MemberRecord {
  const { userID } = asker;
  const stored = livingGroup(state)?.type === 'AVChatRoom' ? undefined : state.members.get(userID);
  if (stored !== undefined) return stored;
  const joinTime = joinTimeInRoom(state, userID) ?? 0;
  const counts = { joinSequence: 0, joinCounted: 0, ownCounted: 0 };
  return { userID, role: roleOf(state, userID) ?? 'Member', joinTime, nameCard: '', muteUntil: 0, ...counts };
}

/** Whether the user is in the group; the owner of an AVChatRoom may be none of those who are there (GR7). */
export function isMember(state: GroupState, userID: string): boolean {
  if (livingGroup(state)?.type === 'AVChatRoom') return joinTimeInRoom(state, userID) !== undefined;
  return roleOf(state, userID) !== undefined;
}

/** When the first of the user's devices came, in seconds. */
function joinTimeInRoom(state: GroupState, userID: string): number | undefined {
  let first: number | undefined;
  for (const room of state.roomDevices.values()) {
    if (room.userID === userID && (first === undefined || room.joinTime < first)) first = room.joinTime;
  }
  return first;
}
