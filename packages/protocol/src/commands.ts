/**
 * Every command of the product, in one table, without its schemas (those stand in schemas.ts, so that the SDK can
 * import the rows alone). Handlers, routes, the SDK's calls and the reference are derived from it.
 */
import type { ErrorName } from './errors.ts';
import type { EventName } from './events.ts';

export interface CommandRow {
  feature: 'users' | 'groups' | 'group-counters';
  /** A write carries an operation id and is answered after it is durable (DL1, DL2). */
  kind: 'read' | 'write' | 'session';
  /** Which limit a call spends (GC10). */
  spends: 'counterCalls' | 'none';
  /** `socket` commands need a device; the others are on our HTTP door too. */
  doors: 'socket' | 'both';
  /** Refusals beyond those that every command has. */
  errors: readonly ErrorName[];
  raises: readonly EventName[];
  doc: string;
}

const command = <const Row extends CommandRow>(row: Row): Row => row;

export const COMMANDS = {
  login: command({
    feature: 'users',
    kind: 'session',
    spends: 'none',
    doors: 'socket',
    errors: [
      'USERSIG_EXPIRED',
      'USERSIG_MALFORMED',
      'USERSIG_WRONG_KEY',
      'USERSIG_OTHER_USER',
      'USERSIG_OTHER_APP',
      'SESSION_ENDED',
      'REPEATED_LOGIN',
      'PROTOCOL_VERSION',
      'OVERLOADED',
      'STOPPING',
    ],
    raises: ['kickedOut'],
    doc: 'Logs a device in, brings one back, or replaces the userSig of one that is logged in (US2 to US6).',
  }),
  logout: command({
    feature: 'users',
    kind: 'session',
    spends: 'none',
    doors: 'socket',
    errors: [],
    raises: [],
    doc: 'Ends this device: its session key, its operations and its presence in AVChatRooms.',
  }),
  kickUser: command({
    feature: 'users',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['ADMINISTRATOR_NEEDED', 'USER_NOT_FOUND'],
    raises: ['kickedOut'],
    doc: 'Ends every login of a user, and every session key and userSig issued before it (US11).',
  }),
  getUserProfile: command({
    feature: 'users',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: ['BAD_ARGUMENT_VALUE'],
    raises: [],
    doc: 'The profiles of up to 100 users; those who never logged in are left out (US9).',
  }),
  updateMyProfile: command({
    feature: 'users',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['BAD_ARGUMENT_VALUE'],
    raises: ['profileUpdated'],
    doc: "Changes the caller's own profile (US9).",
  }),
  createGroup: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['BAD_ARGUMENT_VALUE', 'BAD_GROUP_ID', 'GROUP_ID_TAKEN', 'GROUP_ID_TAKEN_BY_YOU', 'GROUP_FULL'],
    raises: ['groupJoined'],
    doc: 'Creates a group, owned by the caller (GR1 to GR3).',
  }),
  dismissGroup: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED'],
    raises: ['groupDismissed'],
    doc: 'Ends a group for all its members (GR4).',
  }),
  joinGroup: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'GROUP_FULL', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupJoined', 'groupMembersUpdated'],
    doc: 'Joins a group, or asks its owner and admins to be let in (GR1). An AVChatRoom needs a device (GR7).',
  }),
  quitGroup: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'OWNER_MAY_NOT_QUIT'],
    raises: ['groupLeft', 'groupMembersUpdated', 'groupProfileUpdated'],
    doc: 'Leaves a group; an AVChatRoom is left by this device alone (GR7).',
  }),
  addGroupMember: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'GROUP_FULL', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupJoined', 'groupMembersUpdated'],
    doc: 'Adds up to 100 users to a group (GR1).',
  }),
  deleteGroupMember: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupLeft', 'groupMembersUpdated'],
    doc: 'Removes up to 100 users from a group.',
  }),
  getGroupMemberList: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED'],
    raises: [],
    doc: "A page of a group's members; of an AVChatRoom those who are connected.",
  }),
  getGroupProfile: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED'],
    raises: [],
    doc: 'A group that the caller is in, with what it knows of him.',
  }),
  updateGroupProfile: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupProfileUpdated'],
    doc: 'Changes the profile of a group: owner and admins, in a Work group every member.',
  }),
  changeGroupOwner: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupProfileUpdated', 'groupMembersUpdated'],
    doc: 'Makes another member the owner.',
  }),
  setGroupMemberRole: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupMembersUpdated'],
    doc: 'Makes a member an admin or an admin a member: the owner alone, where the type has admins.',
  }),
  getGroupList: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: [],
    raises: [],
    doc: 'The groups that the caller is in; AVChatRooms are not among them.',
  }),
  getGroupOnlineMemberCount: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND'],
    raises: [],
    doc: 'How many users are in an AVChatRoom with a connected device; 0 for the other types.',
  }),
  searchGroupByID: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND'],
    raises: [],
    doc: 'What anyone may see of a group; a Work group is found by its members alone.',
  }),
  getGroupApplicationList: command({
    feature: 'groups',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: [],
    raises: [],
    doc: 'The requests to join that the caller may decide.',
  }),
  handleGroupApplication: command({
    feature: 'groups',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED', 'GROUP_FULL', 'BAD_ARGUMENT_VALUE'],
    raises: ['groupJoined', 'groupMembersUpdated'],
    doc: 'Agrees to a request to join, or rejects it.',
  }),
  updateGroupCounters: command({
    feature: 'group-counters',
    kind: 'write',
    spends: 'counterCalls',
    doors: 'both',
    errors: [
      'GROUP_NOT_FOUND',
      'NOT_PERMITTED',
      'BAD_ARGUMENT_VALUE',
      'COUNTER_OVERFLOW',
      'TOO_MANY_COUNTERS',
    ],
    raises: ['groupCounters'],
    doc: 'Sets, increases or decreases 1 to 20 counters together (GC6, GC7, GC18).',
  }),
  getGroupCounters: command({
    feature: 'group-counters',
    kind: 'read',
    spends: 'counterCalls',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED'],
    raises: [],
    doc: 'The counters of a group (GC8).',
  }),
  deleteGroupCounters: command({
    feature: 'group-counters',
    kind: 'write',
    spends: 'counterCalls',
    doors: 'both',
    errors: ['GROUP_NOT_FOUND', 'NOT_PERMITTED'],
    raises: ['groupCounters'],
    doc: 'Deletes counters: owner, group admins and administrators (GC16).',
  }),
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMANDS;

/** What any command may be answered besides its own errors. */
export const COMMON_ERRORS = [
  'INVALID_ARGUMENT',
  'UNKNOWN_COMMAND',
  'MALFORMED_REQUEST',
  'REQUEST_TOO_LARGE',
  'NOT_LOGGED_IN',
  'TOO_FREQUENT',
  'OPERATION_CONTENT_DIFFERS',
  'OPERATION_CONFIRMED',
  'OPERATION_WINDOW_FULL',
  'BAD_GROUP_ID',
  'SESSION_ENDED',
  'OVERLOADED',
  'STOPPING',
  'INTERNAL',
] as const satisfies readonly ErrorName[];

type ErrorsOf<Name extends CommandName> = (typeof COMMANDS)[Name]['errors'][number];

/** The refusals a command may give: naming another one is a compile error. */
export type CommandError<Name extends CommandName> = ErrorsOf<Name> | (typeof COMMON_ERRORS)[number];
