/** The commands of groups: making, finding, joining, leaving and ending them. */
import { type CommandOutput, conversationOfGroup, limit } from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
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
import { given, objectsOf, one, type Translation, textsOf } from './translation.ts';

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

const updateGroupProfile = one('updateGroupProfile', (body) => ({
  ...profileInput(body),
  groupID: body.GroupId,
  muteAllMembers: ownSwitch(body.ShutUpAllMember),
}));

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

/** The group as the caller has it: with his place in it, how far he has read and how he is told. */
const ownGroups: Translation = async ({ body, ask }) => {
  const groupIDs = textsOf(body.GroupIdList, GROUPS_MAX);
  const told = await ask('getConversationList', { conversationIDList: groupIDs.map(conversationOfGroup) });
  if (!told.ok) return errorBody(told.error);
  const states = new Map(told.output.conversationList.map(({ state }) => [state.conversationID, state]));
  const stateOf = (groupID: string) => states.get(conversationOfGroup(groupID));
  const items: Body[] = [];
  for (const groupID of groupIDs) {
    const answered = await ask('getGroupProfile', { groupID });
    items.push(
      answered.ok
        ? { ...NO_ERROR, ...ownGroupBody(answered.output.group, stateOf(groupID), body.ResponseFilter) }
        : { GroupId: groupID, ...errorBody(answered.error) },
    );
  }
  return { GroupInfo: items };
};

/** What anyone may see of groups. */
const foundGroups: Translation = async ({ body, ask }) => {
  const items: Body[] = [];
  for (const groupID of textsOf(body.GroupIdList, GROUPS_MAX)) {
    const answered = await ask('searchGroupByID', { groupID });
    items.push(
      answered.ok
        ? { ...NO_ERROR, ...groupBody(answered.output.profile) }
        : { GroupId: groupID, ...errorBody(answered.error) },
    );
  }
  return { GroupInfo: items };
};

const NO_ERROR = { ErrorCode: 0, ErrorInfo: '' };

/** Communities are asked for under a service of their own. */
function joinedGroups(isCommunity: boolean): Translation {
  return async ({ body, ask }) => {
    const [joined, told] = [await ask('getGroupList', {}), await ask('getConversationList', {})];
    if (!joined.ok) return errorBody(joined.error);
    if (!told.ok) return errorBody(told.error);
    const states = new Map(told.output.conversationList.map(({ state }) => [state.conversationID, state]));
    const own = joined.output.groups.filter(({ profile }) => (profile.type === 'Community') === isCommunity);
    const offset = Number.isSafeInteger(body.Offset) ? Math.max(0, body.Offset as number) : 0;
    const count = Number.isSafeInteger(body.Limit) ? Math.max(1, body.Limit as number) : own.length;
    const items = own
      .slice(offset, offset + count)
      .map((group) => joinedGroupBody(group, states.get(conversationOfGroup(group.profile.groupID))));
    return { TotalCount: own.length, GroupIdList: items };
  };
}

const PENDING = 0;

/** Those of communities, as far as their ids tell, are asked for under the service of these. */
function pendency(ofCommunities: boolean): Translation {
  return one(
    'getGroupApplicationList',
    () => ({}),
    ({ applicationList }, _body, { userID }) => ({
      PendencyList: applicationList
        .filter(({ groupID }) => groupID.startsWith(COMMUNITY_ID) === ofCommunities)
        .map(pendencyOf(userID)),
      NextStartTime: 0,
      UnreadPendencyCount: 0,
    }),
  );
}

const COMMUNITY_ID = '@TGS#_';

function pendencyOf(userID: string) {
  return (application: GroupApplication): Body => ({
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

type GroupApplication = CommandOutput<'getGroupApplicationList'>['applicationList'][number];

const handleApplication = one('handleGroupApplication', (body) => ({
  groupID: body.GroupId,
  applicant: body.Applicant_Account,
  handleAction: body.HandleMsg,
  handleMessage: orNone(body.ApprovalMsg),
}));

const changeOwner = one('changeGroupOwner', (body) => ({
  groupID: body.GroupId,
  newOwnerID: body.NewOwner_Account,
}));

const onlineMemberNum = one('getGroupOnlineMemberCount', named, ({ memberCount }) => ({
  OnlineMemberNum: memberCount,
}));

export const GROUP_TRANSLATIONS: Record<string, Translation> = {
  create_group: createGroup,
  destroy_group: one('dismissGroup', named),
  apply_join_group: joinGroup,
  quit_group: one('quitGroup', named),
  get_joined_group_list: joinedGroups(false),
  get_group_self_member_info: ownGroups,
  get_group_public_info: foundGroups,
  modify_group_base_info: updateGroupProfile,
  change_group_owner: changeOwner,
  handle_apply_join_group: handleApplication,
  get_pendency: pendency(false),
  get_online_member_num: onlineMemberNum,
};

export const COMMUNITY_TRANSLATIONS: Record<string, Translation> = {
  get_joined_group_list: joinedGroups(true),
  get_pendency: pendency(true),
};
