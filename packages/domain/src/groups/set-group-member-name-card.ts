import type { CommandError, MemberInfo, SetGroupMemberNameCardInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { livingGroup, outranks, roleOf } from '../group-roles.ts';
import { refuseText } from '../texts.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { infoOf } from './group-view.ts';
import { memberUpdated } from './membership-change.ts';

/** How a member is called in this group alone (GR6). An AVChatRoom stores no members, and so no name cards. */
export function setNameCard(
  state: GroupState,
  asker: Asker,
  { userID = asker.userID, nameCard }: SetGroupMemberNameCardInput,
): Decision<GroupChanges, { member: MemberInfo }, CommandError<'setGroupMemberNameCard'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (!asker.isAdministrator && roleOf(state, asker.userID) === undefined)
    return refuse('NOT_PERMITTED', 'Only a member may set name cards.');
  if (group.type === 'AVChatRoom') return refuse('NOT_PERMITTED', 'An AVChatRoom has no name cards.');
  const member = state.members.get(userID);
  if (member === undefined) return refuse('BAD_ARGUMENT_VALUE', 'userID is no member of the group.');
  if (userID !== asker.userID && !outranks(state, asker, member))
    return refuse('NOT_PERMITTED', "Others' name cards are set by the owner, and members' by admins.");
  const refusal = refuseText('nameCard', nameCard, 'nameCard_bytes_max');
  if (refusal !== undefined) return refusal;
  const changed = { ...member, nameCard };
  const reply = { member: infoOf(changed) };
  if (member.nameCard === nameCard) return accept({}, reply);
  return accept({ members: [[userID, changed]] }, reply, [memberUpdated(group, changed, asker)]);
}
