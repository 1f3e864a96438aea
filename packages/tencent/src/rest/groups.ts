/** The commands of groups: making, describing and ending them. */
import { conversationOfGroup, limit } from '@muster/protocol';
import { type Body, isBody } from '../wire/frame.ts';
import {
  groupBody,
  memberBody,
  ownCustomField,
  ownInviteOption,
  ownSwitch,
  ownType,
  wireType,
} from '../wire/group-bodies.ts';
import { given, objectsOf } from '../wire/translation.ts';
import { pageOf } from './pages.ts';
import { restErrorOf } from './rest-errors.ts';
import {
  answer,
  carriedOutBy,
  failure,
  type RestCall,
  type RestTranslation,
  resultOf,
} from './rest-translation.ts';

const PARAMETER = 10004;
const GROUPS_MAX = 50;
const MEMBERS_MAX = limit('memberPage_count_max');

/** What both creating and changing a group take. */
function profileInput(body: Body): Record<string, unknown> {
  return {
    name: body.Name,
    avatar: body.FaceUrl,
    introduction: body.Introduction,
    notification: body.Notification,
    maxMemberNum: body.MaxMemberCount ?? body.MaxMemberNum,
    joinOption: body.ApplyJoinOption,
    inviteOption: ownInviteOption(body.InviteJoinOption),
    groupCustomField: ownCustomField(body.AppDefinedData),
  };
}

/** Without `Owner_Account` the group has no owner, as this API has it. */
const create: RestTranslation = async (call) => {
  const { body } = call;
  const { Owner_Account, MemberList, SupportTopic } = body;
  const hasOwner = Owner_Account !== undefined && Owner_Account !== '';
  const ask = hasOwner ? call.askFor(Owner_Account) : call.ask;
  const created = await ask(
    'createGroup',
    given({
      ...profileInput(body),
      type: ownType(body.Type ?? ''),
      groupID: body.GroupId === '' ? undefined : body.GroupId,
      memberList: membersOf(MemberList),
      isSupportTopic: SupportTopic === undefined ? undefined : SupportTopic === 1,
      withoutOwner: hasOwner ? undefined : true,
    }),
  );
  return resultOf(call, created, ({ group: { profile } }) => ({
    GroupId: profile.groupID,
    Type: wireType(profile.type),
  }));
};

/** What is no list is left to be refused. */
function membersOf(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return objectsOf(list).map(({ Member_Account, Role }) => given({ userID: Member_Account, role: Role }));
}

const NO_ERROR = { ErrorCode: 0, ErrorInfo: '' };

async function describedGroup(call: RestCall, groupID: unknown): Promise<Body> {
  const read = await call.ask('getGroupProfile', given({ groupID }));
  if (!read.ok) {
    const { code, message } = restErrorOf(call.service, read.error);
    return { GroupId: groupID, ErrorCode: code, ErrorInfo: message };
  }
  const members = await call.ask('getGroupMemberList', { groupID, count: MEMBERS_MAX });
  const MemberList = members.ok ? members.output.memberList.map(memberBody) : [];
  return { ...groupBody(read.output.group.profile), ...NO_ERROR, MemberList };
}

/** Each group with its first members; the others are on the pages of get_group_member_info. */
const getInfo: RestTranslation = async (call) => {
  const { GroupIdList } = call.body;
  const isList = Array.isArray(GroupIdList) && GroupIdList.length > 0 && GroupIdList.length <= GROUPS_MAX;
  if (!isList) return failure(PARAMETER, `GroupIdList names 1 to ${GROUPS_MAX} groups.`);
  return answer({
    GroupInfo: await Promise.all(GroupIdList.map((groupID) => describedGroup(call, groupID))),
  });
};

/** `WithHugeGroups` and the like change nothing: an AVChatRoom is in no list (GR7). */
const getJoined: RestTranslation = async (call) => {
  const { Member_Account, Offset, Limit, GroupType, ResponseFilter } = call.body;
  const ask = call.askFor(Member_Account);
  const joined = await ask('getGroupList', {});
  if (!joined.ok) return resultOf(call, joined);
  const read = await ask('getConversationList', {
    conversationIDList: joined.output.groups.map(({ profile }) => conversationOfGroup(profile.groupID)),
  });
  const states = new Map(
    read.ok ? read.output.conversationList.map(({ state }) => [state.conversationID, state]) : [],
  );
  const wanted = ownType(GroupType);
  const groups = joined.output.groups.filter(
    ({ profile }) => GroupType === undefined || profile.type === wanted,
  );
  const { GroupBaseInfoFilter, SelfInfoFilter } = isBody(ResponseFilter) ? ResponseFilter : ({} as Body);
  const items = groups.map(({ profile, selfInfo }) => {
    const state = states.get(conversationOfGroup(profile.groupID));
    const { Role, JoinTime } = memberBody(selfInfo);
    const told = {
      MsgFlag: state?.messageRemindType ?? 'AcceptAndNotify',
      MsgSeq: state?.read.sequence ?? 0,
    };
    return {
      GroupId: profile.groupID,
      ...filtered(groupBody(profile), GroupBaseInfoFilter),
      ...(SelfInfoFilter ? { SelfInfo: filtered({ Role, JoinTime, ...told }, SelfInfoFilter) } : {}),
    };
  });
  const page = Limit === undefined ? items : pageOf(items.slice(0, end(Offset, Limit)), Offset).items;
  return answer({ TotalCount: groups.length, GroupIdList: page });
};

function end(offset: unknown, count: unknown): number {
  const from = Number.isSafeInteger(offset) ? Math.max(0, offset as number) : 0;
  return from + (Number.isSafeInteger(count) ? Math.max(0, count as number) : 0);
}

/** The properties that are asked for; none is asked for without a filter. */
function filtered(body: Body, filter: unknown): Body {
  const names = Array.isArray(filter) ? filter : [];
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}

const named = (body: Body): Record<string, unknown> => ({ groupID: body.GroupId });

export const GROUP_COMMANDS: Record<string, RestTranslation> = {
  create_group: create,
  destroy_group: carriedOutBy('dismissGroup', { input: named }),
  get_group_info: getInfo,
  get_joined_group_list: getJoined,
  change_group_owner: carriedOutBy('changeGroupOwner', {
    input: (body) => ({ groupID: body.GroupId, newOwnerID: body.NewOwner_Account }),
  }),
  modify_group_base_info: carriedOutBy('updateGroupProfile', {
    input: (body) => ({
      ...profileInput(body),
      groupID: body.GroupId,
      muteAllMembers: ownSwitch(body.ShutUpAllMember),
    }),
  }),
};
