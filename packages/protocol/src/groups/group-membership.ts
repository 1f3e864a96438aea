import Type, { type Static } from 'typebox';
import { LIMITS } from '../limits.ts';
import { CountInput, GroupIDInput, strict, Text, UserIDInput, UserIDListInput } from '../schema-parts.ts';
import { GroupProfile, GroupView, MemberEntry, RoleSchema } from './group-view.ts';

/** `othersToo` lets the device stay in the AVChatRooms it is in; without it they are quit first (GR7). */
export const JoinGroupInput = strict({
  groupID: GroupIDInput,
  applyMessage: Type.Optional(Text),
  othersToo: Type.Optional(Type.Boolean()),
});
export type JoinGroupInput = Static<typeof JoinGroupInput>;

export const JOIN_STATUSES = ['JoinedSuccess', 'WaitAdminApproval', 'AlreadyInGroup'] as const;
export type JoinStatus = (typeof JOIN_STATUSES)[number];

/** `group` is absent while an approval is waited for. `leftGroupIDList` names the AVChatRooms the device left. */
export const JoinGroupOutput = strict({
  status: Type.Unsafe<JoinStatus>(Type.Union(JOIN_STATUSES.map((status) => Type.Literal(status)))),
  group: Type.Union([GroupView, Type.Null()]),
  profile: GroupProfile,
  leftGroupIDList: Type.Array(Type.String()),
});
export type JoinGroupOutput = Static<typeof JoinGroupOutput>;

export const QuitGroupInput = strict({ groupID: GroupIDInput });
export type QuitGroupInput = Static<typeof QuitGroupInput>;

export const AddGroupMemberInput = strict({ groupID: GroupIDInput, userIDList: UserIDListInput });
export type AddGroupMemberInput = Static<typeof AddGroupMemberInput>;
/** Every user asked for stands in exactly one of the lists. */
export const AddGroupMemberOutput = strict({
  successUserIDList: Type.Array(Type.String()),
  failureUserIDList: Type.Array(Type.String()),
  existedUserIDList: Type.Array(Type.String()),
});
export type AddGroupMemberOutput = Static<typeof AddGroupMemberOutput>;

export const DeleteGroupMemberInput = strict({
  groupID: GroupIDInput,
  userIDList: UserIDListInput,
  reason: Type.Optional(Text),
});
export type DeleteGroupMemberInput = Static<typeof DeleteGroupMemberInput>;
/** Those who are members no longer; asking for one who was none succeeds. */
export const DeleteGroupMemberOutput = strict({ userIDList: Type.Array(Type.String()) });
export type DeleteGroupMemberOutput = Static<typeof DeleteGroupMemberOutput>;

export const SetGroupMemberRoleInput = strict({
  groupID: GroupIDInput,
  userID: UserIDInput,
  role: RoleSchema,
});
export type SetGroupMemberRoleInput = Static<typeof SetGroupMemberRoleInput>;

/** The member after a change of what the group knows of him. */
export const MemberOutput = strict({ member: MemberEntry });
export type MemberOutput = Static<typeof MemberOutput>;

/** The caller's own name card without a userID. */
export const SetGroupMemberNameCardInput = strict({
  groupID: GroupIDInput,
  userID: Type.Optional(UserIDInput),
  nameCard: Text,
});
export type SetGroupMemberNameCardInput = Static<typeof SetGroupMemberNameCardInput>;

/** `muteTime` is in seconds from now; 0 lets the member speak again. */
export const SetGroupMemberMuteTimeInput = strict({
  groupID: GroupIDInput,
  userID: UserIDInput,
  muteTime: Type.Integer({ minimum: 0, maximum: LIMITS.muteTime_seconds_max.value }),
});
export type SetGroupMemberMuteTimeInput = Static<typeof SetGroupMemberMuteTimeInput>;

/** Those of the users who are members, in the order in which they were named. */
export const GetGroupMemberProfileInput = strict({ groupID: GroupIDInput, userIDList: UserIDListInput });
export type GetGroupMemberProfileInput = Static<typeof GetGroupMemberProfileInput>;
export const GetGroupMemberProfileOutput = strict({ memberList: Type.Array(MemberEntry) });
export type GetGroupMemberProfileOutput = Static<typeof GetGroupMemberProfileOutput>;

/** A page of members in the order of their joining; `offset` 0 begins, an answered offset goes on, 0 ends. */
export const GetGroupMemberListInput = strict({
  groupID: GroupIDInput,
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.memberPage_count_max.value })),
  offset: Type.Optional(CountInput),
  role: Type.Optional(RoleSchema),
});
export type GetGroupMemberListInput = Static<typeof GetGroupMemberListInput>;
export const GetGroupMemberListOutput = strict({
  memberList: Type.Array(MemberEntry),
  offset: Type.Integer(),
});
export type GetGroupMemberListOutput = Static<typeof GetGroupMemberListOutput>;

export const GetGroupOnlineMemberCountInput = strict({ groupID: GroupIDInput });
export type GetGroupOnlineMemberCountInput = Static<typeof GetGroupOnlineMemberCountInput>;
export const GetGroupOnlineMemberCountOutput = strict({ memberCount: Type.Integer() });
export type GetGroupOnlineMemberCountOutput = Static<typeof GetGroupOnlineMemberCountOutput>;
