/** The methods of groups (GR2). */
import type { CommandInput, GroupView } from '@muster/protocol';
import {
  anyText,
  type Check,
  customFields,
  flag,
  listOf,
  optional,
  optionalName,
  plainObject,
  text,
  unused,
  wholeNumber,
} from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { chatError } from '../errors.ts';
import { foreignGroupOf, groupOf, wireGroupType, wireInviteOption } from '../group-of.ts';
import { groupListOf } from '../raising.ts';
import { byGroupID, methodOf } from '../sync/methods.ts';
import type { GroupMethods } from '../types/groups.ts';

// The values of options that are words are the server's to check: it refuses by the same number.
type Create = CommandInput<'createGroup'>;
const joinOption = optional(text) as Check<Create['joinOption']>;
const inviteOption: Check<Create['inviteOption']> = (value, name) =>
  wireInviteOption(optional(text)(value, name)) as Create['inviteOption'];

const groupType: Check<Create['type']> = (value, name) => {
  if (value === undefined) return undefined;
  const type = wireGroupType(text(value, name));
  if (!type) throw chatError('BAD_GROUP_TYPE', `${name} is not the type of a group`);
  return type;
};

type FirstMember = NonNullable<Create['memberList']>[number];
const firstMember: Check<FirstMember> = (value, name) => {
  const { userID, role } = plainObject(value, name);
  const member = { userID: text(userID, `${name}.userID`) };
  return role === undefined ? member : ({ ...member, role: text(role, `${name}.role`) } as FirstMember);
};

const PROFILE = {
  avatar: optional(anyText),
  introduction: optional(anyText),
  notification: optional(anyText),
  maxMemberNum: optional(wholeNumber),
  joinOption,
  inviteOption,
  groupCustomField: optional(customFields),
};

const ONE = { groupID: text };
const CREATE = {
  ...PROFILE,
  name: text,
  type: groupType,
  groupID: optionalName,
  memberList: optional(listOf(firstMember)),
  isSupportTopic: optional(flag),
};
const UPDATE = { ...PROFILE, ...ONE, name: optional(text), muteAllMembers: optional(flag) };

const itsGroup = ({ group }: { group: GroupView }) => ({ group: groupOf(group) });

type Built = Omit<GroupMethods, 'getGroupApplicationList' | 'handleGroupApplication'>;

export function groupMethods(core: Core): Built {
  const { session, mirror } = core;
  return {
    async getGroupList() {
      await session.served();
      return ok({ groupList: groupListOf(mirror), isSyncCompleted: true });
    },
    getGroupProfile: methodOf(core, 'getGroupProfile', {
      takes: { ...ONE, groupCustomFieldFilter: unused },
      gives: itsGroup,
    }),
    createGroup: methodOf(core, 'createGroup', {
      takes: CREATE,
      gives: ({ group, unknownUserIDList }) => ({ group: groupOf(group), unknownUserIDList }),
    }),
    dismissGroup: byGroupID(methodOf(core, 'dismissGroup', { takes: ONE })),
    updateGroupProfile: methodOf(core, 'updateGroupProfile', {
      takes: UPDATE,
      gives: itsGroup,
    }),
    joinGroup: methodOf(core, 'joinGroup', {
      takes: { ...ONE, applyMessage: optionalName, type: unused },
      sends: (input) => (core.unlimitedAVChatRoom ? { ...input, othersToo: true } : input),
      early: true,
      apply: ({ group, leftGroupIDList }) => mirror.applyJoin(group, leftGroupIDList),
      gives: ({ status, group, profile }) => ({
        status,
        group: group ? groupOf(group) : foreignGroupOf(profile),
      }),
    }),
    quitGroup: byGroupID(
      methodOf(core, 'quitGroup', {
        takes: ONE,
        early: true,
        apply: ({ groupID }) => mirror.applyQuit(groupID),
      }),
    ),
    searchGroupByID: byGroupID(
      methodOf(core, 'searchGroupByID', {
        takes: ONE,
        gives({ profile }) {
          const own = mirror.heldGroups.get(profile.groupID);
          return { group: own ? groupOf({ ...own, profile }) : foreignGroupOf(profile) };
        },
      }),
    ),
    getGroupOnlineMemberCount: byGroupID(
      methodOf(core, 'getGroupOnlineMemberCount', { takes: ONE, early: true }),
    ),
    changeGroupOwner: methodOf(core, 'changeGroupOwner', {
      takes: { ...ONE, newOwnerID: text },
      gives: itsGroup,
    }),
  };
}
