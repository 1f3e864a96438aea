/** The commands of groups: making, finding, joining, leaving and ending them. */
import { limit } from '@muster/protocol';
import type { Body } from './frame.ts';
import {
  groupBody,
  joinedGroupBody,
  ownCustomField,
  ownGroupBody,
  ownInviteOption,
  ownSwitch,
  ownType,
  wireType,
} from './group-bodies.ts';
import {
  given,
  type OwnAnswer,
  objectsOf,
  one,
  refusalOf,
  type Translation,
  textsOf,
} from './translation.ts';

const GROUPS_MAX = limit('users_perRequest_max');

/** What both creating and changing a group take. */
function profileInput(body: Body): Record<string, unknown> {
  return {
    name: body.Name,
    avatar: body.FaceUrl,
    introduction: body.Introduction,
    notification: body.Notification,
    maxMemberNum: body.MaxMemberCount,
    joinOption: body.ApplyJoinOption,
    inviteOption: ownInviteOption(body.InviteJoinOption),
    groupCustomField: ownCustomField(body.AppDefinedData),
  };
}

/** An empty text and a missing one are the same to this API. */
const orNone = (value: unknown): unknown => (value === '' ? undefined : value);

const createGroup = one(
  'createGroup',
  (body) => ({
    ...profileInput(body),
    type: ownType(body.Type),
    groupID: orNone(body.GroupId),
    memberList:
      body.MemberList === undefined
        ? undefined
        : objectsOf(body.MemberList).map(({ Member_Account, Role }) =>
            given({ userID: Member_Account, role: Role }),
          ),
    isSupportTopic: body.SupportTopic === undefined ? undefined : body.SupportTopic === 1,
  }),
  ({ group: { profile } }) => ({ GroupId: profile.groupID, Type: wireType(profile.type) }),
);

const updateGroupProfile = one(
  'updateGroupProfile',
  (body) => ({
    ...profileInput(body),
    groupID: body.GroupId,
    muteAllMembers: ownSwitch(body.ShutUpAllMember),
  }),
  () => ({}),
);

/** The client looks itself after the rooms that it leaves for another. */
const joinGroup = one(
  'joinGroup',
  (body) => ({ groupID: body.GroupId, applyMessage: orNone(body.ApplyMsg), othersToo: true }),
  ({ status, profile }) => ({
    JoinedStatus: status === 'AlreadyInGroup' ? 'JoinedSuccess' : status,
    ...(profile.type === 'AVChatRoom' ? PUSHED_ROOM : {}),
  }),
);

/** Without a key for polling, the client waits for pushes. The other key comes back in calls of the room. */
const PUSHED_ROOM = { HugeGroupFlag: 1, AVChatRoomKey: 'pushed', RspMsgList: [] };

const named = (body: Body): Record<string, unknown> => ({ groupID: body.GroupId });

/** A command that names several groups and answers each for itself. */
function perGroup(command: 'getGroupProfile' | 'searchGroupByID'): Translation {
  return {
    calls: (body) =>
      textsOf(body.GroupIdList, GROUPS_MAX).map((groupID) => ({ command, input: { groupID } })),
    answer: (answers, body) => {
      const groupIDs = textsOf(body.GroupIdList, GROUPS_MAX);
      return { GroupInfo: answers.map((answer, index) => groupItem(answer, groupIDs[index])) };
    },
  };
}

function groupItem(answer: OwnAnswer, groupID: string | undefined): Body {
  if (!answer.ok) return { GroupId: groupID, ...refusalOf(answer) };
  const output = answer.output as { group?: Parameters<typeof ownGroupBody>[0] } & {
    profile?: Parameters<typeof groupBody>[0];
  };
  const body = output.group ? ownGroupBody(output.group) : output.profile ? groupBody(output.profile) : {};
  return { ErrorCode: 0, ErrorInfo: '', ...body };
}

/** Communities are asked for under a service of their own. */
function joinedGroups(isCommunity: boolean): Translation {
  return one(
    'getGroupList',
    () => ({}),
    ({ groups }, body) => {
      const own = groups.filter(({ profile }) => (profile.type === 'Community') === isCommunity);
      const offset = Number.isSafeInteger(body.Offset) ? Math.max(0, body.Offset as number) : 0;
      const count = Number.isSafeInteger(body.Limit) ? Math.max(1, body.Limit as number) : own.length;
      const page = own.slice(offset, offset + count);
      return { TotalCount: own.length, GroupIdList: page.map(joinedGroupBody) };
    },
  );
}

const PENDING = 0;

const getPendency = one(
  'getGroupApplicationList',
  () => ({}),
  ({ applicationList }, body, { userID }) => ({
    // Requests to join, and not invitations, which need no approval here.
    PendencyList: body.PendencyType === undefined ? applicationList.map(pendencyOf(userID)) : [],
    NextStartTime: 0,
    UnreadPendencyCount: 0,
  }),
);

function pendencyOf(userID: string) {
  return (application: {
    groupID: string;
    groupName: string;
    applicant: string;
    applicantNick: string;
    applyMessage: string;
    applyTime: number;
  }): Body => ({
    From_Account: application.applicant,
    FromUserNickName: application.applicantNick,
    To_Account: userID,
    GroupId: application.groupID,
    GroupName: application.groupName,
    AddTime: application.applyTime,
    Handled: PENDING,
    PendencyType: 0,
    ApplyInviteMsg: application.applyMessage,
    Authentication: '',
  });
}

const handleApplication = one(
  'handleGroupApplication',
  (body) => ({
    groupID: body.GroupId,
    applicant: body.Applicant_Account,
    handleAction: body.HandleMsg,
    handleMessage: orNone(body.ApprovalMsg),
  }),
  () => ({}),
);

const changeOwner = one(
  'changeGroupOwner',
  (body) => ({ groupID: body.GroupId, newOwnerID: body.NewOwner_Account }),
  () => ({}),
);

const onlineMemberNum = one('getGroupOnlineMemberCount', named, ({ memberCount }) => ({
  OnlineMemberNum: memberCount,
}));

export const GROUP_TRANSLATIONS: Record<string, Translation> = {
  create_group: createGroup,
  destroy_group: one('dismissGroup', named, () => ({})),
  apply_join_group: joinGroup,
  quit_group: one('quitGroup', named, () => ({})),
  get_joined_group_list: joinedGroups(false),
  get_group_self_member_info: perGroup('getGroupProfile'),
  get_group_public_info: perGroup('searchGroupByID'),
  modify_group_base_info: updateGroupProfile,
  change_group_owner: changeOwner,
  handle_apply_join_group: handleApplication,
  get_pendency: getPendency,
  get_online_member_num: onlineMemberNum,
};

export const COMMUNITY_TRANSLATIONS: Record<string, Translation> = {
  get_joined_group_list: joinedGroups(true),
};
