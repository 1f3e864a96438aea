/** The commands of the members of groups. */
import { limit, type MemberEntry } from '@muster/protocol';
import type { Body } from '../wire/frame.ts';
import { memberBody } from '../wire/group-bodies.ts';
import { given, objectsOf } from '../wire/translation.ts';
import { answer, carriedOutBy, type RestTranslation, resultOf } from './rest-translation.ts';

const PAGE_MAX = limit('memberPage_count_max');

const entryBody = (entry: MemberEntry): Body => ({ ...memberBody(entry), NickName: entry.nick });

/** A page of members, and how many there are in all. `Next` is the cursor of communities. */
const getMembers: RestTranslation = async (call) => {
  const { GroupId, Limit, Offset, Next, MemberRoleFilter } = call.body;
  const profile = await call.ask('getGroupProfile', given({ groupID: GroupId }));
  if (!profile.ok) return resultOf(call, profile);
  const hasCursor = Next !== undefined;
  const read = await call.ask(
    'getGroupMemberList',
    given({
      groupID: GroupId,
      count: Number.isSafeInteger(Limit) && Number(Limit) > 0 ? Math.min(Number(Limit), PAGE_MAX) : PAGE_MAX,
      offset: typeof Next === 'string' ? Number(Next) : (Next ?? Offset),
      role: Array.isArray(MemberRoleFilter) ? MemberRoleFilter[0] : undefined,
    }),
  );
  return resultOf(call, read, ({ memberList, offset }) => ({
    MemberNum: profile.output.group.profile.memberCount,
    MemberList: memberList.map(entryBody),
    ...(hasCursor ? { Next: offset === 0 ? '' : String(offset) } : {}),
  }));
};

const ADDED = 1;
const NOT_ADDED = 0;
const WAS_IN = 2;

/** In the order of the request, each once. */
const addMembers: RestTranslation = async (call) => {
  const { GroupId, MemberList } = call.body;
  const userIDList = objectsOf(MemberList).map(({ Member_Account }) => Member_Account);
  const added = await call.ask('addGroupMember', given({ groupID: GroupId, userIDList }));
  return resultOf(call, added, ({ successUserIDList, existedUserIDList }) => ({
    MemberList: [...new Set(userIDList)].map((userID) => ({
      Member_Account: userID,
      Result: successUserIDList.includes(userID as string)
        ? ADDED
        : existedUserIDList.includes(userID as string)
          ? WAS_IN
          : NOT_ADDED,
    })),
  }));
};

/** The role of each of the users; one who is no member has none. */
const getRoles: RestTranslation = async (call) => {
  const { GroupId, User_Account } = call.body;
  const read = await call.ask('getGroupMemberProfile', given({ groupID: GroupId, userIDList: User_Account }));
  if (!read.ok) return resultOf(call, read);
  const roles = new Map(read.output.memberList.map(({ userID, role }) => [userID, role]));
  const users = Array.isArray(User_Account) ? [...new Set(User_Account)] : [];
  return answer({
    UserIdList: users.map((userID) => ({
      Member_Account: userID,
      Role: roles.get(userID) ?? 'NotMember',
    })),
  });
};

export const GROUP_MEMBER_COMMANDS: Record<string, RestTranslation> = {
  get_group_member_info: getMembers,
  add_group_member: addMembers,
  delete_group_member: carriedOutBy('deleteGroupMember', {
    input: ({ GroupId, MemberToDel_Account, Reason }) => ({
      groupID: GroupId,
      userIDList: MemberToDel_Account,
      reason: Reason === '' ? undefined : Reason,
    }),
  }),
  get_role_in_group: getRoles,
};
