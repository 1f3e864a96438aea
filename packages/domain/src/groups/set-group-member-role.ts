import type { CommandError, MemberInfo, SetGroupMemberRoleInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { livingGroup, owns } from '../group-roles.ts';
import type { GroupChanges, GroupState, MemberRecord } from './group-state.ts';
import { GROUP_TYPE_RULES } from './group-types.ts';
import { infoOf } from './group-view.ts';
import { membersUpdated } from './membership-change.ts';

/** Makes a member an admin or an admin a member, where the type has admins. What his profile says is added later. */
export function setRole(
  state: GroupState,
  asker: Asker,
  input: SetGroupMemberRoleInput,
): Decision<GroupChanges, { member: MemberInfo }, CommandError<'setGroupMemberRole'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  const hasAdmins = GROUP_TYPE_RULES[group.type].hasAdmins;
  if (!owns(state, asker)) return refuse('NOT_PERMITTED', 'Only the owner may change roles.');
  if (!hasAdmins) return refuse('NOT_PERMITTED', `A ${group.type} group has no admins.`);
  const member = state.members.get(input.userID);
  if (member === undefined) return refuse('BAD_ARGUMENT_VALUE', 'userID is no member of the group.');
  const refusal = refuseRole(member, input);
  if (refusal !== undefined) return refusal;
  const changed = { ...member, role: input.role };
  const reply = { member: infoOf(changed) };
  if (member.role === input.role) return accept({}, reply);
  const { userID, role } = changed;
  const event = membersUpdated(group, { roles: [{ userID, role }] }, asker);
  return accept({ members: [[userID, changed]], revokes: true }, reply, [event]);
}

function refuseRole(
  member: MemberRecord,
  { role }: SetGroupMemberRoleInput,
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (role === 'Owner') return refuse('BAD_ARGUMENT_VALUE', 'role is Owner: call changeGroupOwner instead.');
  if (member.role !== 'Owner') return undefined;
  return refuse('BAD_ARGUMENT_VALUE', 'userID is the owner, whose role goes only with changeGroupOwner.');
}
