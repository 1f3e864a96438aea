/**
 * Logging in, staying so over any number of connections, and what ends it (US4 to US6, US11).
 */
import type {
  AnswerFrame,
  ErrorFrame,
  KickType,
  LoginOutput,
  ServerFrame,
  WireError,
} from '@muster/protocol';
import { Connection } from '../connection/connection.ts';
import type { NetState } from '../connection/transition.ts';
import { EVENT } from '../constants/event.ts';
import { ChatError, chatError } from '../errors.ts';
import type { Events, Raiser } from '../events.ts';
import * as LIMITS from '../limits.ts';
import type { Log } from '../log.ts';
import type { Mirror } from '../memory/mirror.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ChatResponse } from '../types/results.ts';
import type { LoginResult } from '../types/users.ts';
import type { CallRate } from './call-rate.ts';
import { KICKS, type Login, loggedIn, newLogin, type OutReason } from './login.ts';
import { loginInput, repeatedLoginInput } from './login-frame.ts';
import { createRequests, type Requests } from './requests.ts';

/** The login has a number of its own; those of requests begin at 1. */
const LOGIN_ID = 0;
const SESSION_ENDED = 70052;

/** What a session puts in motion. */
export interface SessionParts {
  url: string;
  SDKAppID: number;
  around: Surroundings;
  log: Log;
  events: Events;
  mirror: Mirror;
  rate: CallRate;
  /** Tells the app what has changed. */
  onChanges(events: Raiser, isReady: boolean): void;
  /** Tells the app what there is, for the first time. */
  onFirstSight(events: Raiser): void;
}

