/** The commands of groups: making, describing and ending them. */
import {
  type ConversationState,
  conversationOfGroup,
  type GroupView,
  limit,
  type WireError,
} from '@muster/protocol';
import { type Body, isBody } from '../wire/frame.ts';
import {
  groupBody,
  joinedGroupBody,
  memberBody,
  ownCustomField,
  ownInviteOption,
  ownSwitch,
  ownType,
  wireType,
} from '../wire/group-bodies.ts';
import { given, objectsOf } from '../wire/translation.ts';
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
  if (!read.ok) return undescribed(call, groupID, read.error);
  const members = await call.ask('getGroupMemberList', { groupID, count: MEMBERS_MAX });
  if (!members.ok) return undescribed(call, groupID, members.error);
  const MemberList = members.output.memberList.map(memberBody);
  return { ...groupBody(read.output.group.profile), ...NO_ERROR, MemberList };
}

function undescribed({ service }: RestCall, groupID: unknown, error: WireError): Body {
  const { code, message } = restErrorOf(service, error);
  return { GroupId: groupID, ErrorCode: code, ErrorInfo: message };
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

/** The groups of an account, those of a type when one is named. An AVChatRoom is in no list (GR7). */
const getJoined: RestTranslation = async (call) => {
  const { Member_Account, Offset, Limit, GroupType, ResponseFilter } = call.body;
  const ask = call.askFor(Member_Account);
  const joined = await ask('getGroupList', {});
  if (!joined.ok) return resultOf(call, joined);
  const type = ownType(GroupType);
  const groups = joined.output.groups.filter((group) => type === undefined || group.profile.type === type);
  const first = countOf(Offset, 0);
  const page = groups.slice(first, first + countOf(Limit, groups.length));
  const told = await ask('getConversationList', { conversationIDList: page.map(conversationOf) });
  if (!told.ok) return resultOf(call, told);
  const states = new Map(told.output.conversationList.map(({ state }) => [state.conversationID, state]));
  const filter = isBody(ResponseFilter) ? ResponseFilter : {};
  return answer({
    TotalCount: groups.length,
    GroupIdList: page.map((group) => joinedGroup(filter, group, states.get(conversationOf(group)))),
  });
};

const countOf = (value: unknown, otherwise: number): number =>
  Number.isSafeInteger(value) ? Math.max(0, value as number) : otherwise;

const conversationOf = ({ profile }: GroupView): string => conversationOfGroup(profile.groupID);

/** The id, and what the filters of the request ask for besides. */
function joinedGroup(
  { GroupBaseInfoFilter, SelfInfoFilter }: Body,
  group: GroupView,
  state: ConversationState | undefined,
): Body {
  const { SelfInfo, ...base } = joinedGroupBody(group, state);
  return {
    GroupId: group.profile.groupID,
    ...filtered(base, GroupBaseInfoFilter),
    ...(SelfInfoFilter === undefined ? {} : { SelfInfo: filtered(SelfInfo as Body, SelfInfoFilter) }),
  };
}

/** The properties that are asked for. */
function filtered(body: Body, filter: unknown): Body {
  const names: unknown[] = Array.isArray(filter) ? filter : [];
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
