/**
 * Every error of the product, in one table. A refusal is a value that names a row; the doors turn it into the
 * answer of their protocol. Codes that the original uses keep its numbers; 52xxx are ours.
 */
export interface ErrorRow {
  /** The number an app compares. */
  code: number;
  /** What it means and what to do about it. */
  message: string;
  /** Whether the same call may succeed later, unchanged. */
  retryable: boolean;
  /** The HTTP status on our HTTP door (DL10): 4xx a refusal, 503 a fault. */
  status: number;
  /** `client` when only the SDK makes it. */
  origin: 'server' | 'client';
}

// The codes stay literal types, so that the SDK, which carries only those it makes, cannot carry a wrong one.
const refusal = <const Code extends number>(code: Code, status: number, message: string) =>
  ({ code, status, message, retryable: false, origin: 'server' }) as const;
const later = <const Code extends number>(code: Code, status: number, message: string) =>
  ({ code, status, message, retryable: true, origin: 'server' }) as const;
const local = <const Code extends number>(code: Code, message: string, retryable = false) =>
  ({ code, status: 400, message, retryable, origin: 'client' }) as const;

export const ERRORS = {
  // Arguments and frames
  INVALID_ARGUMENT: refusal(6017, 400, 'An argument is missing or of the wrong type.'),
  UNKNOWN_COMMAND: refusal(60009, 404, 'There is no command of this name.'),
  MALFORMED_REQUEST: refusal(60003, 400, 'The request could not be parsed.'),
  REQUEST_TOO_LARGE: refusal(60002, 413, 'The request is larger than the limit.'),
  PROTOCOL_VERSION: refusal(2997, 400, 'Client and server speak different versions of the protocol.'),
  // Logins
  USERSIG_EXPIRED: refusal(70001, 401, 'The userSig has expired: sign a new one.'),
  USERSIG_MALFORMED: refusal(70003, 401, 'The userSig is malformed.'),
  USERSIG_WRONG_KEY: refusal(70009, 401, 'The userSig was not signed with the secret key of this app.'),
  USERSIG_OTHER_USER: refusal(70013, 401, 'The userSig was signed for another userID.'),
  USERSIG_OTHER_APP: refusal(70014, 401, 'The userSig was signed for another SDKAppID.'),
  SESSION_ENDED: refusal(70052, 401, 'This login was ended: log in with a new userSig.'),
  NOT_LOGGED_IN: refusal(2024, 401, 'Log in first.'),
  REPEATED_LOGIN: refusal(2025, 409, 'Another user is logged in: log out first.'),
  ADMINISTRATOR_NEEDED: refusal(60010, 403, 'Only an administrator may do this.'),
  // Groups
  BAD_ARGUMENT_VALUE: refusal(10004, 400, 'An argument has a value that is not allowed.'),
  COUNTER_OVERFLOW: refusal(10004, 409, 'The result would leave the range of a signed 64-bit integer.'),
  NOT_PERMITTED: refusal(10007, 403, 'Only a member with the needed role may do this.'),
  OWNER_MAY_NOT_QUIT: refusal(
    10009,
    403,
    'The owner may not quit this group: change the owner or dismiss it.',
  ),
  GROUP_NOT_FOUND: refusal(10010, 404, 'The group does not exist or was dismissed.'),
  ALREADY_MEMBER: refusal(10013, 409, 'The user is a member already.'),
  GROUP_FULL: refusal(10014, 409, 'The group has reached its highest number of members.'),
  BAD_GROUP_ID: refusal(10015, 400, 'The groupID is malformed.'),
  USER_NOT_FOUND: refusal(10019, 404, 'The user has never logged in.'),
  GROUP_ID_TAKEN: refusal(10021, 409, 'The groupID is taken.'),
  GROUP_ID_TAKEN_BY_YOU: refusal(10025, 409, 'The groupID is taken, by a group of your own.'),
  TOO_MANY_COUNTERS: refusal(10063, 409, 'A group has at most 20 counters.'),
  // Messages
  MUTED: refusal(10017, 403, 'The member, or the whole group, is muted.'),
  MESSAGE_TOO_LARGE: refusal(80002, 413, 'A message is at most 12 KB.'),
  MESSAGE_NOT_FOUND: refusal(10030, 404, 'There is no such message in the conversation.'),
  // Conversations and conversation groups
  CONVERSATION_NOT_FOUND: refusal(2500, 404, 'The conversation is not in the list.'),
  BAD_CONVERSATION_ID: refusal(2503, 400, 'A conversationID is C2C and a userID, or GROUP and a groupID.'),
  CONVERSATION_COUNT: refusal(51006, 400, 'A request names 1 to 100 conversations.'),
  CONVERSATION_UNRESOLVED: refusal(
    51007,
    404,
    'The group does not exist, keeps no conversation, or the user is not in it.',
  ),
  TOO_MANY_CONVERSATIONS: refusal(
    51008,
    409,
    'All conversation groups of a user together hold at most 1,000 conversations.',
  ),
  CONVERSATION_GROUP_NOT_FOUND: refusal(51009, 404, 'There is no such conversation group.'),
  TOO_MANY_CONVERSATION_GROUPS: refusal(51010, 409, 'A user has at most 20 conversation groups.'),
  BAD_CONVERSATION_GROUP_NAME: refusal(
    51011,
    400,
    'The name of a conversation group is 1 to 32 bytes of well-formed UTF-8 without control characters.',
  ),
  CONVERSATION_GROUP_NAME_TAKEN: refusal(52001, 409, 'The user has a conversation group of this name.'),
  // Operations
  OPERATION_CONTENT_DIFFERS: refusal(52002, 409, 'This operation id was used before, with another content.'),
  OPERATION_CONFIRMED: refusal(
    52003,
    409,
    'This operation was confirmed before, or its device is forgotten.',
  ),
  OPERATION_WINDOW_FULL: later(52004, 429, 'Too many operations of this device are open.'),
  // Load and faults
  TOO_FREQUENT: later(2996, 429, 'Too many calls in a short time.'),
  OVERLOADED: later(60022, 503, 'The server is overloaded: try again later.'),
  STOPPING: later(60008, 503, 'The server is stopping: connect again.'),
  INTERNAL: later(10002, 503, 'Something failed inside the server; its log says what.'),
  // Made by the SDK alone
  NOT_READY: local(2999, 'The SDK is not ready.'),
  LOGIN_FAILED: local(3001, 'The last login failed.'),
  KICKED_BY_LOGIN: local(3003, 'This device was ended by a login elsewhere.'),
  SESSION_EXPIRED: local(3004, 'The userSig has expired: log in with a new one.'),
  LOGGED_OUT: local(3005, 'The user has logged out.'),
  KICKED_BY_ADMINISTRATOR: local(3006, 'An administrator ended this login.'),
  NO_CONNECTION: local(2801, 'There was no connection, or no answer, in time.', true),
  NOT_SUPPORTED: local(2998, 'This method is not built.'),
  UNKNOWN_EXPERIMENTAL_API: local(2905, 'This experimental API does not exist.'),
  BAD_GROUP_TYPE: local(2600, 'The type of the group is not one of the five.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorName = keyof typeof ERRORS;

/** An error as it travels: in the answer of a frame and in the body of an HTTP answer (DL10). */
export interface WireError {
  code: number;
  name: ErrorName;
  message: string;
  retryable: boolean;
}

/** Fills in the wire form of an error; `detail` says which argument, what was wrong and what to do. */
export function wireError(name: ErrorName, detail?: string): WireError {
  const row = ERRORS[name];
  return { code: row.code, name, message: detail ?? row.message, retryable: row.retryable };
}
