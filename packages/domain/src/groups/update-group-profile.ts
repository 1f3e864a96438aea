import type { CommandError, GroupOutput, UpdateGroupProfileInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { leads, livingGroup, roleOf, selfOf } from '../group-roles.ts';
import { type CustomField, isRefusal, mergeCustomFields } from '../texts.ts';
import { GROUP_CUSTOM_FIELDS, refuseProfile } from './group-arguments.ts';
import type { GroupChanges, GroupRecord, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES, type MemberLimits } from './group-types.ts';
import { viewOf } from './group-view.ts';
import { profileUpdated } from './membership-change.ts';

/** Replaces what is given of a group's profile. Nothing is told when nothing differs. */
export function updateGroupProfile(
  state: GroupState,
  asker: Asker & { limits: MemberLimits },
  input: UpdateGroupProfileInput,
): Decision<GroupChanges, GroupOutput, CommandError<'updateGroupProfile'>> {
  const before = livingGroup(state);
  if (before === undefined) return refuse('GROUP_NOT_FOUND');
  const membersMay = GROUP_TYPE_RULES[before.type].membersMayUpdate;
  if (!leads(state, asker) && !(membersMay && roleOf(state, asker.userID) !== undefined)) {
    const who = membersMay ? 'Only a member' : 'Only the owner and admins';
    return refuse('NOT_PERMITTED', `${who} may change the profile of a ${before.type} group.`);
  }
  const refusal = refuseProfile(before.type, input, asker.limits) ?? refuseOptions(before, input);
  if (refusal !== undefined) return refusal;
  const fields = mergeCustomFields(before.groupCustomField, input.groupCustomField, GROUP_CUSTOM_FIELDS);
  if (isRefusal(fields)) return fields;

  const group = changed(before, input, fields);
  const self = selfOf(state, asker);
  if (JSON.stringify(group) === JSON.stringify(before)) return accept({}, { group: viewOf(before, self) });
  const events = [profileUpdated(group, asker)];
  return accept({ group }, { group: viewOf(group, self, events.length) }, events);
}

/** Where the type decides, an option may be named only as it is. */
function refuseOptions(
  group: GroupRecord,
  input: UpdateGroupProfileInput,
): Refusal<'BAD_ARGUMENT_VALUE' | 'NOT_PERMITTED'> | undefined {
  const rules = GROUP_TYPE_RULES[group.type];
  if (input.muteAllMembers && !rules.canMute) {
    return refuse('NOT_PERMITTED', `The members of a ${group.type} group cannot be muted.`);
  }
  const choices = [
    ['joinOption', rules.choosesJoinOption],
    ['inviteOption', rules.choosesInviteOption],
  ] as const;
  for (const [option, isChosen] of choices) {
    const given = input[option];
    if (given === undefined || isChosen || given === group[option]) continue;
    return refuse('BAD_ARGUMENT_VALUE', `${option} is ${group[option]} in every ${group.type} group.`);
  }
  return undefined;
}

function changed(before: GroupRecord, input: UpdateGroupProfileInput, fields: CustomField[]): GroupRecord {
  const isRoom = before.type === 'AVChatRoom';
  return {
    ...before,
    name: input.name ?? before.name,
    avatar: input.avatar ?? before.avatar,
    introduction: input.introduction ?? before.introduction,
    notification: input.notification ?? before.notification,
    maxMemberCount: (isRoom ? undefined : input.maxMemberNum) ?? before.maxMemberCount,
    joinOption: input.joinOption ?? before.joinOption,
    inviteOption: input.inviteOption ?? before.inviteOption,
    groupCustomField: fields,
    muteAllMembers: input.muteAllMembers ?? before.muteAllMembers,
  };
}
