/**
 * Logging in, staying so over any number of connections, and what ends it (US4 to US6, US11).
 */
import type { KickType, LoginOutput, WireError } from '@muster/protocol';
import { createConnection } from '../connection/connection.ts';
import { EVENT } from '../constants/event.ts';
import type { Core } from '../core.ts';
import { ChatError, chatError } from '../errors.ts';
import * as LIMITS from '../limits.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import type { Raising } from '../raising.ts';
import type { ChatResponse } from '../types/results.ts';
import type { LoginResult } from '../types/users.ts';
import { KICKS, type Login, loggedIn, newLogin, type OutReason } from './login.ts';
import { loginInput, repeatedLoginInput } from './login-frame.ts';
import { createRequests, type Requests } from './requests.ts';

/** The login has a number of its own; those of requests begin at 1. */
const LOGIN_ID = 0;
const SESSION_ENDED = 70052;

export interface Session {
  readonly requests: Requests;
  /** Empty while nobody is logged in. */
  readonly userID: string;
  readonly isReady: boolean;
  /** This device's number, once the server has given it one. */
  readonly device: number | undefined;
  /** Whether the device hears of every change at once. */
  readonly isLive: boolean;
  readonly serverTime: number;
  /** Resolves when calls are served. `early` ones need not wait for SDK_READY. */
  served(early?: boolean): Promise<void>;
  start(userID: string, userSig: string): Promise<ChatResponse<LoginResult>>;
  /** Ends the login here, and tells the server if it can be reached. */
  logout(): Promise<void>;
  destroy(): Promise<void>;
  /** Tells the app what has changed: here, or in what the connection brought. */
  onMessageEnd(): void;
}

