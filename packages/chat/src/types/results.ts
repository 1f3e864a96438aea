/** What every call resolves with and rejects with. */
import type { Message } from './messages.ts';

/** The answer of a call that succeeded. `code` is always 0: failures reject. */
export interface ChatResponse<Data> {
  code: 0;
  data: Data;
}

/** The data of an answer that says nothing but "done". */
export type NoData = Record<string, never>;

/**
 * What a call rejects with (DL8). Everything but the stack is an own enumerable property, so that it survives
 * `JSON.stringify` and structured clones.
 *
 * Any call may give: 6017 an argument is missing or of the wrong type, and nothing was sent (DL10) · 2024 never
 * logged in, 3001 login failed, 3003 and 3006 kicked, 3004 userSig expired, 3005 logged out (US4) · 2801 no
 * connection or no answer in 15 s; `data.sent` says whether it may still apply (DL7) · 2998 not built (DI2).
 */
export interface ChatError extends Error {
  /** The number to compare; the reference lists them all. */
  code: number;
  /** The stable name of the code, such as `COUNTER_OVERFLOW`. */
  name: string;
  /** What was wrong, and with which argument. For people: it may change. */
  message: string;
  /** Whether the same call may succeed later, unchanged. */
  retryable: boolean;
  data: ChatErrorData;
}

export interface ChatErrorData {
  /**
   * With 2801: false when the call never left and never will; true when it left and no answer came, in which case
   * the SDK goes on sending it and it applies once at most (DL7).
   */
  sent?: boolean;
  /** With a rejected `sendMessage`: the message passed in, whose status is `'fail'` (DI5). */
  message?: Message;
  [detail: string]: unknown;
}

/** What every write takes besides its own options. */
export interface OperationOptions {
  /**
   * Names this write, in 1 to 64 bytes, so that the app's own retries count once: the same id again gives the
   * first answer and changes nothing, for 24 hours or the user's next 10,000 (DL2). The same id with another
   * content rejects 52002. Without it the SDK's own resending is exactly-once all the same.
   */
  operationID?: string;
}
