/** What calls reject with (DL8). The server's refusals bring their own words; these are the SDK's. */
import type { ERRORS, ErrorName, WireError } from '@muster/protocol';
import type { ChatErrorData, ChatError as ChatErrorShape } from './types/results.ts';

/** Only what the SDK makes itself: the protocol's table, with all its texts, would not fit its size. */
const CODES = {
  INVALID_ARGUMENT: 6017,
  REQUEST_TOO_LARGE: 60002,
  NOT_LOGGED_IN: 2024,
  REPEATED_LOGIN: 2025,
  LOGIN_FAILED: 3001,
  KICKED_BY_LOGIN: 3003,
  SESSION_EXPIRED: 3004,
  LOGGED_OUT: 3005,
  KICKED_BY_ADMINISTRATOR: 3006,
  NO_CONNECTION: 2801,
  NOT_SUPPORTED: 2998,
  UNKNOWN_EXPERIMENTAL_API: 2905,
  BAD_GROUP_TYPE: 2600,
  CONVERSATION_NOT_FOUND: 2500,
  BAD_CONVERSATION_ID: 2503,
  TOO_FREQUENT: 2996,
  OPERATION_CONFIRMED: 52003,
} as const satisfies { [Name in ErrorName]?: (typeof ERRORS)[Name]['code'] };

export type LocalErrorName = keyof typeof CODES;

/** All but the stack are own enumerable properties, so that nothing is lost in JSON or in a structured clone. */
export class ChatError extends Error implements ChatErrorShape {
  declare code: number;
  declare retryable: boolean;
  declare data: ChatErrorData;

  constructor(error: Omit<WireError, 'name'> & { name: string }, data: ChatErrorData = {}) {
    super();
    Object.assign(this, error, { data });
  }
}

/** Without a message its name says it: `NOT_LOGGED_IN` is "not logged in". */
export function chatError(
  name: LocalErrorName,
  message: string = name.toLowerCase().replaceAll('_', ' '),
  data?: ChatErrorData,
): ChatError {
  const retryable = name === 'NO_CONNECTION' || name === 'TOO_FREQUENT';
  return new ChatError({ code: CODES[name], name, message, retryable }, data);
}

export function invalidArgument(message: string): ChatError {
  return chatError('INVALID_ARGUMENT', message);
}

/** What there is instead, or why not, stands on this page of the reference. */
const COMPATIBILITY_PAGE = 'docs/reference/compatibility.md';

/** For a method, or a part of one, that the original has and Muster lacks (DI2). */
export function notSupported(what: string): ChatError {
  return chatError('NOT_SUPPORTED', `${what} is not built: see ${COMPATIBILITY_PAGE}`);
}
