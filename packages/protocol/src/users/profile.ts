import Type, { type Static } from 'typebox';
import { strict, Text, UserIDListInput } from '../schema-parts.ts';

/** What a user tells of himself (US9). The names of the fields are the API's own. */
export const Profile = strict({
  userID: Type.String(),
  nick: Type.String(),
  avatar: Type.String(),
  gender: Type.String(),
  birthday: Type.Integer(),
  location: Type.String(),
  selfSignature: Type.String(),
  allowType: Type.String(),
  language: Type.Integer(),
  messageSettings: Type.Integer(),
  adminForbidType: Type.String(),
  level: Type.Integer(),
  role: Type.Integer(),
  profileCustomField: Type.Array(strict({ key: Type.String(), value: Type.String() })),
});
export type Profile = Static<typeof Profile>;

export const GetUserProfileInput = strict({ userIDList: UserIDListInput });
export type GetUserProfileInput = Static<typeof GetUserProfileInput>;
export const GetUserProfileOutput = strict({ profiles: Type.Array(Profile) });
export type GetUserProfileOutput = Static<typeof GetUserProfileOutput>;

/** Every field that is given replaces the old one. */
export const UpdateMyProfileInput = strict({
  nick: Type.Optional(Text),
  avatar: Type.Optional(Text),
  gender: Type.Optional(Text),
  birthday: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  location: Type.Optional(Text),
  selfSignature: Type.Optional(Text),
  allowType: Type.Optional(Text),
  language: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  messageSettings: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  level: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  role: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  profileCustomField: Type.Optional(
    Type.Array(
      strict({ key: Type.String({ minLength: 1, maxLength: 64 }), value: Type.String({ maxLength: 500 }) }),
      {
        maxItems: 20,
      },
    ),
  ),
});
export type UpdateMyProfileInput = Static<typeof UpdateMyProfileInput>;
export const UpdateMyProfileOutput = strict({ profile: Profile });
export type UpdateMyProfileOutput = Static<typeof UpdateMyProfileOutput>;
