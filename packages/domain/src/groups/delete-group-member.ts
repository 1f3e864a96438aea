import type { CommandError, DeleteGroupMemberInput, DeleteGroupMemberOutput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { leads, livingGroup, owns } from '../group-roles.ts';
import { refuseText } from '../texts.ts';
import { refuseUserCount } from './group-arguments.ts';
import type { GroupChanges, GroupRecord, GroupState } from './group-state.ts';
import { release } from './membership-change.ts';

/** Removes users from a group, all or none; to name one who is no member is no mistake. */
export function removeMembers(
  state: GroupState,
  asker: Asker,
  input: DeleteGroupMemberInput,
): Decision<GroupChanges, DeleteGroupMemberOutput, CommandError<'deleteGroupMember'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  const userIDList = [...new Set(input.userIDList)];
  const refusal =
    refuseRemoval(state, { group, asker, userIDList }) ??
    refuseUserCount('userIDList', input.userIDList.length) ??
    refuseText('reason', input.reason, 'applyMessage_bytes_max');
  if (refusal !== undefined) return refusal;
  const removed = userIDList.filter((userID) => state.members.has(userID));
  if (removed.length === 0) return accept({}, { userIDList });
  const { changes, events } = release(group, removed, 'removed', asker);
  return accept(changes, { userIDList }, events);
}

interface Removal {
  group: GroupRecord;
  asker: Asker;
  userIDList: readonly string[];
}

/** The owner is removed by nobody: the group changes its owner first. */
function refuseRemoval(
  state: GroupState,
  { group, asker, userIDList }: Removal,
): Refusal<'NOT_PERMITTED'> | undefined {
  if (group.type === 'AVChatRoom')
    return refuse('NOT_PERMITTED', 'Nobody can be removed from an AVChatRoom.');
  if (!leads(state, asker)) return refuse('NOT_PERMITTED', 'Only the owner and admins may remove members.');
  const mayRemoveAdmins = owns(state, asker);
  for (const userID of userIDList) {
    const role = state.members.get(userID)?.role;
    if (role === 'Owner') return refuse('NOT_PERMITTED', 'The owner cannot be removed from the group.');
    if (role === 'Admin' && !mayRemoveAdmins)
      return refuse('NOT_PERMITTED', 'Only the owner may remove admins.');
  }
  return undefined;
}
