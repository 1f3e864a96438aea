/**
 * The connection as a pure state machine: what has happened, and what is to be done about it. The test holds the whole
 * table of states and events; `connection.ts` runs the effects. Each state has at most one timer, which ends with it;
 * with `jitter` the driver waits a random part of the time, so that devices do not come back together. What calls an
 * app's handlers comes last among the effects, because a handler may cause the next event.
 */
import * as TIMES from '../own-limits.ts';

export type NetState = 'connected' | 'connecting' | 'disconnected';

export interface ConnectionState {
  name: 'idle' | 'waiting' | 'opening' | 'loggingIn' | 'online' | 'probing' | 'leaving';
  /** What failed since the last login that held: the next wait doubles with it. */
  attempt: number;
  /** While `leaving`: the window over which those whom the server serves come back. */
  withinMs?: number;
}

export type ConnectionEvent =
  /** Somebody logs in, and nobody does any more. */
  | { name: 'start' }
  | { name: 'stop' }
  | { name: 'opened' }
  | { name: 'closed'; code: number }
  | { name: 'accepted' }
  /** A login was refused; `final` when asking again is pointless. */
  | { name: 'refused'; final: boolean }
  /** A frame came in. */
  | { name: 'heard' }
  /** The timer of the state ran out, `quietMs` after the last frame came in. */
  | { name: 'timer'; quietMs: number }
  | { name: 'goodbye'; withinMs: number }
  /** The browser's network came or went: the socket may be dead, or a new one possible. */
  | { name: 'networkChanged' }
  /** What was received does not fit what came before: only a new login heals it. */
  | { name: 'broken' };

/** `close` and `pause` change nothing where nothing is open. */
export type ConnectionEffect =
  | 'open'
  | 'close'
  | 'login'
  | 'ping'
  /** Requests may be sent now; they must wait now. */
  | 'resume'
  | 'pause'
  /** The server ended the login by closing the connection. */
  | 'ended'
  | { timer: number; jitter?: true }
  | { tell: NetState };

export interface Transition {
  state: ConnectionState;
  effects: ConnectionEffect[];
}

/** From here on a close code means that coming back is pointless. */
const FINAL_CODE = 4500;
/** From here up to there it says that this side did something wrong: coming back quickly would do it again. */
const FAULT_CODE = 4002;

export function transition(state: ConnectionState, event: ConnectionEvent): Transition {
  const { name: at, attempt } = state;
  const isProbing = at === 'probing';
  const isOnline = isProbing || at === 'online';
  const isLoggingIn = at === 'loggingIn';
  switch (event.name) {
    case 'start':
      if (at === 'idle') return open(0);
      break;
    case 'stop':
      if (at !== 'idle') return idle();
      break;
    case 'opened':
      if (at === 'opening') return enter('loggingIn', attempt, { timer: TIMES.login_ms_max }, 'login');
      break;
    case 'accepted':
      if (isLoggingIn) return online(attempt, TIMES.quiet_ms, 'resume', { tell: 'connected' });
      break;
    case 'refused':
      if (isLoggingIn) return event.final ? idle() : again(state);
      break;
    case 'heard':
      if (isProbing) return online(attempt, TIMES.quiet_ms);
      break;
    case 'networkChanged':
      if (at === 'waiting') return open(attempt);
      if (at === 'online') return probe(attempt);
      break;
    case 'goodbye':
      // What failed before is of no account.
      if (isLoggingIn) return wait(0, event.withinMs);
      if (isOnline) return leave(event.withinMs);
      break;
    case 'broken':
      if (isOnline || isLoggingIn || at === 'leaving') return again(state);
      break;
    case 'closed':
      if (at === 'idle' || at === 'waiting') break;
      if (event.code >= FINAL_CODE) return idle('ended');
      return isOnline && event.code < FAULT_CODE ? wait(0) : again(state);
    case 'timer':
      if (at === 'waiting') return open(attempt);
      if (isProbing) return wait(0);
      // A connection that has lasted is none that fails again and again. A clock may have been set back.
      if (isOnline)
        return event.quietMs < TIMES.quiet_ms
          ? online(0, TIMES.quiet_ms - Math.max(0, event.quietMs))
          : probe(0);
      if (at !== 'idle') return again(state);
  }
  return { state, effects: [] };
}

const enter = (
  name: ConnectionState['name'],
  attempt: number,
  ...effects: ConnectionEffect[]
): Transition => ({ state: { name, attempt }, effects });

const idle = (...more: ConnectionEffect[]) => enter('idle', 0, 'close', 'pause', ...more);

const open = (attempt: number) =>
  enter('opening', attempt, { timer: TIMES.open_ms_max }, 'open', { tell: 'connecting' });

const online = (attempt: number, timer: number, ...more: ConnectionEffect[]) =>
  enter('online', attempt, { timer }, ...more);

const probe = (attempt: number) => enter('probing', attempt, { timer: TIMES.pong_ms_max }, 'ping');

/** Whatever comes next is the first attempt. */
const leave = (withinMs: number): Transition => ({
  state: { name: 'leaving', attempt: -1, withinMs },
  effects: ['pause', { timer: TIMES.leave_ms_max }],
});

const again = ({ attempt, withinMs }: ConnectionState) => wait(attempt + 1, withinMs);

const wait = (attempt: number, timer = Math.min(TIMES.reconnect_ms * 2 ** attempt, TIMES.reconnect_ms_max)) =>
  enter('waiting', attempt, 'close', 'pause', { timer, jitter: true }, { tell: 'disconnected' });
