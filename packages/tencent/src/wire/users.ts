/** The commands of profiles. A profile travels as a list of tags with their values. */
import { limit, type Profile } from '@muster/protocol';
import type { Body } from './frame.ts';
import { given, nameOf, objectsOf, one, type Translation } from './translation.ts';

const CUSTOM_TAG = 'Tag_Profile_Custom_';

/** The fields of a profile by the end of their tags. */
const FIELDS = {
  Nick: 'nick',
  Image: 'avatar',
  Gender: 'gender',
  BirthDay: 'birthday',
  Location: 'location',
  SelfSignature: 'selfSignature',
  AllowType: 'allowType',
  Language: 'language',
  MsgSettings: 'messageSettings',
  AdminForbidType: 'adminForbidType',
  Level: 'level',
  Role: 'role',
} as const satisfies Record<string, keyof Profile>;

const TAG = 'Tag_Profile_IM_';

export function profileItems(profile: Profile): Body[] {
  const own = Object.entries(FIELDS).map(([end, field]) => ({ Tag: TAG + end, Value: profile[field] }));
  const custom = profile.profileCustomField.map(({ key, value }) => ({ Tag: key, Value: value }));
  return [...own, ...custom];
}

const isField = (end: string): end is keyof typeof FIELDS => Object.hasOwn(FIELDS, end);

function profileInput(items: unknown): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const custom: Body[] = [];
  for (const { Tag, Value } of objectsOf(items)) {
    const tag = nameOf(Tag);
    const end = tag.slice(TAG.length);
    if (tag.startsWith(CUSTOM_TAG)) custom.push({ key: tag, value: Value });
    else if (tag.startsWith(TAG) && isField(end)) input[FIELDS[end]] = Value;
  }
  return given({ ...input, profileCustomField: custom.length > 0 ? custom : undefined });
}

const USERS_MAX = limit('users_perRequest_max');

const getProfiles = one(
  'getUserProfile',
  (body) => ({
    userIDList: objectsOf(body.UserItem)
      .slice(0, USERS_MAX)
      .map(({ To_Account }) => To_Account),
  }),
  ({ profiles }) => ({
    UserProfileItem: profiles.map((profile) => ({
      To_Account: profile.userID,
      ProfileItem: profileItems(profile),
    })),
  }),
);

const setProfile = one('updateMyProfile', (body) => profileInput(body.ProfileItem));

export const PROFILE_TRANSLATIONS: Record<string, Translation> = {
  portrait_get_all: getProfiles,
  portrait_set: setProfile,
};
