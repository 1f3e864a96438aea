/** Creating a group (GR1 to GR3). */
import {
  type CommandError,
  type CreateGroupInput,
  type CreateGroupOutput,
  type GroupType,
  groupIDFault,
  ownGroupIDFault,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import { livingGroup } from '../group-roles.ts';
import { isRefusal, mergeCustomFields } from '../texts.ts';
import { secondsOf } from '../times.ts';
import { GROUP_CUSTOM_FIELDS, refuseFull, refuseProfile, refuseUserCount } from './group-arguments.ts';
import type { GroupChanges, GroupRecord, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES, type MemberLimits, mostMembers } from './group-types.ts';
import { viewOf } from './group-view.ts';
import { groupJoined, memberOf } from './membership-change.ts';

/** Who creates a group, under which groupID: the one he asked for or a fresh one. */
export interface Creator extends Asker {
  groupID: string;
  limits: MemberLimits;
}

const DEFAULT_TYPE: GroupType = 'Work';

/** A groupID of the server's own making, from digits that are fresh (GR3). Only a Community's goes on with `_`. */
export function freshGroupID(type: GroupType | undefined, digits: string): string {
  return type === 'Community' ? `@TGS#_${digits}` : `@TGS#1${digits}`;
}

export function createGroup(
  state: GroupState,
  creator: Creator,
  input: CreateGroupInput,
): Decision<GroupChanges, CreateGroupOutput, CommandError<'createGroup'>> {
  if (input.withoutOwner && !creator.isAdministrator) return refuse('ADMINISTRATOR_NEEDED');
  const type = input.type ?? DEFAULT_TYPE;
  const refusal = refuseGroupID(state, creator, input) ?? refuseArguments(type, creator, input);
  if (refusal !== undefined) return refusal;
  const groupCustomField = mergeCustomFields([], input.groupCustomField, GROUP_CUSTOM_FIELDS);
  if (isRefusal(groupCustomField)) return groupCustomField;

  const empty: GroupRecord = { ...recordOf(type, { state, creator, input }), groupCustomField };
  const { self, members, unknown } = firstMembers(empty, { state, creator, input });
  if (type === 'AVChatRoom') {
    return accept({ group: empty }, { group: viewOf(empty, self), unknownUserIDList: [] });
  }
  const full = refuseFull(empty, members.length);
  if (full !== undefined) return full;
  const group = { ...empty, memberCount: members.length };
  return accept(
    { group, members: members.map((member) => [member.userID, member]) },
    { group: viewOf(group, self), unknownUserIDList: unknown },
    members.map((member) => {
      const reason = member.role === 'Owner' ? 'created' : 'added';
      return groupJoined(viewOf(group, member), { group, member, reason, operator: creator });
    }),
  );
}

interface Creation {
  state: GroupState;
  creator: Creator;
  input: CreateGroupInput;
}

function refuseGroupID(
  state: GroupState,
  creator: Creator,
  input: CreateGroupInput,
): Refusal<'BAD_GROUP_ID' | 'GROUP_ID_TAKEN' | 'GROUP_ID_TAKEN_BY_YOU'> | undefined {
  const fault =
    input.groupID === undefined
      ? groupIDFault(creator.groupID)
      : ownGroupIDFault(input.groupID, input.type === 'Community');
  if (fault !== undefined) return refuse('BAD_GROUP_ID', `groupID ${fault}.`);
  const group = livingGroup(state);
  if (group === undefined) return undefined;
  return refuse(group.ownerID === creator.userID ? 'GROUP_ID_TAKEN_BY_YOU' : 'GROUP_ID_TAKEN');
}

function refuseArguments(
  type: GroupType,
  creator: Creator,
  input: CreateGroupInput,
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  const refusal = refuseProfile(type, input, creator.limits);
  if (refusal !== undefined || input.memberList === undefined || input.memberList.length === 0)
    return refusal;
  const tooMany = refuseUserCount('memberList', input.memberList.length);
  if (tooMany !== undefined) return tooMany;
  for (const { role } of input.memberList) {
    if (role === 'Owner') {
      return refuse('BAD_ARGUMENT_VALUE', 'memberList names an owner: the creator is the owner.');
    }
    if (role === 'Admin' && !GROUP_TYPE_RULES[type].hasAdmins) {
      return refuse('BAD_ARGUMENT_VALUE', `memberList names an admin: a ${type} group has none.`);
    }
  }
  return undefined;
}

/**
 * Owner first, if there is to be one, then those of memberList who are known, each once; an AVChatRoom's list is passed
 * over. `self` is the creator, who is shown with a time of joining also when he is no member.
 */
function firstMembers(group: GroupRecord, { state, creator, input }: Creation) {
  const { now } = creator;
  const role = input.withoutOwner ? 'Member' : 'Owner';
  const self = memberOf(group, creator.userID, { role, now });
  const members = new Map(input.withoutOwner ? [] : [[creator.userID, self]]);
  const unknown = new Set<string>();
  for (const { userID, role } of group.type === 'AVChatRoom' ? [] : (input.memberList ?? [])) {
    if (members.has(userID)) continue;
    if (state.users.has(userID)) members.set(userID, memberOf(group, userID, { role, now }));
    else unknown.add(userID);
  }
  return { self, members: [...members.values()], unknown: [...unknown] };
}

/** The group without members. A groupID that was dismissed goes on with its numbers and versions (GR3, GC12). */
function recordOf(
  type: GroupType,
  { state, creator, input }: Creation,
): Omit<GroupRecord, 'groupCustomField'> {
  const rules = GROUP_TYPE_RULES[type];
  const most = mostMembers(type, creator.limits);
  return {
    groupID: creator.groupID,
    generation: (state.group?.generation ?? 0) + 1,
    type,
    name: input.name,
    avatar: input.avatar ?? '',
    introduction: input.introduction ?? '',
    notification: input.notification ?? '',
    ownerID: input.withoutOwner ? '' : creator.userID,
    joinOption: (rules.choosesJoinOption ? input.joinOption : undefined) ?? rules.joinOption,
    inviteOption: (rules.choosesInviteOption ? input.inviteOption : undefined) ?? rules.inviteOption,
    isSupportTopic: type === 'Community' && input.isSupportTopic === true,
    maxMemberCount: type === 'AVChatRoom' ? most : (input.maxMemberNum ?? most),
    memberCount: 0,
    muteAllMembers: false,
    createTime: secondsOf(creator.now),
    endedAt: 0,
    seq: state.group?.seq ?? 0,
    countersVersion: state.group?.countersVersion ?? 0,
    messageSeq: state.group?.messageSeq ?? 0,
    messagesCounted: state.group?.messagesCounted ?? 0,
    firstMessageSeq: state.group?.messageSeq ?? 0,
  };
}
