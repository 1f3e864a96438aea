import {
  type Cause,
  type CommandError,
  type Profile,
  type UpdateMyProfileInput,
  type UpdateMyProfileOutput,
  userScope,
} from '@muster/protocol';
import { accept, type Decision, tell } from '../decision.ts';
import { isRefusal, mergeCustomFields, refuseTexts } from '../texts.ts';
import { emptyProfile, type UserChanges, type UserRecord } from './user-state.ts';

const CUSTOM_FIELDS = {
  argument: 'profileCustomField',
  count: 'profileCustomField_count_max',
  valueLength: 'profileCustomFieldValue_bytes_max',
} as const;

/** Replaces the given fields of the caller's own profile (US9). Nothing is told when nothing differs. */
export function updateProfile(
  state: UserRecord | undefined,
  asker: { userID: string; by?: Cause | undefined },
  input: UpdateMyProfileInput,
): Decision<UserChanges, UpdateMyProfileOutput, CommandError<'updateMyProfile'>> {
  const refusal = refuseTexts([
    ['nick', input.nick, 'nick_bytes_max'],
    ['avatar', input.avatar, 'avatar_bytes_max'],
    ['gender', input.gender, 'profileText_bytes_max'],
    ['location', input.location, 'profileText_bytes_max'],
    ['selfSignature', input.selfSignature, 'profileText_bytes_max'],
    ['allowType', input.allowType, 'profileText_bytes_max'],
  ]);
  if (refusal !== undefined) return refusal;
  const old = state?.profile ?? emptyProfile(asker.userID);
  const profileCustomField = mergeCustomFields(
    old.profileCustomField,
    input.profileCustomField,
    CUSTOM_FIELDS,
  );
  if (isRefusal(profileCustomField)) return profileCustomField;
  const profile: Profile = { ...old, ...input, profileCustomField };
  if (state !== undefined && JSON.stringify(profile) === JSON.stringify(old)) return accept({}, { profile });
  const event = tell(userScope(asker.userID), { name: 'profileUpdated', profile }, asker.by);
  return accept({ profile }, { profile }, [event]);
}
