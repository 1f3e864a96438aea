/** Logging a device in, bringing one back, and ending it (US2 to US6, US11). */
import { type Refusal, refuse, refuseEndedLogin } from '@muster/domain';
import {
  type LoginInput,
  type LoginOutput,
  limit,
  PROTOCOL_VERSION,
  userIDFault,
  userScope,
} from '@muster/protocol';
import { verifyUserSig } from '@muster/tencent';
import type { App } from '../app.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { leaveRoomInMemory } from '../room-tips.ts';
import { catchUp } from './catch-up.ts';
import type { Mirror } from './mirror.ts';
import { Session } from './session.ts';
import type { Attempt } from './session-registry.ts';

/** A connection as a login sees it. */
export interface LoginSeat {
  readonly outbox: Outbox;
  readonly isOpen: boolean;
  session: Session | undefined;
}

const CONNECTION_GONE = 'The connection was closed, or the device has a newer one.';

/** `listen` is called once the answer is queued: what the device is told from then on continues what it says. */
export type LoginResult = { ok: true; output: LoginOutput; listen?: () => void } | Refusal;

export async function login(app: App, seat: LoginSeat, input: LoginInput): Promise<LoginResult> {
  const attempt = app.sessions.attempt(input.userID);
  try {
    const fault = await proofFault(app, input);
    if (fault) return fault;
    if (seat.session) return repeatLogin(app, seat.session, input);
    if (!(await app.admission.enter())) return refuse('OVERLOADED');
    try {
      return await begin(app, { seat, attempt }, input);
    } finally {
      app.admission.leave();
    }
  } finally {
    attempt.settle();
  }
}

/** Why the proof that the login brings does not hold, or undefined. */
async function proofFault(app: App, input: LoginInput): Promise<Refusal | undefined> {
  if (input.protocol !== PROTOCOL_VERSION) {
    const message = `The server speaks version ${PROTOCOL_VERSION} of the protocol, the client ${input.protocol}.`;
    return refuse('PROTOCOL_VERSION', message);
  }
  if (input.SDKAppID !== app.settings.SDKAppID) {
    const message = `The server serves the SDKAppID ${app.settings.SDKAppID}, not ${input.SDKAppID}.`;
    return refuse('USERSIG_OTHER_APP', message);
  }
  const malformed = userIDFault(input.userID);
  if (malformed) return refuse('INVALID_ARGUMENT', `login: the argument "userID" ${malformed}`);
  if (input.sessionKey !== undefined) return sessionKeyFault(app, input.userID, input.sessionKey);
  return userSigFault(app, input.userID, input.userSig ?? '');
}

/** Why a userSig does not prove the user, or undefined (US2, US11). */
export async function userSigFault(app: App, userID: string, userSig: string): Promise<Refusal | undefined> {
  const { SDKAppID, secretKey } = app.settings;
  const verdict = verifyUserSig(userSig, { SDKAppID, secretKey, userID, now: app.now() });
  if (!verdict.ok) return refuse(verdict.error);
  return refuseEndedLogin(await app.storage.users.signaturesFrom(userID), verdict.issuedAt);
}

async function sessionKeyFault(app: App, userID: string, sessionKey: string): Promise<Refusal | undefined> {
  const device = app.keys.verify(sessionKey, userID);
  if (device === undefined || (await app.storage.devices.owner(device)) !== userID)
    return refuse('SESSION_ENDED');
  return undefined;
}

/** A login of the same user on a connection that is logged in only replaces the userSig (US5). */
function repeatLogin(app: App, session: Session, input: LoginInput): LoginResult {
  if (session.userID !== input.userID) return refuse('REPEATED_LOGIN');
  return {
    ok: true,
    output: outputOf(app, session, { seq: session.log?.sent ?? 0, resumed: true, snapshot: null }),
  };
}

interface Beginning {
  seat: LoginSeat;
  attempt: Attempt;
}

