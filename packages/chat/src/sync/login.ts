/** One login, from its call on. */
import type { KickType, WireError } from '@muster/protocol';
import { type ChatError, chatError, type LocalErrorName } from '../errors.ts';
import type { ChatResponse } from '../types/results.ts';
import type { LoginResult } from '../types/users.ts';

/** What several wait for: it opens once, or is refused once. After it has opened a refusal may follow. */
export class Gate {
  isOpen = false;
  /** What happened first. */
  readonly settled: Promise<void>;
  #refusal: Error | undefined;
  #settle!: { resolve: () => void; reject: (error: Error) => void };

  constructor() {
    this.settled = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody may be waiting when it is refused.
    this.settled.catch(() => {});
  }

  open(): void {
    this.isOpen = true;
    this.#settle.resolve();
  }

  refuse(error: Error): void {
    this.#refusal ??= error;
    this.#settle.reject(error);
  }

  /** Resolves for those who may go on: a handler of what opened the gate may have ended the login meanwhile. */
  async passed(): Promise<void> {
    await this.settled;
    if (this.#refusal) throw this.#refusal;
  }
}

export interface Login {
  readonly userID: string;
  userSig: string;
  sessionKey?: string;
  device?: number;
  /** Whether the login frame under way is proved by the session key. */
  isByKey: boolean;
  /** Opens when the server has taken the login, and when SDK_READY was raised. */
  readonly accepted: Gate;
  readonly ready: Gate;
  /** Why the server asked for more time. */
  refusal?: WireError;
  /** What every call of `login` gets until it is settled (US5). */
  promise?: Promise<ChatResponse<LoginResult>>;
}

export function newLogin(userID: string, userSig: string): Login {
  return { userID, userSig, isByKey: false, accepted: new Gate(), ready: new Gate() };
}

export function loggedIn(): ChatResponse<LoginResult> {
  return { code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } };
}

/** Why nobody is logged in, and what calls are told then (US4). */
const WHY_OUT = {
  NOT_LOGGED_IN: 'log in first',
  LOGIN_FAILED: 'the last login failed',
  LOGGED_OUT: 'the user has logged out',
  KICKED_BY_LOGIN: 'this device was ended by a login elsewhere',
  SESSION_EXPIRED: 'the userSig has expired: log in with a new one',
  KICKED_BY_ADMINISTRATOR: 'an administrator ended this login',
} as const satisfies { [Name in LocalErrorName]?: string };

export type OutReason = keyof typeof WHY_OUT;

export function outError(reason: OutReason, data?: { sent: boolean }): ChatError {
  return chatError(reason, WHY_OUT[reason], data);
}

/** What a kick leaves behind. */
export const KICKS = {
  multipleAccount: 'KICKED_BY_LOGIN',
  userSigExpired: 'SESSION_EXPIRED',
  REST_API_Kick: 'KICKED_BY_ADMINISTRATOR',
} as const satisfies Record<KickType, OutReason>;
