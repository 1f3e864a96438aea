/**
 * One socket of the original SDK. Its requests are proven one by one by `a2`: after a broken connection the client
 * sends what has no answer before it logs in again, so that any such request brings its session back.
 */
import { CLOSE_CODES, type CloseReason, limit, type WireError, wireError } from '@muster/protocol';
import {
  answerText,
  type Body,
  countedName,
  emptyMemory,
  errorBody,
  markOf,
  type PushReader,
  readWireRequest,
  type WireHead,
  type WireMemory,
  type WireRequest,
} from '@muster/tencent';
import type { WebSocket } from 'ws';
import type { App } from '../../app.ts';
import { Outbox, type Wire } from '../../delivery/outbox.ts';
import { loseConnection } from '../../sessions/login.ts';
import { logout } from '../../sessions/logout.ts';
import type { Session } from '../../sessions/session.ts';
import type { Connection } from '../connection.ts';
import { ClientStanding } from './client-standing.ts';
import { type Departures, type Standing, standingOf } from './departures.ts';
import type { TencentLanguage } from './tencent-language.ts';
import { type Entered, enter, loginBody, proven, type TencentSeat } from './tencent-login.ts';
import { tencentSpeech } from './tencent-speech.ts';
import { translateRequest } from './translate-request.ts';
import { Viewer } from './viewer.ts';
import { writesOf } from './write-names.ts';

const PING_MS = 25_000;
const CLOSING_MS = 2_000;
const BEFORE_LOGIN_BYTES_MAX = limit('frameBeforeLogin_bytes_max');
const REQUESTS_IN_FLIGHT_MAX = limit('requestsInFlight_perConnection_max');
/** After these the client goes on with its connection, to say goodbye or to log in anew. */
const STAYS_OPEN: ReadonlySet<CloseReason> = new Set(['kickedOut', 'loggedOut']);

/** The body of an answer; that of a login says besides how to begin to listen. */
interface Answered {
  body: Body;
  afterwards?: () => void;
}

export class TencentConnection implements Connection, TencentSeat {
  outbox: Outbox;
  session: Session | undefined;
  a2 = '';
  /** What proved a session that has ended: what its client still sends must not bring it back. */
  private endedA2 = '';
  readonly departures: Departures;
  memory: WireMemory = emptyMemory();
  reader: TencentSeat['reader'];
  private readonly client = new ClientStanding(
    () => this.session && standingOf(this.session, this.app.storage.epoch),
  );
  private readonly app: App;
  private readonly socket: WebSocket;
  private readonly language: TencentLanguage;
  private readonly viewer: Viewer | undefined;
  /** Since when it has no session. */
  private waitsSince: number;
  private inFlight = 0;
  private heardAt: number;
  private entering: { proof: string; entered: Promise<Entered> } | undefined;

  constructor(app: App, socket: WebSocket, language: TencentLanguage) {
    this.app = app;
    this.socket = socket;
    this.language = language;
    this.departures = language.departures;
    this.viewer = language.watchedRooms && new Viewer(app, language.watchedRooms);
    this.waitsSince = app.now();
    this.heardAt = this.waitsSince;
    this.outbox = this.freshOutbox();
    socket.on('pong', () => this.hear());
  }

