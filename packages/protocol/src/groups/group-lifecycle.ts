import Type, { type Static } from 'typebox';
import { Empty, GroupIDInput, strict, Text, UserIDInput } from '../schema-parts.ts';
import {
  CustomField,
  GroupProfile,
  GroupTypeSchema,
  GroupView,
  JoinOptionSchema,
  RoleSchema,
} from './group-view.ts';

/** Creates a group; its creator is the owner (GR2, GR3). Without a groupID the server makes one. */
export const CreateGroupInput = strict({
  type: Type.Optional(GroupTypeSchema),
  groupID: Type.Optional(GroupIDInput),
  name: Text,
  avatar: Type.Optional(Text),
  introduction: Type.Optional(Text),
  notification: Type.Optional(Text),
  maxMemberNum: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  joinOption: Type.Optional(JoinOptionSchema),
  inviteOption: Type.Optional(JoinOptionSchema),
  memberList: Type.Optional(
    Type.Array(strict({ userID: UserIDInput, role: Type.Optional(RoleSchema) }), { maxItems: 500 }),
  ),
  groupCustomField: Type.Optional(Type.Array(CustomField, { maxItems: 10 })),
  isSupportTopic: Type.Optional(Type.Boolean()),
  /** Administrators may make a group that has no owner. */
  withoutOwner: Type.Optional(Type.Boolean()),
});
export type CreateGroupInput = Static<typeof CreateGroupInput>;
/** A user named in memberList who never logged in is left out of the group and named in `unknownUserIDList`. */
export const CreateGroupOutput = strict({ group: GroupView, unknownUserIDList: Type.Array(Type.String()) });
export type CreateGroupOutput = Static<typeof CreateGroupOutput>;

export const DismissGroupInput = strict({ groupID: GroupIDInput });
export type DismissGroupInput = Static<typeof DismissGroupInput>;

export const UpdateGroupProfileInput = strict({
  groupID: GroupIDInput,
  name: Type.Optional(Text),
  avatar: Type.Optional(Text),
  introduction: Type.Optional(Text),
  notification: Type.Optional(Text),
  maxMemberNum: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  joinOption: Type.Optional(JoinOptionSchema),
  inviteOption: Type.Optional(JoinOptionSchema),
  groupCustomField: Type.Optional(Type.Array(CustomField, { maxItems: 10 })),
  muteAllMembers: Type.Optional(Type.Boolean()),
});
export type UpdateGroupProfileInput = Static<typeof UpdateGroupProfileInput>;
export const GroupOutput = strict({ group: GroupView });
export type GroupOutput = Static<typeof GroupOutput>;

export const ChangeGroupOwnerInput = strict({ groupID: GroupIDInput, newOwnerID: UserIDInput });
export type ChangeGroupOwnerInput = Static<typeof ChangeGroupOwnerInput>;

export const GroupIDOutput = strict({ groupID: Type.String() });
export type GroupIDOutput = Static<typeof GroupIDOutput>;

export const GetGroupProfileInput = strict({ groupID: GroupIDInput });
export type GetGroupProfileInput = Static<typeof GetGroupProfileInput>;

export const GetGroupListInput = Empty;
export const GetGroupListOutput = strict({ groups: Type.Array(GroupView) });
export type GetGroupListOutput = Static<typeof GetGroupListOutput>;

/** What anyone may see of a group; Work groups are not found by those outside. */
export const SearchGroupInput = strict({ groupID: GroupIDInput });
export type SearchGroupInput = Static<typeof SearchGroupInput>;
export const SearchGroupOutput = strict({ profile: GroupProfile });
export type SearchGroupOutput = Static<typeof SearchGroupOutput>;
