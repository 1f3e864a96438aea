import Type, { type Static } from 'typebox';

/** The five types of a group (GR1). */
export const GROUP_TYPES = ['Work', 'Public', 'Meeting', 'AVChatRoom', 'Community'] as const;
export type GroupType = (typeof GROUP_TYPES)[number];

/** What happens when a user asks to join. */
export const JOIN_OPTIONS = ['FreeAccess', 'NeedPermission', 'DisableApply'] as const;
export type JoinOption = (typeof JOIN_OPTIONS)[number];

export const ROLES = ['Owner', 'Admin', 'Member'] as const;
export type Role = (typeof ROLES)[number];

const literals = <T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

export const GroupTypeSchema = literals(GROUP_TYPES);
export const JoinOptionSchema = literals(JOIN_OPTIONS);
export const RoleSchema = literals(ROLES);

export const CustomField = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 64 }), value: Type.String({ maxLength: 1000 }) },
  { additionalProperties: false },
);

/** A group's own data, the same for everyone who sees it. Times are seconds. */
export const GroupProfile = Type.Object(
  {
    groupID: Type.String(),
    type: GroupTypeSchema,
    name: Type.String(),
    avatar: Type.String(),
    introduction: Type.String(),
    notification: Type.String(),
    ownerID: Type.String(),
    joinOption: JoinOptionSchema,
    inviteOption: JoinOptionSchema,
    isSupportTopic: Type.Boolean(),
    memberCount: Type.Integer(),
    maxMemberCount: Type.Integer(),
    muteAllMembers: Type.Boolean(),
    groupCustomField: Type.Array(CustomField),
    createTime: Type.Integer(),
    nextMessageSeq: Type.Integer(),
  },
  { additionalProperties: false },
);
export type GroupProfile = Static<typeof GroupProfile>;

/** What a group knows of one member; for the caller this is `selfInfo`. */
export const MemberInfo = Type.Object(
  {
    userID: Type.String(),
    role: RoleSchema,
    joinTime: Type.Integer(),
    nameCard: Type.String(),
    muteUntil: Type.Integer(),
  },
  { additionalProperties: false },
);
export type MemberInfo = Static<typeof MemberInfo>;

/** A member as member lists show one, with what his profile says of him. */
export const MemberEntry = Type.Object(
  { ...MemberInfo.properties, nick: Type.String(), avatar: Type.String() },
  { additionalProperties: false },
);
export type MemberEntry = Static<typeof MemberEntry>;

/**
 * A group as one of its members sees it: what a snapshot holds and an answer carries. `seq` is where the group's
 * log stood and `countersVersion` the version of its counters when it was read.
 */
export const GroupView = Type.Object(
  { profile: GroupProfile, selfInfo: MemberInfo, seq: Type.Integer(), countersVersion: Type.Integer() },
  { additionalProperties: false },
);
export type GroupView = Static<typeof GroupView>;
