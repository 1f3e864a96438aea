/** Logging the original SDK in: by userSig, and from then on by its A2, which is our session key (US11). */
import { conversationGroupOf, conversationViewOf } from '@muster/domain';
import {
  ERRORS,
  type GroupView,
  type LoginInput,
  type LoginOutput,
  PROTOCOL_VERSION,
  type WireError,
  wireError,
} from '@muster/protocol';
import {
  a2Of,
  type Body,
  cloudConfig,
  counterEvents,
  deletedGroups,
  memoryOf,
  PURCHASE_BITS,
  PUSH,
  type PushReader,
  pushText,
  readA2,
  tinyIDOf,
  type WireHead,
  type WireMemory,
} from '@muster/tencent';
import type { App } from '../../app.ts';
import { type LoginSeat, login } from '../../sessions/login.ts';
import type { Departures, Standing } from './departures.ts';

/** A connection of the original SDK as its login sees it. */
export interface TencentSeat extends LoginSeat {
  /** What proves the requests of the session; empty while there is none. */
  a2: string;
  memory: WireMemory;
  /** Whom what is said is for; known before the login is done, because what was missed goes out before its answer. */
  reader: Pick<PushReader, 'userID' | 'device'> | undefined;
  readonly departures: Departures;
  /** What is told from now on continues what the login has said, which was what it lacked since it stood there. */
  listens(stood: Standing | undefined): void;
}

export type Entered =
  /** `afterwards` begins what the client is told, behind the answer. It acts once. */
  { ok: true; output: LoginOutput; afterwards: () => void } | { ok: false; error: WireError };

/** How often the client says hello: after a connection that was refused it comes back by nothing else. */
const HELLO_SECONDS = 15;
const SECOND_MS = 1_000;

/** Makes the session that a head proves that of the connection. */
export async function enter(app: App, seat: TencentSeat, head: WireHead): Promise<Entered> {
  const input = await loginInput(app, seat, head);
  if (!input) return { ok: false, error: ended(wireError('SESSION_ENDED')) };
  const isKnown = seat.session !== undefined;
  if (!isKnown) seat.outbox.letThrough(true);
  try {
    const result = await login(app, seat, input);
    if (!result.ok) {
      app.metrics.refusals.inc({ command: 'login', error: result.error });
      const error = wireError(result.error, result.message);
      return { ok: false, error: result.error === 'SESSION_ENDED' ? ended(error) : error };
    }
    app.metrics.operations.inc({ command: 'login' });
    const { output, listen } = result;
    seat.a2 = a2Of(input.userID, output.sessionKey);
    if (output.snapshot) seat.memory = memoryOf(output.snapshot);
    seat.reader = { userID: input.userID, device: output.device };
    return { ok: true, output, afterwards: once(() => begin(app, seat, { input, output, listen })) };
  } finally {
    seat.outbox.letThrough(false);
  }
}

/** Requests that came together share a login, and each may be the first that is done. */
function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

async function loginInput(
  app: App,
  seat: TencentSeat,
  { a2, identifier, usersig }: WireHead,
): Promise<LoginInput | undefined> {
  const own = { protocol: PROTOCOL_VERSION, SDKAppID: app.settings.SDKAppID };
  if (a2 === '') return { ...own, userID: identifier, userSig: usersig };
  const claim = proven(app, { a2 });
  if (!claim) return undefined;
  const { userID, sessionKey, device } = claim;
  const input = { ...own, userID, sessionKey, device };
  return seat.session ? input : { ...input, ...(await standing(app, seat, { userID, device })) };
}

/** Whose session an A2 of ours is for; undefined when it is not genuine. */
export function proven(
  app: App,
  { a2 }: Pick<WireHead, 'a2'>,
): { userID: string; sessionKey: string; device: number } | undefined {
  const claimed = readA2(a2);
  const device = claimed && app.keys.verify(claimed.sessionKey, claimed.userID);
  return claimed && device !== undefined ? { ...claimed, device } : undefined;
}

/**
 * Where a device that comes back stood, as far as that is remembered. What only its user changes, its client reads
 * anew: so of that nothing is to be told from before now.
 */
async function standing(
  app: App,
  seat: TencentSeat,
  reader: { userID: string; device: number },
): Promise<Partial<Standing>> {
  const known = seat.departures.of(reader.device, app.now());
  const mirror = known && (await app.storage.conversations.mirror(reader.userID));
  if (!mirror) return {};
  seat.reader = reader;
  const conversations = mirror.conversations.map(conversationViewOf);
  const conversationGroups = mirror.conversationGroups.map(conversationGroupOf);
  seat.memory = { ...memoryOf({ conversations, conversationGroups }), missedAttributes: new Map() };
  return known;
}

/** The code that makes the client log its user out: none of its own would. */
function ended(error: WireError): WireError {
  return { ...error, code: ERRORS.USERSIG_EXPIRED.code };
}

export function loginBody(seat: TencentSeat, output: LoginOutput): Body {
  return {
    A2Key: seat.a2,
    TinyId: tinyIDOf(seat.session?.userID ?? ''),
    InstId: output.device,
    HelloInterval: HELLO_SECONDS,
    TimeStamp: Math.floor(output.serverTime / SECOND_MS),
    CustomStatus: '',
    PurchaseBits: PURCHASE_BITS,
    RichMsgAuthKey: '',
  };
}

function begin(
  app: App,
  seat: TencentSeat,
  { input, output, listen }: { input: LoginInput; output: LoginOutput; listen: (() => void) | undefined },
): void {
  // Once for a session: a client that logs in again on its connection knows it all.
  if (!listen) return;
  listen();
  const { positions, counters } = input;
  seat.listens(positions && counters ? { positions, counters } : undefined);
  seat.outbox.pushText(pushText('im_sdk_config_mgr.push_configv2', cloudConfig(app.settings)));
  if (!output.resumed) return;
  tellDeleted(app, seat, output.snapshot?.groups ?? []).catch((cause) =>
    app.log.error({ err: cause }, 'what was deleted could not be told'),
  );
}

/** A client that was away learns of what was deleted in no other way: what it fetches is added to what it has. */
async function tellDeleted(app: App, seat: TencentSeat, groups: readonly GroupView[]): Promise<void> {
  await tellDeletedConversationGroups(app, seat);
  await tellDeletedCounters(app, seat, groups);
}

async function tellDeletedConversationGroups(app: App, seat: TencentSeat): Promise<void> {
  const { session } = seat;
  const mirror = session && (await app.storage.conversations.mirror(session.userID));
  const deleted = mirror?.deletedConversationGroups ?? [];
  if (deleted.length === 0) return;
  const groups = deleted.map(({ id, name }) => ({ conversationGroupID: id, groupName: name }));
  seat.outbox.pushText(pushText(PUSH, { EventArray: [deletedGroups(groups)], NeedAck: 0 }));
}

async function tellDeletedCounters(app: App, seat: TencentSeat, groups: readonly GroupView[]): Promise<void> {
  for (const { profile, countersVersion } of groups) {
    const { session } = seat;
    if (!session) return;
    if (countersVersion === 0) continue;
    const { groupID } = profile;
    const { version, deleted } = await app.storage.groupCounters.read(groupID, session.userID, false);
    const keys = [...deleted.keys()].map((key) => ({ key }));
    const events = counterEvents(groupID, { version, counters: [], deleted: keys });
    if (events.length > 0) {
      seat.outbox.pushText(pushText(PUSH, { EventArray: events, NeedAck: 0 }));
    }
  }
}
