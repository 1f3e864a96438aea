/** The methods of members of groups, and of requests to become one (GR2). */
import type { CommandInput, MemberEntry } from '@muster/protocol';
import {
  anyText,
  type Check,
  optional,
  optionalName,
  plainObject,
  text,
  unused,
  userIDs,
  wholeNumber,
} from '../arguments.ts';
import type { Core } from '../core.ts';
import { foreignGroupOf, groupOf, memberOf } from '../group-of.ts';
import * as LIMITS from '../limits.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import { methodOf } from '../sync/methods.ts';
import type { GroupMemberMethods } from '../types/group-members.ts';
import type { Group, GroupMethods } from '../types/groups.ts';

/** The original gives offsets out as strings for some groups. */
const offset: Check<number | undefined> = (value, name) =>
  optional(wholeNumber)(typeof value === 'string' ? Number(value) : value, name);

const count: Check<number> = (value = OWN_LIMITS.memberPage_count, name) =>
  Math.min(wholeNumber(value, name), LIMITS.memberPage_count_max);

type Role = CommandInput<'setGroupMemberRole'>['role'];

type Action = CommandInput<'handleGroupApplication'>['handleAction'];

const LIST = { groupID: text, count, offset, role: optionalName as Check<Role | undefined>, filter: unused };
const ADD = { groupID: text, userIDList: userIDs };
const DELETE = { ...ADD, reason: optional(anyText), duration: unused };
const ROLE = { groupID: text, userID: text, role: text as Check<Role> };
const NAME_CARD = { groupID: text, userID: optionalName, nameCard: anyText };
const MUTE = { groupID: text, userID: text, muteTime: wholeNumber };
const HANDLE = {
  groupID: text,
  applicant: text,
  handleAction: text as Check<Action>,
  handleMessage: optional(anyText),
};

type Built = GroupMemberMethods & Pick<GroupMethods, 'getGroupApplicationList' | 'handleGroupApplication'>;

export function groupMemberMethods(core: Core): Built {
  const changed = async ({ member }: { member: MemberEntry }, { groupID }: { groupID: string }) => ({
    group: await groupBeside(core, groupID),
    member: memberOf(member),
  });
  const list = methodOf(core, 'getGroupApplicationList', { takes: {} });
  const handle = methodOf(core, 'handleGroupApplication', {
    takes: HANDLE,
    gives: async (_, { groupID }) => ({ group: await groupBeside(core, groupID) }),
  });
  return {
    getGroupMemberList: methodOf(core, 'getGroupMemberList', {
      takes: LIST,
      gives: (output) => ({ memberList: output.memberList.map(memberOf), offset: output.offset }),
    }),
    addGroupMember: methodOf(core, 'addGroupMember', {
      takes: ADD,
      gives: async (lists, { groupID }) => ({ ...lists, group: await groupBeside(core, groupID) }),
    }),
    deleteGroupMember: methodOf(core, 'deleteGroupMember', {
      takes: DELETE,
      gives: async ({ userIDList }, { groupID }) => ({ group: await groupBeside(core, groupID), userIDList }),
    }),
    setGroupMemberRole: methodOf(core, 'setGroupMemberRole', {
      takes: ROLE,
      gives: changed,
    }),
    setGroupMemberNameCard: methodOf(core, 'setGroupMemberNameCard', { takes: NAME_CARD, gives: changed }),
    setGroupMemberMuteTime: methodOf(core, 'setGroupMemberMuteTime', { takes: MUTE, gives: changed }),
    getGroupMemberProfile: methodOf(core, 'getGroupMemberProfile', {
      takes: { ...ADD, memberCustomFieldFilter: unused },
      gives: (output) => ({ memberList: output.memberList.map(memberOf) }),
    }),
    getGroupApplicationList: () => list({}),
    handleGroupApplication: async (given) => handle(applicationOf(given)),
  };
}

/** For results that show the group beside what was done; one that the user is not in is asked for. */
async function groupBeside({ mirror, calls }: Core, groupID: string): Promise<Group> {
  const own = mirror.heldGroups.get(groupID);
  if (own) return groupOf(own);
  const answer = await calls.ask('searchGroupByID', { groupID }).catch(() => undefined);
  // What was done is done, even if the group cannot be shown.
  return answer ? foreignGroupOf(answer.profile) : ({ groupID } as Group);
}

/** The request is named by one of the list, or by the notice that told of it, which has other words for the same. */
function applicationOf(given: unknown): object {
  const { application, message, ...rest } = plainObject(given, 'handleGroupApplication: the options') as {
    application?: unknown;
    message?: { payload?: { groupProfile?: Group; operatorID?: string } };
  };
  const { groupProfile, operatorID } = message?.payload ?? {};
  const { groupID, applicant } = message
    ? { groupID: groupProfile?.groupID, applicant: operatorID }
    : plainObject(application, 'handleGroupApplication: application');
  return { ...rest, groupID, applicant };
}