export function createSession(core: Core, raising: Raising): Session {
  const { around, events, mirror, SDKAppID } = core;
  let login: Login | undefined;
  let outReason: OutReason = 'NOT_LOGGED_IN';
  /** A logout under way: the connection still belongs to the old login. */
  let farewell: Promise<void> | undefined;
  let clockOffset = 0;
  let isSameDevice = false;
  let isDestroyed = false;

  const isWanted = () => login && !farewell;
  const stop = () => connection.dispatch({ name: 'stop' });
  const eventsOf = (own: Login) => events.during(() => login === own);
  const abandonRequests = () => requests.abandon((data) => chatError(outReason, undefined, data));
  const onMessageEnd = () => {
    if (login) raising.changes(eventsOf(login), session.isReady);
  };

  // Logging in.

  const sendLogin = (own: Login, isByKey: boolean) => {
    own.isByKey = isByKey;
    const input = loginInput(own, SDKAppID, mirror);
    connection.send(JSON.stringify({ id: LOGIN_ID, command: 'login', input }));
  };

  const becomeReady = (own: Login) => {
    if (login !== own) return;
    const told = eventsOf(own);
    raising.firstSight(told);
    own.ready.open();
    told.raise(EVENT.SDK_READY, undefined);
  };

  const onLoginAnswer = (own: Login, output: LoginOutput) => {
    const isFirst = !own.accepted.isOpen;
    const { device, sessionKey, resumed, serverTime, calls } = output;
    isSameDevice = resumed && device === own.device;
    Object.assign(own, { device, sessionKey, promise: undefined });
    clockOffset = serverTime - around.now();
    core.rate.limits = calls;
    mirror.applyLogin(output);
    own.accepted.open();
    connection.dispatch({ name: 'accepted' });
    // The promise of `login` resolves first; what follows comes in a later macrotask (US4).
    if (isFirst) around.after(0, () => becomeReady(own));
  };

  const onLoginRefused = (own: Login, error: WireError) => {
    const { retryable } = error;
    if (own.isByKey && !retryable) {
      // The key may end while the userSig lives, as the other way round.
      sendLogin(own, false);
      return;
    }
    own.refusal = error;
    connection.dispatch({ name: 'refused', final: !retryable });
    if (retryable) return;
    if (own.accepted.isOpen) kick(error.code === SESSION_ENDED ? 'REST_API_Kick' : 'userSigExpired');
    else fail(own, new ChatError(error));
  };

  const begin = (own: Login) => {
    login = own;
    mirror.reset(own.userID);
    const clearDeadline = around.after(LIMITS.callOffline_ms_max, () =>
      fail(
        own,
        own.refusal
          ? new ChatError(own.refusal)
          : chatError('NO_CONNECTION', 'login: no connection within 15 s', { sent: false }),
      ),
    );
    // A logout under way ends first, and another may come meanwhile.
    const start = () => login === own && connection.dispatch({ name: 'start' });
    if (farewell) void farewell.then(start);
    else start();
    own.promise = own.accepted.settled.finally(clearDeadline).then(loggedIn);
    return own.promise;
  };

  /** Puts a new userSig in the place of the old, if the server takes it (US5). */
  const renew = async (own: Login, userSig: string) => {
    const input = { ...repeatedLoginInput(own, SDKAppID), userSig };
    const { sessionKey } = (await requests.ask({ command: 'login', input })) as LoginOutput;
    Object.assign(own, { userSig, sessionKey });
    const { code, data } = loggedIn();
    return { code, data: { ...data, repeatLogin: true } };
  };

  // What ends a login.

  /** Calls that wait are told so, and what was known is forgotten. */
  const end = (reason: OutReason) => {
    const ended = login;
    login = undefined;
    outReason = reason;
    abandonRequests();
    ended?.accepted.refuse(chatError(reason));
    ended?.ready.refuse(chatError(reason));
    mirror.reset('');
  };

  const fail = (own: Login, error: ChatError) => {
    own.accepted.refuse(error);
    end('LOGIN_FAILED');
    stop();
  };

  const kick = (type: KickType) => {
    if (!login) return;
    end(KICKS[type]);
    stop();
    events.raise(EVENT.KICKED_OUT, { type });
    events.raise(EVENT.SDK_NOT_READY, undefined);
  };

  const sayFarewell = async () => {
    requests.resume(false);
    const answer = requests.ask({ command: 'logout', input: {} });
    const clearPatience = around.after(OWN_LIMITS.farewell_ms_max, abandonRequests);
    await answer.catch(() => {});
    clearPatience();
    farewell = undefined;
    stop();
  };

  const connection = createConnection(
    core.url,
    {
      login() {
        if (login) sendLogin(login, login.sessionKey !== undefined);
      },
      resume: () => requests.resume(isSameDevice),
      pause() {
        requests.pause();
        // A logout that is cut off is as good as answered.
        if (!isWanted()) abandonRequests();
      },
      ended() {
        // The server says why before it closes for good; when that was lost, most likely another login took the place.
        if (!farewell) kick('multipleAccount');
      },
      onNetState(state) {
        if (isWanted()) events.raise(EVENT.NET_STATE_CHANGE, { state });
      },
      onFrame(frame) {
        if ('id' in frame) {
          if (frame.id !== LOGIN_ID) requests.answer(frame);
          else if (!login) return;
          else if ('error' in frame) onLoginRefused(login, frame.error);
          else onLoginAnswer(login, frame.output as LoginOutput);
        } else if (isWanted() && 'event' in frame) {
          if (frame.event === 'kickedOut') kick(frame.type);
          else if (!mirror.apply(frame)) connection.dispatch({ name: 'broken' });
        }
      },
      onMessageEnd,
    },
    around,
    core.log,
  );
  const requests = createRequests(connection.send, around);
  const unwatchNetwork = around.watchNetwork(() => connection.dispatch({ name: 'networkChanged' }));

  const session: Session = {
    requests,
    onMessageEnd,
    get userID() {
      return login?.accepted.isOpen ? login.userID : '';
    },
    get isReady() {
      return login?.ready.isOpen ?? false;
    },
    get device() {
      return login?.device;
    },
    get isLive() {
      return !!isWanted() && connection.isOnline();
    },
    get serverTime() {
      return around.now() + clockOffset;
    },
    served(early) {
      if (!login) {
        // Told as an event too.
        const error = chatError(outReason);
        events.raise(EVENT.ERROR, error);
        throw error;
      }
      const gate = early ? login.accepted : login.ready;
      return gate.passed();
    },
    start(userID, userSig) {
      if (isDestroyed) throw chatError('LOGIN_FAILED', 'login: the instance is destroyed');
      if (!login) return begin(newLogin(userID, userSig));
      if (login.userID !== userID) throw chatError('REPEATED_LOGIN', `login: '${login.userID}' is logged in`);
      return login.promise ?? renew(login, userSig);
    },
    async logout() {
      const { isReady, isLive } = session;
      if (!login) return farewell;
      end('LOGGED_OUT');
      if (isLive) farewell = sayFarewell();
      else stop();
      if (isReady) events.raise(EVENT.SDK_NOT_READY, undefined);
      await farewell;
    },
    async destroy() {
      isDestroyed = true;
      unwatchNetwork();
      await session.logout();
    },
  };
  return session;
}
