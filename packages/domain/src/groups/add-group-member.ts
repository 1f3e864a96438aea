import type { AddGroupMemberInput, AddGroupMemberOutput, CommandError } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { leads, livingGroup, roleOf } from '../group-roles.ts';
import { refuseFull, refuseUserCount } from './group-arguments.ts';
import type { GroupChanges, GroupRecord, GroupState } from './group-state.ts';
import { admit, memberOf } from './membership-change.ts';

/**
 * Adds users to a group; nobody's consent is needed (GR1). Those who never logged in are failures. When not all of
 * the new ones fit, none is added.
 */
export function addMembers(
  state: GroupState,
  asker: Asker,
  input: AddGroupMemberInput,
): Decision<GroupChanges, AddGroupMemberOutput, CommandError<'addGroupMember'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  const refusal =
    refuseInvitation(state, group, asker) ?? refuseUserCount('userIDList', input.userIDList.length);
  if (refusal !== undefined) return refusal;

  const userIDs = [...new Set(input.userIDList)];
  const absent = userIDs.filter((userID) => !state.members.has(userID));
  const reply: AddGroupMemberOutput = {
    successUserIDList: absent.filter((userID) => state.users.has(userID)),
    failureUserIDList: absent.filter((userID) => !state.users.has(userID)),
    existedUserIDList: userIDs.filter((userID) => state.members.has(userID)),
  };
  const full = refuseFull(group, reply.successUserIDList.length);
  if (full !== undefined) return full;
  if (reply.successUserIDList.length === 0) return accept({}, reply);
  const newcomers = reply.successUserIDList.map((userID) => memberOf(group, userID, asker));
  const { changes, events } = admit(state, group, newcomers, asker);
  return accept(changes, reply, events);
}

/** NeedPermission leaves adding to those who decide about requests to join; DisableApply to administrators. */
function refuseInvitation(
  state: GroupState,
  group: GroupRecord,
  asker: Asker,
): Refusal<'NOT_PERMITTED'> | undefined {
  if (group.type === 'AVChatRoom') return refuse('NOT_PERMITTED', 'Nobody can be added to an AVChatRoom.');
  if (asker.isAdministrator) return undefined;
  if (roleOf(state, asker.userID) === undefined)
    return refuse('NOT_PERMITTED', 'Only a member may add others.');
  if (group.inviteOption === 'FreeAccess') return undefined;
  if (group.inviteOption === 'NeedPermission' && leads(state, asker)) return undefined;
  return refuse('NOT_PERMITTED', `Members may not add others: the inviteOption is ${group.inviteOption}.`);
}
