/** One login, from its call on. */
import type { KickType, WireError } from '@muster/protocol';
import type { LocalErrorName } from '../errors.ts';
import type { ChatResponse } from '../types/results.ts';
import type { LoginResult } from '../types/users.ts';

/** What several wait for: it opens once, or is refused once. After it has opened a refusal may follow. */
export interface Gate {
  isOpen: boolean;
  /** What happened first. */
  settled: Promise<void>;
  open(): void;
  refuse(error: Error): void;
  /** Resolves for those who may go on: a handler of what opened the gate may have ended the login meanwhile. */
  passed(): Promise<void>;
}

function createGate(): Gate {
  const { promise: settled, resolve, reject } = Promise.withResolvers<void>();
  let refusal: Error | undefined;
  // Nobody may be waiting when it is refused.
  settled.catch(() => {});
  const gate = {
    isOpen: false,
    settled,
    open() {
      gate.isOpen = true;
      resolve();
    },
    refuse(error: Error) {
      refusal ??= error;
      reject(error);
    },
    async passed() {
      await settled;
      if (refusal) throw refusal;
    },
  };
  return gate;
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
  promise?: Promise<ChatResponse<LoginResult>> | undefined;
}

export function newLogin(userID: string, userSig: string): Login {
  return { userID, userSig, isByKey: false, accepted: createGate(), ready: createGate() };
}

export function loggedIn(): ChatResponse<LoginResult> {
  return { code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } };
}

/** Why nobody is logged in: what calls are told then (US4). */
export type OutReason = Extract<
  LocalErrorName,
  | 'NOT_LOGGED_IN'
  | 'LOGIN_FAILED'
  | 'LOGGED_OUT'
  | 'KICKED_BY_LOGIN'
  | 'SESSION_EXPIRED'
  | 'KICKED_BY_ADMINISTRATOR'
>;

/** What a kick leaves behind. */
export const KICKS = {
  multipleAccount: 'KICKED_BY_LOGIN',
  userSigExpired: 'SESSION_EXPIRED',
  REST_API_Kick: 'KICKED_BY_ADMINISTRATOR',
} as const satisfies Record<KickType, OutReason>;
