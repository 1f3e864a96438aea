/** One WebSocket: its frames in, its outbox out, and the session once it has logged in. */
import type { Duplex } from 'node:stream';
import {
  CLOSE_CODES,
  type CloseReason,
  type LoginInput,
  limit,
  type RequestFrame,
  wireError,
} from '@muster/protocol';
import type { WebSocket } from 'ws';
import type { App } from '../app.ts';
import { Outbox, type Wire } from '../delivery/outbox.ts';
import { type Answer, dispatch } from '../dispatch.ts';
import { type LoginResult, type LoginSeat, login, loseConnection } from '../sessions/login.ts';
import { logout } from '../sessions/logout.ts';
import type { Session } from '../sessions/session.ts';
import { inputFault } from '../validators.ts';
import { type ReadFrame, readFrames } from './client-frames.ts';
import type { Connection } from './connection.ts';
import { sharedMessage, textMessage } from './text-message.ts';

const PING_MS = 25_000;
const CLOSING_MS = 2_000;
const BEFORE_LOGIN_BYTES_MAX = limit('frameBeforeLogin_bytes_max');
const REQUESTS_IN_FLIGHT_MAX = limit('requestsInFlight_perConnection_max');

/** The answer of a request; that of a login says besides how to begin to listen. */
type Carried = Answer | (LoginResult & { ok: true });

export class SocketConnection implements LoginSeat, Connection {
  readonly outbox: Outbox;
  session: Session | undefined;
  private readonly app: App;
  private readonly socket: WebSocket;
  private readonly stream: Duplex;
  private readonly openedAt: number;
  private inFlight = 0;
  private heardAt: number;
  private loggingIn = false;

  /** `stream` is what the socket stands on: whole messages are written to it, between those that `ws` writes. */
  constructor(app: App, socket: WebSocket, stream: Duplex) {
    this.app = app;
    this.socket = socket;
    this.stream = stream;
    this.openedAt = app.now();
    this.heardAt = this.openedAt;
    this.outbox = new Outbox(this.wire(), app.delivery.flusher, app.now);
    socket.on('pong', () => this.hear());
  }

