import type { CommandError, MemberInfo, SetGroupMemberMuteTimeInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { leads, livingGroup, outranks } from '../group-roles.ts';
import { secondsOf } from '../times.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES } from './group-types.ts';
import { infoOf } from './group-view.ts';
import { memberUpdated } from './membership-change.ts';

/** Mutes a member until so many seconds from now (GR6). Nobody mutes the owner. */
export function setMuteTime(
  state: GroupState,
  asker: Asker,
  { userID, muteTime }: SetGroupMemberMuteTimeInput,
): Decision<GroupChanges, { member: MemberInfo }, CommandError<'setGroupMemberMuteTime'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (!leads(state, asker)) return refuse('NOT_PERMITTED', 'Only the owner and admins may mute members.');
  // An AVChatRoom stores no members: only all of them together can be muted.
  if (!GROUP_TYPE_RULES[group.type].canMute || group.type === 'AVChatRoom')
    return refuse('NOT_PERMITTED', `A member of a ${group.type} group cannot be muted.`);
  const member = state.members.get(userID);
  if (member === undefined) return refuse('BAD_ARGUMENT_VALUE', 'userID is no member of the group.');
  if (member.role === 'Owner' || !outranks(state, asker, member))
    return refuse('NOT_PERMITTED', 'Admins are muted by the owner alone, and the owner by nobody.');
  const changed = { ...member, muteUntil: muteTime === 0 ? 0 : secondsOf(asker.now) + muteTime };
  const reply = { member: infoOf(changed) };
  if (member.muteUntil === changed.muteUntil) return accept({}, reply);
  return accept({ members: [[userID, changed]] }, reply, [memberUpdated(group, changed, asker)]);
}
