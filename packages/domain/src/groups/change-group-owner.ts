import type { ChangeGroupOwnerInput, CommandError, GroupOutput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { livingGroup, owns, selfOf } from '../group-roles.ts';
import type { GroupChanges, GroupState, MemberRecord } from './group-state.ts';
import { viewOf } from './group-view.ts';
import { membersUpdated, profileUpdated } from './membership-change.ts';

/** Makes another member the owner; the old one stays as a member. An AVChatRoom keeps its owner. */
export function changeOwner(
  state: GroupState,
  asker: Asker,
  input: ChangeGroupOwnerInput,
): Decision<GroupChanges, GroupOutput, CommandError<'changeGroupOwner'>> {
  const before = livingGroup(state);
  if (before === undefined) return refuse('GROUP_NOT_FOUND');
  if (before.type === 'AVChatRoom')
    return refuse('NOT_PERMITTED', 'The owner of an AVChatRoom cannot be changed.');
  if (!owns(state, asker)) return refuse('NOT_PERMITTED', 'Only the owner may name another one.');
  const chosen = state.members.get(input.newOwnerID);
  if (chosen === undefined) return refuse('BAD_ARGUMENT_VALUE', 'newOwnerID is no member of the group.');
  if (before.ownerID === input.newOwnerID) return accept({}, { group: viewOf(before, selfOf(state, asker)) });

  const group = { ...before, ownerID: input.newOwnerID };
  const changed: MemberRecord[] = [{ ...chosen, role: 'Owner' }];
  if (before.ownerID !== '') {
    const old = state.members.get(before.ownerID);
    // The request names the owner as he was known when it was made: whoever became it meanwhile is not overwritten.
    if (old === undefined) return refuse('OVERLOADED', 'The owner has just been changed: try again.');
    changed.unshift({ ...old, role: 'Member' });
  }
  const roles = changed.map(({ userID, role }) => ({ userID, role }));
  const events = [membersUpdated(group, { roles }, asker), profileUpdated(group, asker)];
  const self = changed.find(({ userID }) => userID === asker.userID) ?? selfOf(state, asker);
  const reply = { group: viewOf(group, self, events.length) };
  return accept(
    { group, members: changed.map((member) => [member.userID, member]), revokes: true },
    reply,
    events,
  );
}