  get requestsInFlight(): number {
    return this.inFlight;
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Takes a message. What comes while the connection is closing is too late: its session may have ended (US11). */
  receive(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return;
    this.hear();
    const frames = isBinary ? undefined : readFrames(data.toString());
    const isLarge = data.length > BEFORE_LOGIN_BYTES_MAX;
    if (!frames) this.outbox.close('malformed');
    else if (isLarge && !this.session && !this.isByKey(frames)) this.outbox.close('tooLarge');
    else this.takeAll(frames);
  }

  /** A socket error is followed by its closing; only what the reader did not understand deserves a line. */
  fail(cause: Error): void {
    this.app.log.debug({ err: cause }, 'a connection failed');
  }

  gone(): void {
    this.outbox.stop();
    if (this.session) loseConnection(this.app, this.session);
    this.session = undefined;
  }

  /** Looks after what time alone brings about; called about once a second. */
  sweep(): void {
    const now = this.app.now();
    this.outbox.sweep();
    const silentMs = now - this.heardAt;
    if (!this.session && now - this.openedAt > limit('loginTime_ms_max')) this.outbox.close('noLogin');
    else if (silentMs > PING_MS + limit('markAnswer_ms_max')) this.outbox.close('tooSlow');
    else if (silentMs > PING_MS) this.socket.ping();
  }

  /** Whether it is a login that a genuine session key proves: such a frame counts as logged in (SE1). */
  private isByKey(frames: readonly ReadFrame[]): boolean {
    const [only] = frames;
    if (frames.length !== 1 || only?.kind !== 'request' || only.request.command !== 'login') return false;
    const { userID, sessionKey } = only.request.input as Record<string, unknown>;
    if (typeof userID !== 'string' || typeof sessionKey !== 'string') return false;
    return this.app.keys.verify(sessionKey, userID) !== undefined;
  }

  private hear(): void {
    this.heardAt = this.app.now();
  }

  private takeAll(frames: readonly ReadFrame[]): void {
    for (const frame of frames) {
      this.take(frame);
      if (!this.isOpen) return;
    }
  }

  private take(frame: ReadFrame): void {
    if (frame.kind === 'request') this.request(frame.request);
    else if (frame.kind === 'mark') this.outbox.markAnswered(frame.mark);
    else if (frame.kind === 'ping') this.outbox.push({ pong: frame.ping });
    else if (frame.id === undefined) this.outbox.close('malformed');
    else this.outbox.push({ id: frame.id, error: wireError('MALFORMED_REQUEST', frame.fault) });
  }

  private request(request: RequestFrame): void {
    if (this.inFlight >= REQUESTS_IN_FLIGHT_MAX) {
      const message = `More than ${this.inFlight} requests of this connection wait for their answers.`;
      this.answer(request.id, { ok: false, error: wireError('TOO_FREQUENT', message) });
      return;
    }
    this.inFlight += 1;
    void this.begun(request).then(
      (answer) => this.settle(request.id, answer),
      (cause) => this.settle(request.id, this.fault(cause)),
    );
  }

  /** What is thrown before anything is waited for is a fault like any other. */
  private begun(request: RequestFrame): Promise<Carried> {
    try {
      return this.carryOut(request);
    } catch (cause) {
      return Promise.reject(cause);
    }
  }

  private settle(id: number, answer: Carried): void {
    this.inFlight -= 1;
    try {
      this.answer(id, answer);
      if ('listen' in answer) this.begin(answer.listen);
    } catch (cause) {
      this.answer(id, this.fault(cause));
    }
  }

  /** No fault outside of a handler may end the process, and none leaves a request without its answer (SE2). */
  private fault(cause: unknown): Answer {
    this.app.log.error({ err: cause }, 'a request failed outside of its handler');
    return { ok: false, error: wireError('INTERNAL') };
  }

  /** The login is answered: from here on the queue has its bound, and what happens is told. */
  private begin(listen: (() => void) | undefined): void {
    this.outbox.letThrough(false);
    if (this.isOpen) listen?.();
  }

  private answer(id: number, answer: Answer): void {
    if (answer.ok) this.outbox.pushText(`{"id":${id},"output":${JSON.stringify(answer.output)}}`);
    else this.outbox.push({ id, error: answer.error });
  }

  private carryOut(request: RequestFrame): Promise<Carried> {
    if (request.command === 'login') return this.logIn(request.input);
    const { session } = this;
    if (!session) return Promise.resolve({ ok: false, error: wireError('NOT_LOGGED_IN') });
    if (request.command === 'logout') return this.logOut(session);
    const { command, input, operation, operationID } = request;
    const { userID, isAdministrator, rate } = session;
    // Named one by one: a copy of the request would be made for each.
    return dispatch(this.app, {
      command,
      input,
      operation,
      operationID,
      userID,
      isAdministrator,
      isForeign: false,
      session,
      rate,
    });
  }

  private async logIn(input: unknown): Promise<Carried> {
    const fault = inputFault('login', input);
    if (fault) return { ok: false, error: wireError('INVALID_ARGUMENT', fault) };
    if (this.loggingIn) return { ok: false, error: wireError('REPEATED_LOGIN', 'A login is pending.') };
    this.loggingIn = true;
    if (!this.session) this.outbox.letThrough(true);
    try {
      const result = await login(this.app, this, input as LoginInput);
      this.app.metrics[result.ok ? 'operations' : 'refusals'].inc(
        result.ok ? { command: 'login' } : { command: 'login', error: result.error },
      );
      if (result.ok) return result;
      this.outbox.letThrough(false);
      return { ok: false, error: wireError(result.error, result.message) };
    } catch (cause) {
      this.outbox.letThrough(false);
      this.app.log.error({ err: cause }, 'a login failed');
      this.app.metrics.refusals.inc({ command: 'login', error: 'INTERNAL' });
      return { ok: false, error: wireError('INTERNAL') };
    } finally {
      this.loggingIn = false;
    }
  }

  private async logOut(session: Session): Promise<Answer> {
    this.session = undefined;
    try {
      await logout(this.app, session);
      this.app.metrics.operations.inc({ command: 'logout' });
      return { ok: true, output: {} };
    } catch (cause) {
      this.app.log.error({ err: cause }, 'a logout failed');
      this.app.metrics.refusals.inc({ command: 'logout', error: 'INTERNAL' });
      return { ok: false, error: wireError('INTERNAL') };
    }
  }

  private wire(): Wire {
    const { socket, stream, app } = this;
    return {
      send: (data) => {
        if (socket.readyState !== socket.OPEN) return;
        stream.write(typeof data === 'string' ? textMessage(data) : sharedMessage(data));
      },
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      close: (reason: CloseReason) => {
        app.metrics.closed.inc({ reason });
        socket.close(CLOSE_CODES[reason].code, reason);
        // A device that reads nothing never answers the closing: it is not waited for.
        setTimeout(() => socket.terminate(), CLOSING_MS).unref();
      },
      terminate: () => socket.terminate(),
    };
  }
}
