import type { ChangeGroupOwnerInput, CommandError, GroupOutput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { livingGroup, owns, selfOf } from './group-roles.ts';
import type { GroupChanges, GroupRecord, GroupState, MemberRecord } from './group-state.ts';
import { viewOf } from './group-view.ts';
import { memberOf, membersUpdated, profileUpdated } from './membership-change.ts';

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
  if (before.ownerID !== '') changed.unshift({ ...ownerOf(state, before), role: 'Member' });
  const roles = changed.map(({ userID, role }) => ({ userID, role }));
  const events = [membersUpdated(group, { roles }, asker.by), profileUpdated(group, asker.by)];
  const self = changed.find(({ userID }) => userID === asker.userID) ?? selfOf(state, asker);
  const reply = { group: viewOf(group, self, events.length) };
  return accept(
    { group, members: changed.map((member) => [member.userID, member]), revokes: true },
    reply,
    events,
  );
}

/**
 * The owner's row. An administrator's request may not have named him, when the owner changed meanwhile: what the
 * group says of him is enough to take the role from him.
 */
function ownerOf(state: GroupState, group: GroupRecord): MemberRecord {
  const created = { ...memberOf(group.ownerID, 'Owner', 0), joinTime: group.createTime };
  return state.members.get(group.ownerID) ?? created;
}