async function begin(app: App, { seat, attempt }: Beginning, input: LoginInput): Promise<LoginResult> {
  // Whoever gave up while he stood in line comes again, and is then worth the work.
  if (!seat.isOpen) return refuse('NOT_LOGGED_IN', CONNECTION_GONE);
  const { userID } = input;
  const asked = input.device === undefined ? {} : { device: input.device };
  const started = await app.storage.devices.login({ userID, ...asked, now: app.now() });
  const isAdministrator = app.settings.administrators.has(userID);
  const session = new Session(
    { ...started, userID, isAdministrator, rate: app.sessions.rateOf(started.device) },
    seat.outbox,
    app.delivery,
  );
  const returning = { userID, device: session.device, input, outbox: seat.outbox };
  const { mirror, snapshot } = await catchUp(app, returning);
  if (attempt.ended) {
    await endDevice(app, session);
    return refuse('SESSION_ENDED');
  }
  if (!seat.isOpen || app.sessions.isOutdated(session)) {
    return refuse('NOT_LOGGED_IN', CONNECTION_GONE);
  }
  seat.session = session;
  enter(app, session);
  const output = outputOf(app, session, { seq: mirror.user.seq, resumed: started.resumed, snapshot });
  return { ok: true, output, listen: () => listen(app, session, mirror) };
}

/** Makes a session known: it can be ended from here on, and what it replaces ends. */
function enter(app: App, session: Session): void {
  const { replaced, oneTooMany } = app.sessions.add(session);
  replaced?.end('replaced');
  if (oneTooMany) {
    oneTooMany.kick('multipleAccount');
    void endDevice(app, oneTooMany).catch((cause) =>
      app.log.error({ err: cause }, 'a device could not be ended'),
    );
  }
  app.rooms.back(session.device);
}

/** Lets a session be told what happens. */
function listen(app: App, session: Session, mirror: Mirror): void {
  const left = leftSince(app, mirror);
  for (const [views, isRoom] of [
    [mirror.groups, false],
    [mirror.rooms, true],
  ] as const) {
    for (const view of views) {
      const { seq, countersVersion, profile } = view;
      if (left.has(profile.groupID)) continue;
      session.subscribeGroup({ groupID: profile.groupID, seq, countersVersion }, isRoom);
    }
  }
  session.subscribeUser(mirror.user.seq);
  if (!app.delivery.followSince(session, mirror.user.seq)) session.end('tooSlow');
}

/** Groups that the user has left since the state was read: of what followed there he is told nothing. */
function leftSince(app: App, { user }: Mirror): Set<string> {
  const events = app.delivery.log.eventsSince(userScope(user.userID), user.seq) ?? [];
  return new Set(events.flatMap((event) => (event.name === 'groupLeft' ? [event.groupID] : [])));
}

function outputOf(
  app: App,
  session: Session,
  state: Pick<LoginOutput, 'seq' | 'resumed' | 'snapshot'>,
): LoginOutput {
  return {
    device: session.device,
    sessionKey: app.keys.issue(session.userID, session.device),
    serverTime: app.now(),
    epoch: app.storage.epoch,
    calls: app.settings.callLimits
      ? {
          counterWrites: limit('counterWrites_perWindow_max'),
          counterReads: limit('counterReads_perWindow_max'),
          window: limit('counterWindow_ms'),
        }
      : null,
    ...state,
  };
}

/** Forgets a device for good: its key, its operations, its places in AVChatRooms. */
export async function endDevice(app: App, session: Session): Promise<void> {
  for (const groupID of await app.storage.devices.logout(session.device))
    leaveRoomInMemory(app, groupID, session.device);
}

/** Ends what is connected of a user after his logins were ended in the storage (US11). */
export function kickSessions(app: App, userID: string): void {
  app.sessions.endAttempts(userID);
  for (const session of [...app.sessions.ofUser(userID)]) {
    app.sessions.remove(session);
    for (const groupID of app.rooms.roomsOf(session.device)) leaveRoomInMemory(app, groupID, session.device);
    session.kick('REST_API_Kick');
  }
}

/** The connection of a session is gone: the device may come back. */
export function loseConnection(app: App, session: Session): void {
  session.release();
  if (app.sessions.remove(session)) app.rooms.lost(session.device, app.now());
}
