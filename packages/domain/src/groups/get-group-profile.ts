/** What may be read of a group, and by whom. */
import type {
  CommandError,
  GetGroupMemberProfileInput,
  GroupOutput,
  SearchGroupOutput,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { type Reading, type Refusal, refuse } from '../decision.ts';
import { livingGroup, roleOf, selfOf } from '../group-roles.ts';
import { refuseUserCount } from './group-arguments.ts';
import type { GroupRecord, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES } from './group-types.ts';
import { profileOf, viewOf } from './group-view.ts';

/** Why the asker may not see the group from the inside (its profile, its members), or undefined. */
export function refuseGroupReading(
  state: GroupState,
  asker: Asker,
): Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED'> | undefined {
  if (livingGroup(state) === undefined) return refuse('GROUP_NOT_FOUND');
  if (asker.isAdministrator || roleOf(state, asker.userID) !== undefined) return undefined;
  return refuse('NOT_PERMITTED', 'Only a member of the group may see this.');
}

/** Why the asker may not be told of these users as members of the group, or undefined. */
export function refuseMemberReading(
  state: GroupState,
  asker: Asker,
  { userIDList }: GetGroupMemberProfileInput,
): Refusal | undefined {
  return refuseGroupReading(state, asker) ?? refuseUserCount('userIDList', userIDList.length);
}

export function readGroupProfile(
  state: GroupState,
  asker: Asker,
): Reading<GroupOutput, CommandError<'getGroupProfile'>> {
  const refusal = refuseGroupReading(state, asker);
  const group = livingGroup(state);
  if (refusal !== undefined || group === undefined) return refusal ?? refuse('GROUP_NOT_FOUND');
  return { ok: true, reply: { group: viewOf(group, selfOf(state, asker)) } };
}

/** What anyone may see of a group; a Work group does not exist for those outside. */
export function searchGroup(
  state: GroupState,
  asker: Asker,
): Reading<SearchGroupOutput, CommandError<'searchGroupByID'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  const isInside = asker.isAdministrator || roleOf(state, asker.userID) !== undefined;
  if (!GROUP_TYPE_RULES[group.type].isFound && !isInside) return refuse('GROUP_NOT_FOUND');
  return { ok: true, reply: { profile: profileOf(group) } };
}

/** What someone without a login may watch: an AVChatRoom, which anybody may enter. Others do not exist (SE3). */
export function watchRoom(state: GroupState): Reading<GroupRecord, 'GROUP_NOT_FOUND'> {
  const group = livingGroup(state);
  return group?.type === 'AVChatRoom' ? { ok: true, reply: group } : refuse('GROUP_NOT_FOUND');
}