  get requestsInFlight(): number {
    return this.inFlight;
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  receive(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return;
    this.hear();
    const request = isBinary === this.language.isBinary ? readWireRequest(data.toString()) : undefined;
    if (!request) this.outbox.close('malformed');
    // A frame that a key of ours proves counts as logged in (SE1).
    else if (data.length > BEFORE_LOGIN_BYTES_MAX && !this.session && !proven(this.app, request.head))
      this.outbox.close('tooLarge');
    else this.take(request);
  }

  fail(cause: Error): void {
    this.app.log.debug({ err: cause }, 'a connection failed');
  }

  gone(): void {
    this.outbox.stop();
    this.viewer?.gone();
    const { session } = this;
    if (!session) return;
    this.departures.leave(session.device, this.client.now, this.app.now());
    loseConnection(this.app, session);
    this.session = undefined;
  }

  sweep(): void {
    const now = this.app.now();
    this.outbox.sweep();
    const silentMs = now - this.heardAt;
    const idleSince = Math.max(this.waitsSince, this.viewer?.watchedAt ?? 0);
    if (!this.session && now - idleSince > limit('foreignLoginTime_ms_max')) this.outbox.close('noLogin');
    else if (silentMs > PING_MS + limit('markAnswer_ms_max')) this.outbox.close('tooSlow');
    else if (silentMs > PING_MS) this.socket.ping();
  }

  private hear(): void {
    this.heardAt = this.app.now();
  }

  private take(request: WireRequest): void {
    const { head, body } = request;
    if (head.servcmd === 'openim.ws_msg_push_ack') {
      const mark = markOf(body);
      this.client.answered(mark);
      this.outbox.markAnswered(mark);
      if (this.session) writesOf(this.session).read(-mark);
      return;
    }
    if (this.viewer?.takes(head)) {
      void this.viewer.answer(request).then((answer) => this.answer(head, answer));
      return;
    }
    if (this.inFlight >= REQUESTS_IN_FLIGHT_MAX) {
      const message = `More than ${this.inFlight} requests of this connection wait for their answers.`;
      this.answer(head, errorBody(wireError('TOO_FREQUENT', message)));
      return;
    }
    this.inFlight += 1;
    const settled = this.begun(request).finally(() => {
      this.inFlight -= 1;
    });
    // What an answer brings about may fail, too: no fault may end the process (SE2).
    settled
      .then(({ body, afterwards }) => {
        this.answer(head, body);
        if (this.isOpen) afterwards?.();
      })
      .catch((cause) => {
        this.app.log.error({ err: cause }, 'a request failed outside of its handler');
        this.answer(head, errorBody(wireError('INTERNAL')));
      });
  }

  listens(stood: Standing | undefined): void {
    this.client.begin(stood);
    if (stood) this.outbox.askForMark();
    if (this.session) this.departures.arrive(this.session.device, this.client.now);
  }

  private answer(head: WireHead, body: Body): void {
    this.outbox.pushAnswer(answerText(head, body));
  }

  private async begun(request: WireRequest): Promise<Answered> {
    const { head, fault } = request;
    if (fault !== undefined) return refused(wireError('MALFORMED_REQUEST', fault));
    switch (head.servcmd) {
      case 'heartbeat.alive':
        return { body: {} };
      case 'im_open_status.wslogin':
        return this.logIn(head);
      case 'im_open_status.wslogout':
        return this.logOut(head);
      case 'im_open_status.wshello': {
        const fault = await this.bind(head);
        return fault ? refused(fault) : { body: {} };
      }
      default:
        return this.translated(request);
    }
  }

  private async translated(request: WireRequest): Promise<Answered> {
    const { head } = request;
    const translation = this.language.commands.get(head.servcmd);
    if (!translation) {
      const command = countedName(head.servcmd);
      this.app.metrics.refusals.inc({ command, error: 'UNKNOWN_COMMAND' });
      return refused(wireError('UNKNOWN_COMMAND', `There is no command ${JSON.stringify(head.servcmd)}.`));
    }
    // What clients report of themselves comes without any proof.
    if (head.servcmd.startsWith('imopenstat.')) return { body: {} };
    const fault = await this.bind(head);
    const { session } = this;
    if (fault || !session) return refused(fault ?? wireError('NOT_LOGGED_IN'));
    return { body: await translateRequest(this.app, { session, memory: this.memory }, translation, request) };
  }

  private async logIn(head: WireHead): Promise<Answered> {
    const entered = await this.enterAs(head);
    if (!entered.ok) return refused(entered.error);
    const { output, afterwards } = entered;
    // With every login the client numbers the changes of attributes anew.
    this.memory.attributeSeqs.clear();
    return { body: loginBody(this, output), afterwards };
  }

  private async logOut(head: WireHead): Promise<Answered> {
    await this.bind(head);
    const { session } = this;
    // Who was ended already says goodbye too.
    if (!session) return { body: {} };
    this.leaveSession();
    await logout(this.app, session);
    this.app.metrics.operations.inc({ command: 'logout' });
    return { body: {} };
  }

  /** Makes the session of a request that of this connection, or says why it cannot be. */
  private async bind(head: WireHead): Promise<WireError | undefined> {
    if (head.a2 === '' || head.a2 === this.endedA2) return wireError('NOT_LOGGED_IN');
    if (!this.session) {
      const entered = await this.enterAs(head);
      if (!entered.ok) return entered.error;
      entered.afterwards();
    }
    return head.a2 === this.a2 ? undefined : wireError('NOT_LOGGED_IN');
  }

  /** One login at a time: requests with one proof bring a session back once, and others wait for them. */
  private async enterAs(head: WireHead): Promise<Entered> {
    const proof = JSON.stringify([head.a2, head.identifier, head.usersig]);
    while (this.entering) {
      if (this.entering.proof === proof) return this.entering.entered;
      await this.entering.entered.catch(() => undefined);
    }
    const entered = enter(this.app, this, head).finally(() => {
      this.entering = undefined;
    });
    this.entering = { proof, entered };
    return entered;
  }

  private freshOutbox(): Outbox {
    const { app } = this;
    const reader = (): PushReader | undefined => {
      const { reader, memory } = this;
      return reader && { ...reader, now: app.now(), memory };
    };
    const speech = tencentSpeech(reader, (mark) => this.client.ask(mark));
    return new Outbox(this.wire(), app.delivery.flusher, app.now, speech);
  }

  private wire(): Wire {
    const { socket, language } = this;
    return {
      send: (data) => {
        if (socket.readyState === socket.OPEN) socket.send(data, { binary: language.isBinary });
      },
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      close: (reason: CloseReason) => this.close(reason),
      terminate: () => socket.terminate(),
    };
  }

  /** The session has ended for good, and the connection goes on without one. */
  private leaveSession(): void {
    if (this.session) this.departures.forget(this.session.device);
    this.session = undefined;
    this.reader = undefined;
    this.endedA2 = this.a2;
    this.a2 = '';
    this.waitsSince = this.app.now();
  }

  private close(reason: CloseReason): void {
    if (STAYS_OPEN.has(reason)) {
      this.leaveSession();
      this.outbox = this.freshOutbox();
      return;
    }
    this.app.metrics.closed.inc({ reason });
    this.socket.close(CLOSE_CODES[reason].code, reason);
    // A device that reads nothing never answers the closing: it is not waited for.
    setTimeout(() => this.socket.terminate(), CLOSING_MS).unref();
  }
}

const refused = (error: WireError): Answered => ({ body: errorBody(error) });
