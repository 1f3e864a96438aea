/** The checks of arguments that several rules of groups share. */
import { limit } from '@muster/protocol';
import { type Refusal, refuse } from '../decision.ts';
import { refuseTexts } from '../texts.ts';
import type { GroupRecord } from './group-state.ts';
import { type MemberLimits, mostMembers } from './group-types.ts';

interface ProfileArguments {
  name?: string | undefined;
  avatar?: string | undefined;
  introduction?: string | undefined;
  notification?: string | undefined;
  maxMemberNum?: number | undefined;
}

export const GROUP_CUSTOM_FIELDS = {
  argument: 'groupCustomField',
  count: 'groupCustomField_count_max',
  valueLength: 'groupCustomFieldValue_bytes_max',
} as const;

/** Why a group of the type may not be described like this, or undefined. */
export function refuseProfile(
  type: GroupRecord['type'],
  input: ProfileArguments,
  limits: MemberLimits,
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (input.name === '') return refuse('BAD_ARGUMENT_VALUE', 'name is empty.');
  const most = mostMembers(type, limits);
  if (input.maxMemberNum !== undefined && input.maxMemberNum > most) {
    return refuse('BAD_ARGUMENT_VALUE', `maxMemberNum is above ${most}, the most that this server allows.`);
  }
  return refuseTexts([
    ['name', input.name, 'groupName_bytes_max'],
    ['avatar', input.avatar, 'avatar_bytes_max'],
    ['introduction', input.introduction, 'groupIntroduction_bytes_max'],
    ['notification', input.notification, 'groupNotification_bytes_max'],
  ]);
}

/** Why a request may not name as many users, or undefined. */
export function refuseUserCount(argument: string, count: number): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  const most = limit('users_perRequest_max');
  if (count === 0) return refuse('BAD_ARGUMENT_VALUE', `${argument} names nobody.`);
  if (count <= most) return undefined;
  return refuse(
    'BAD_ARGUMENT_VALUE',
    `${argument} names ${count} users; at most ${most} are allowed at once.`,
  );
}

/** Why a group cannot take so many more members, or undefined. */
export function refuseFull(group: GroupRecord, more: number): Refusal<'GROUP_FULL'> | undefined {
  if (more === 0 || group.memberCount + more <= group.maxMemberCount) return undefined;
  return refuse(
    'GROUP_FULL',
    `The group has ${group.memberCount} of at most ${group.maxMemberCount} members.`,
  );
}
