/** The commands of the members of groups. */
import { conversationOfGroup, limit, type MemberEntry, wireError } from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
import { memberBody } from './group-bodies.ts';
import {
  type Ask,
  given,
  inTurn,
  nameOf,
  numberOf,
  type OwnAnswer,
  objectsOf,
  one,
  type Translation,
} from './translation.ts';

const PAGE_MAX = limit('memberPage_count_max');

const entryBody = (entry: MemberEntry): Body => ({
  ...memberBody(entry),
  NickName: entry.nick,
  Avatar: entry.avatar,
});

/** The client counts on by an offset; for communities it says in a text what the last page answered. */
const getMembers = one(
  'getGroupMemberList',
  (body) => ({
    groupID: body.GroupId,
    count: typeof body.Limit === 'number' && body.Limit > 0 ? Math.min(body.Limit, PAGE_MAX) : undefined,
    offset: body.Next === undefined ? body.Offset : numberOf(body.Next),
    role: Array.isArray(body.MemberRoleFilter) ? body.MemberRoleFilter[0] : undefined,
  }),
  ({ memberList, offset }, body) => ({
    MemberNum: memberList.length,
    MemberList: memberList.map(entryBody),
    ...(body.Next === undefined ? {} : { Next: offset === 0 ? '' : String(offset) }),
  }),
);

const getSpecified = one(
  'getGroupMemberProfile',
  (body) => ({ groupID: body.GroupId, userIDList: body.Member_List_Account }),
  ({ memberList }) => ({ MemberList: memberList.map(entryBody) }),
);

/** Who is in an AVChatRoom, in pages that begin where the last one ended. */
const getRoomMembers = one(
  'getGroupMemberList',
  (body) => ({ groupID: body.GroupId, count: PAGE_MAX, offset: body.Timestamp }),
  ({ memberList, offset }) => ({ MemberList: memberList.map(entryBody), NextTimestamp: offset }),
);

const ADDED = 1;
const NOT_ADDED = 0;
const WAS_IN = 2;

const addMembers = one(
  'addGroupMember',
  (body) => ({
    groupID: body.GroupId,
    userIDList: objectsOf(body.MemberList).map(({ Member_Account }) => Member_Account),
  }),
  ({ successUserIDList, failureUserIDList, existedUserIDList }) => ({
    MemberList: [
      ...resultsOf(successUserIDList, ADDED),
      ...resultsOf(failureUserIDList, NOT_ADDED),
      ...resultsOf(existedUserIDList, WAS_IN),
    ],
  }),
);

function resultsOf(userIDs: readonly string[], result: number): Body[] {
  return userIDs.map((userID) => ({ Member_Account: userID, Result: result }));
}

const removeMembers = one('deleteGroupMember', (body) =>
  given({ groupID: body.GroupId, userIDList: body.MemberToDel_Account, reason: body.Reason || undefined }),
);

const NO_CUSTOM_FIELDS = 'There are no custom fields of members.';

/** One command of theirs changes what are four of ours. */
const modifyMember: Translation = async ({ body, ask }) => {
  if (body.AppMemberDefinedData !== undefined)
    return errorBody(wireError('UNKNOWN_COMMAND', NO_CUSTOM_FIELDS));
  const who = { groupID: body.GroupId, userID: body.Member_Account };
  const { Role, NameCard, ShutUpTime, MsgFlag } = body;
  const steps: (() => Promise<OwnAnswer>)[] = [];
  if (Role !== undefined) steps.push(() => ask('setGroupMemberRole', { ...who, role: Role }));
  if (NameCard !== undefined) steps.push(() => ask('setGroupMemberNameCard', { ...who, nameCard: NameCard }));
  if (ShutUpTime !== undefined)
    steps.push(() => ask('setGroupMemberMuteTime', { ...who, muteTime: ShutUpTime }));
  if (MsgFlag !== undefined) {
    const conversationIDList = [conversationOfGroup(nameOf(body.GroupId))];
    steps.push(() => setRemindType(ask, { conversationIDList, messageRemindType: MsgFlag }));
  }
  return inTurn(steps);
};

/** Of the one conversation: what fails there has failed. */
async function setRemindType(ask: Ask, input: Record<string, unknown>): Promise<OwnAnswer> {
  const answered = await ask('setMessageRemindType', input);
  const [failed] = answered.ok ? answered.output.failureConversationIDList : [];
  if (!failed) return answered;
  return { ok: false, error: { ...wireError('CONVERSATION_NOT_FOUND', failed.message), code: failed.code } };
}

export const GROUP_MEMBER_TRANSLATIONS: Record<string, Translation> = {
  get_group_member_info: getMembers,
  get_specified_group_member_info: getSpecified,
  add_group_member: addMembers,
  delete_group_member: removeMembers,
  modify_group_member_info: modifyMember,
};

export const ROOM_TRANSLATIONS: Record<string, Translation> = { get_members: getRoomMembers };
