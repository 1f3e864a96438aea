/** Groups and members as the original SDK reads them. */
import type {
  ConversationState,
  GroupProfile,
  GroupType,
  GroupView,
  JoinOption,
  MemberEntry,
  MemberInfo,
} from '@muster/protocol';
import { type Body, isBody } from './frame.ts';
import { objectsOf } from './translation.ts';

const TYPE_NAMES: Record<GroupType, string> = {
  Work: 'Private',
  Public: 'Public',
  Meeting: 'ChatRoom',
  AVChatRoom: 'AVChatRoom',
  Community: 'Community',
};

export const wireType = (type: GroupType): string => TYPE_NAMES[type];

/** Our name of a type; what is none stays as it is, to be refused. */
export function ownType(name: unknown): unknown {
  return Object.keys(TYPE_NAMES).find((type) => TYPE_NAMES[type as GroupType] === name) ?? name;
}

/** The two APIs call it differently when nobody may invite. */
export const wireInviteOption = (option: JoinOption): string =>
  option === 'DisableApply' ? 'DisableInvite' : option;
export const ownInviteOption = (option: unknown): unknown =>
  option === 'DisableInvite' ? 'DisableApply' : option;

/** `On` and `Off`; what is neither stays as it is, to be refused. */
export const wireSwitch = (isOn: boolean): string => (isOn ? 'On' : 'Off');
export const ownSwitch = (value: unknown): unknown =>
  value === 'On' ? true : value === 'Off' ? false : value;

export const wireCustomField = (fields: GroupProfile['groupCustomField']): Body[] =>
  fields.map(({ key, value }) => ({ Key: key, Value: value }));
export const ownCustomField = (fields: unknown): unknown =>
  fields === undefined ? undefined : objectsOf(fields).map(({ Key, Value }) => ({ key: Key, value: Value }));

/** What is the same for everyone who sees the group. */
export function groupBody(profile: GroupProfile): Body {
  return {
    GroupId: profile.groupID,
    Type: wireType(profile.type),
    Name: profile.name,
    FaceUrl: profile.avatar,
    Introduction: profile.introduction,
    Notification: profile.notification,
    Owner_Account: profile.ownerID,
    CreateTime: profile.createTime,
    InfoSeq: 0,
    LastInfoTime: profile.createTime,
    LastMsgTime: profile.createTime,
    NextMsgSeq: profile.nextMessageSeq,
    MemberNum: profile.memberCount,
    MaxMemberNum: profile.maxMemberCount,
    ApplyJoinOption: profile.joinOption,
    InviteJoinOption: wireInviteOption(profile.inviteOption),
    ShutUpAllMember: wireSwitch(profile.muteAllMembers),
    SupportTopic: profile.isSupportTopic ? 1 : 0,
    AppDefinedData: wireCustomField(profile.groupCustomField),
  };
}

export function memberBody(member: MemberInfo | MemberEntry): Body {
  return {
    Member_Account: member.userID,
    Role: member.role,
    JoinTime: member.joinTime,
    NameCard: member.nameCard,
    ShutUpUntil: member.muteUntil,
  };
}

/** These come whatever is asked for. */
const UNASKED = new Set(['GroupId', 'SupportTopic', 'AppDefinedData']);

/** The client takes what it did not ask for into its memory as it comes, a switch as a word. */
function askedOf(group: Body, filter: unknown): Body {
  const asked = isBody(filter) ? filter.GroupBaseInfoFilter : undefined;
  if (!Array.isArray(asked)) return group;
  const entries = Object.entries(group).filter(([name]) => UNASKED.has(name) || asked.includes(name));
  return Object.fromEntries(entries);
}

/** The group, as far as it is asked for, with what it knows of the caller. */
export function ownGroupBody(
  { profile, selfInfo }: GroupView,
  state: ConversationState | undefined,
  filter: unknown,
): Body {
  return {
    ...askedOf(groupBody(profile), filter),
    MemberList: [{ ...memberBody(selfInfo), ...toldBody(state) }],
  };
}

export function joinedGroupBody(
  { profile, selfInfo }: GroupView,
  state: ConversationState | undefined,
): Body {
  return { ...groupBody(profile), SelfInfo: { ...memberBody(selfInfo), ...toldBody(state) } };
}

/** How far the caller has read, and how he is told. */
function toldBody(state: ConversationState | undefined): Body {
  return { MsgFlag: state?.messageRemindType ?? 'AcceptAndNotify', MsgSeq: state?.read.sequence ?? 0 };
}
