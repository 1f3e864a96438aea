import type { CommandError, GroupIDOutput, HandleGroupApplicationInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { leads, livingGroup } from '../group-roles.ts';
import { refuseText } from '../texts.ts';
import { refuseFull } from './group-arguments.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { admit, memberOf } from './membership-change.ts';

/** Agrees to a request to join, or rejects it; either way it is open no longer. */
export function handleApplication(
  state: GroupState,
  asker: Asker,
  input: HandleGroupApplicationInput,
): Decision<GroupChanges, GroupIDOutput, CommandError<'handleGroupApplication'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (!leads(state, asker))
    return refuse('NOT_PERMITTED', 'Only the owner and admins decide about requests to join.');
  const { applicant, handleAction } = input;
  const refusal = refuseText('handleMessage', input.handleMessage, 'applyMessage_bytes_max');
  if (refusal !== undefined) return refusal;
  if (!state.applications.has(applicant)) {
    return refuse('BAD_ARGUMENT_VALUE', 'applicant has no open request to join the group.');
  }
  const reply = { groupID: group.groupID };
  // Of an account that was deleted meanwhile nothing but its request is left.
  if (handleAction === 'Reject' || state.members.has(applicant) || !state.users.has(applicant)) {
    return accept({ applications: [[applicant, null]] }, reply);
  }
  const full = refuseFull(group, 1);
  if (full !== undefined) return full;
  const { changes, events } = admit(state, group, [memberOf(group, applicant, asker)], asker);
  return accept(changes, reply, events);
}
