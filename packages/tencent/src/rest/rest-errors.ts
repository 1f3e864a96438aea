/** The codes of REST v4: those of its gateway, and those that each of its services has for our errors. */
import type { ErrorName, WireError } from '@muster/protocol';
import type { Body } from '../wire/frame.ts';

/** What is refused before a command is looked at. */
export const GATEWAY_ERRORS = {
  HTTP_MALFORMED: { code: 60002, message: 'Send a POST request whose body is not larger than the limit.' },
  JSON_MALFORMED: {
    code: 60003,
    message: 'The body is no JSON object. It may not be empty: send {} at least.',
  },
  ACCOUNT_MISSING: { code: 60004, message: 'The query names no identifier.' },
  OTHER_APP: { code: 60006, message: 'The server serves another sdkappid.' },
  TOO_FREQUENT: { code: 60007, message: 'The command was called too often in this second.' },
  STOPPING: { code: 60008, message: 'The server is stopping.' },
  FAILED: { code: 60008, message: 'Something failed inside the server; its log says what.' },
  UNKNOWN_COMMAND: { code: 60009, message: 'There is no such command.' },
  ADMINISTRATOR_NEEDED: { code: 60010, message: 'The identifier is no administrator.' },
  APP_MISSING: { code: 60012, message: 'The query names no sdkappid.' },
  USERSIG_MISSING: { code: 70002, message: 'The query names no usersig.' },
} as const satisfies Record<string, RestError>;

export type GatewayErrorName = keyof typeof GATEWAY_ERRORS;

export interface RestError {
  code: number;
  message: string;
}

export type RestServiceName = 'group_open_http_svc' | 'recentcontact' | 'im_open_login_svc' | 'openim';

type Codes = Partial<Record<ErrorName, number>>;

const GROUPS: Codes = { INVALID_ARGUMENT: 10004, BAD_CONVERSATION_ID: 10015 };

/** Where a service has a code of its own for what our table of errors has another for. */
const CODES: Record<RestServiceName, Codes> = {
  group_open_http_svc: GROUPS,
  recentcontact: {
    INVALID_ARGUMENT: 50002,
    BAD_ARGUMENT_VALUE: 50002,
    BAD_CONVERSATION_ID: 50002,
    USER_NOT_FOUND: 50001,
    INTERNAL: 50004,
  },
  im_open_login_svc: {
    INVALID_ARGUMENT: 70402,
    BAD_ARGUMENT_VALUE: 70402,
    NOT_PERMITTED: 70402,
    USER_NOT_FOUND: 70107,
    INTERNAL: 70500,
  },
  openim: {
    INVALID_ARGUMENT: 90001,
    BAD_ARGUMENT_VALUE: 90001,
    BAD_CONVERSATION_ID: 90001,
    USER_NOT_FOUND: 20003,
  },
};

/** What a service answers for an error of ours. */
export function restErrorOf(service: RestServiceName, { name, code, message }: WireError): RestError {
  return { code: CODES[service][name] ?? code, message };
}

/** The code that a service has for an error that is told of one item by its number alone. */
export function itemCodeOf(service: RestServiceName, error: ErrorName, code: number): number {
  return CODES[service][error] ?? code;
}

export function restFailure({ code, message }: RestError): Body {
  return { ActionStatus: 'FAIL', ErrorInfo: message, ErrorCode: code };
}

export function restSuccess(body: Body): Body {
  return { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...body };
}