export class Session {
  readonly requests: Requests;
  readonly #connection: Connection;
  readonly #parts: SessionParts;
  readonly #unwatchNetwork: () => void;
  #login: Login | undefined;
  #outReason: OutReason = 'NOT_LOGGED_IN';
  /** A logout under way: the connection still belongs to the old login. */
  #farewell: Promise<void> | undefined;
  #clockOffset = 0;
  #isSameDevice = false;
  #isDestroyed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#connection = new Connection(parts.url, this, parts.around, parts.log);
    this.requests = createRequests((text) => this.#connection.send(text), parts.around);
    this.#unwatchNetwork = parts.around.watchNetwork(() =>
      this.#connection.dispatch({ name: 'networkChanged' }),
    );
  }

  get userID(): string {
    return this.#login?.accepted.isOpen ? this.#login.userID : '';
  }

  get isReady(): boolean {
    return this.#login?.ready.isOpen ?? false;
  }

  /** This device's number, once the server has given it one. */
  get device(): number | undefined {
    return this.#login?.device;
  }

  /** Whether the device hears of every change at once. */
  get isLive(): boolean {
    return this.#login !== undefined && !this.#farewell && this.#connection.isOnline;
  }

  get serverTime(): number {
    return this.#parts.around.now() + this.#clockOffset;
  }

  /** Resolves when calls are served, undefined when they are now. `early` ones need not wait for SDK_READY. */
  served(early = false): Promise<void> | undefined {
    if (!this.#login) throw this.#refusal();
    const gate = early ? this.#login.accepted : this.#login.ready;
    return gate.isOpen ? undefined : gate.passed();
  }

  /** Why calls are refused, told as an event too. */
  #refusal(): ChatError {
    const error = chatError(this.#outReason);
    this.#parts.events.raise(EVENT.ERROR, error);
    return error;
  }

  start(userID: string, userSig: string): Promise<ChatResponse<LoginResult>> {
    const login = this.#login;
    if (this.#isDestroyed)
      throw chatError('LOGIN_FAILED', 'login: the instance is destroyed, create another one');
    if (!login) return this.#begin(newLogin(userID, userSig));
    if (login.userID !== userID) {
      throw chatError('REPEATED_LOGIN', `login: '${login.userID}' is logged in, log out first`);
    }
    return login.promise ?? this.#renew(login, userSig);
  }

  /** Ends the login here, and tells the server if it can be reached. */
  async logout(): Promise<void> {
    const { isReady, isLive } = this;
    if (!this.#login) return this.#farewell;
    this.#end('LOGGED_OUT');
    if (isLive) this.#farewell = this.#sayFarewell();
    else this.#connection.dispatch({ name: 'stop' });
    if (isReady) this.#parts.events.raise(EVENT.SDK_NOT_READY, undefined);
    await this.#farewell;
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#unwatchNetwork();
    await this.logout();
  }

  // What the connection tells.

  onLoginDue(): void {
    const login = this.#login;
    if (login) this.#sendLogin(login, login.sessionKey !== undefined);
  }

  onResume(): void {
    this.requests.resume(this.#isSameDevice);
  }

  onPause(): void {
    this.requests.pause();
    // A logout that is cut off is as good as answered.
    if (!this.#login || this.#farewell) this.#abandonRequests();
  }

  onNetState(state: NetState): void {
    if (this.#login && !this.#farewell) this.#parts.events.raise(EVENT.NET_STATE_CHANGE, { state });
  }

  onFrame(frame: ServerFrame): void {
    if ('id' in frame) {
      if (frame.id === LOGIN_ID) this.#onLoginAnswer(frame);
      else this.requests.answer(frame);
    } else if (this.#login && !this.#farewell && 'event' in frame) {
      if (frame.event === 'kickedOut') this.#kick(frame.type);
      else if (!this.#parts.mirror.apply(frame)) this.#connection.dispatch({ name: 'broken' });
    }
  }

  /** Tells the app what has changed: here, or in what the connection brought. */
  onMessageEnd(): void {
    if (this.#login) this.#parts.onChanges(this.#eventsOf(this.#login), this.isReady);
  }

  onEnded(): void {
    // The server says why before it closes for good; when that was lost, most likely another login took the place.
    if (!this.#farewell) this.#kick('multipleAccount');
  }

  // Logging in.

  #begin(login: Login): Promise<ChatResponse<LoginResult>> {
    this.#login = login;
    this.#parts.mirror.reset(login.userID);
    const clearDeadline = this.#parts.around.after(LIMITS.callOffline_ms_max, () => this.#giveUp(login));
    // A logout under way ends first, and another may come meanwhile.
    const start = () => this.#login === login && this.#connection.dispatch({ name: 'start' });
    if (this.#farewell) void this.#farewell.then(start);
    else start();
    login.promise = login.accepted.settled.finally(clearDeadline).then(loggedIn);
    return login.promise;
  }

  /** Puts a new userSig in the place of the old, if the server takes it (US5). */
  async #renew(login: Login, userSig: string): Promise<ChatResponse<LoginResult>> {
    const input = { ...repeatedLoginInput(login, this.#parts.SDKAppID), userSig };
    const output = (await this.requests.ask({ command: 'login', input, isWrite: false })) as LoginOutput;
    login.userSig = userSig;
    login.sessionKey = output.sessionKey;
    const { code, data } = loggedIn();
    return { code, data: { ...data, repeatLogin: true } };
  }

  #sendLogin(login: Login, isByKey: boolean): void {
    login.isByKey = isByKey;
    const input = loginInput(login, this.#parts.SDKAppID, this.#parts.mirror);
    this.#connection.send(JSON.stringify({ id: LOGIN_ID, command: 'login', input }));
  }

  #onLoginAnswer(frame: AnswerFrame | ErrorFrame): void {
    const login = this.#login;
    if (!login) return;
    if ('error' in frame) this.#onLoginRefused(login, frame.error);
    else this.#onLoginAccepted(login, frame.output as LoginOutput);
  }

  #onLoginRefused(login: Login, error: WireError): void {
    if (login.isByKey && !error.retryable) {
      // The key may end while the userSig lives, as the other way round.
      this.#sendLogin(login, false);
      return;
    }
    login.refusal = error;
    this.#connection.dispatch({ name: 'refused', final: !error.retryable });
    if (error.retryable) return;
    if (login.accepted.isOpen) this.#kick(error.code === SESSION_ENDED ? 'REST_API_Kick' : 'userSigExpired');
    else this.#fail(login, new ChatError(error));
  }

  #onLoginAccepted(login: Login, output: LoginOutput): void {
    const isFirst = !login.accepted.isOpen;
    this.#isSameDevice = output.resumed && output.device === login.device;
    login.device = output.device;
    login.sessionKey = output.sessionKey;
    delete login.promise;
    this.#clockOffset = output.serverTime - this.#parts.around.now();
    this.#parts.rate.limits = output.calls;
    this.#parts.mirror.applyLogin(output);
    login.accepted.open();
    this.#connection.dispatch({ name: 'accepted' });
    // The promise of `login` resolves first; what follows comes in a later macrotask (US4).
    if (isFirst) this.#parts.around.after(0, () => this.#becomeReady(login));
  }

  #becomeReady(login: Login): void {
    if (this.#login !== login) return;
    const events = this.#eventsOf(login);
    this.#parts.onFirstSight(events);
    login.ready.open();
    events.raise(EVENT.SDK_READY, undefined);
  }

  #eventsOf(login: Login): Raiser {
    return this.#parts.events.during(() => this.#login === login);
  }

  #giveUp(login: Login): void {
    const message = 'login: no connection or no answer within 15 s';
    const refusal = login.refusal && new ChatError(login.refusal);
    this.#fail(login, refusal ?? chatError('NO_CONNECTION', message, { sent: false }));
  }

  // What ends a login.

  #fail(login: Login, error: ChatError): void {
    login.accepted.refuse(error);
    this.#end('LOGIN_FAILED');
    this.#connection.dispatch({ name: 'stop' });
  }

  #kick(type: KickType): void {
    if (!this.#login) return;
    this.#end(KICKS[type]);
    this.#connection.dispatch({ name: 'stop' });
    this.#parts.events.raise(EVENT.KICKED_OUT, { type });
    this.#parts.events.raise(EVENT.SDK_NOT_READY, undefined);
  }

  /** Calls that wait are told so, and what was known is forgotten. */
  #end(reason: OutReason): void {
    const login = this.#login;
    this.#login = undefined;
    this.#outReason = reason;
    this.#abandonRequests();
    login?.accepted.refuse(chatError(reason));
    login?.ready.refuse(chatError(reason));
    this.#parts.mirror.reset('');
  }

  #abandonRequests(): void {
    this.requests.abandon((data) => chatError(this.#outReason, undefined, data));
  }

  async #sayFarewell(): Promise<void> {
    this.requests.resume(false);
    const answer = this.requests.ask({ command: 'logout', input: {}, isWrite: false });
    const clearPatience = this.#parts.around.after(OWN_LIMITS.farewell_ms_max, () => this.#abandonRequests());
    await answer.catch(() => {});
    clearPatience();
    this.#farewell = undefined;
    this.#connection.dispatch({ name: 'stop' });
  }
}
