/**
 * Every command of the product, in one table, without its schemas (those stand in schemas.ts, so that the SDK can
 * import the rows alone). Handlers, routes, the SDK's calls and the reference are derived from it.
 */
import { type CommandRow, command } from './command-row.ts';
import { CONVERSATION_GROUP_COMMANDS } from './conversation-groups/conversation-group-commands.ts';
import { CONVERSATION_COMMANDS } from './conversations/conversation-commands.ts';
import type { ErrorName } from './errors.ts';
import { GROUP_COMMANDS } from './groups/group-commands.ts';
import { MESSAGE_COMMANDS } from './messages/message-commands.ts';

export type { CommandRow };

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
  importAccount: command({
    feature: 'users',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['ADMINISTRATOR_NEEDED', 'BAD_ARGUMENT_VALUE'],
    raises: ['profileUpdated'],
    doc: 'Makes a user known before his first login, or gives one who is known another nick or avatar (US12).',
  }),
  deleteAccount: command({
    feature: 'users',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: ['ADMINISTRATOR_NEEDED', 'USER_NOT_FOUND', 'NOT_PERMITTED'],
    raises: ['kickedOut', 'groupLeft', 'groupMembersUpdated', 'groupProfileUpdated'],
    doc: 'Deletes a user with all that is his own; what he said to others stays with them (US13, US14).',
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
  ...GROUP_COMMANDS,
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
  ...MESSAGE_COMMANDS,
  ...CONVERSATION_COMMANDS,
  ...CONVERSATION_GROUP_COMMANDS,
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
