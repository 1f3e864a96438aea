/**
 * The connection as a pure state machine: what has happened, and what is to be done about it. The table of states
 * and events is complete; `connection.ts` runs the effects. Each state has at most one timer, and an effect `timer`
 * replaces it; with `jitter` the driver waits a random part of the time, so that devices do not come back together.
 * What calls an app's handlers comes last among the effects, because a handler may cause the next event.
 */
import * as TIMES from '../own-limits.ts';

export type NetState = 'connected' | 'connecting' | 'disconnected';

/** `attempt` counts what failed since the last login that held: the next wait doubles with it. */
export type ConnectionState =
  | { name: 'idle' }
  | { name: 'waiting'; attempt: number }
  | { name: 'opening'; attempt: number }
  | { name: 'loggingIn'; attempt: number }
  | { name: 'online'; attempt: number }
  | { name: 'probing'; attempt: number }
  | { name: 'leaving'; withinMs: number };

export type ConnectionEvent =
  /** Somebody logs in, and nobody does any more. */
  | { name: 'start' }
  | { name: 'stop' }
  | { name: 'opened' }
  | { name: 'closed'; code: number }
  | { name: 'accepted' }
  /** A login was refused; `final` when asking again is pointless. */
  | { name: 'refused'; final: boolean }
  /** A frame came in. Reported while `probing` only. */
  | { name: 'heard' }
  /** The timer of the state ran out, `quietMs` after the last frame came in. */
  | { name: 'timer'; quietMs: number }
  | { name: 'goodbye'; withinMs: number }
  /** The browser's network came or went: the socket may be dead, or a new one possible. */
  | { name: 'networkChanged' }
  /** What was received does not fit what came before: only a new login heals it. */
  | { name: 'broken' };

export type ConnectionEffect =
  | 'open'
  | 'close'
  | 'login'
  | 'ping'
  | 'noTimer'
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
/** Codes that say that this side did something wrong: coming back quickly would do it again. */
const FAULT_CODES = { first: 4002, last: 4499 } as const;

const stay = (state: ConnectionState): Transition => ({ state, effects: [] });

export function transition(state: ConnectionState, event: ConnectionEvent): Transition {
  switch (state.name) {
    case 'idle':
      return event.name === 'start' ? open(0) : stay(state);
    case 'waiting':
      return whileWaiting(state, event);
    case 'opening':
    case 'loggingIn':
      return whileConnecting(state, event);
    case 'online':
    case 'probing':
      return whileOnline(state, event);
    case 'leaving':
      return whileLeaving(state, event);
  }
}

function whileWaiting(state: ConnectionState & { name: 'waiting' }, event: ConnectionEvent): Transition {
  if (event.name === 'stop') return { state: { name: 'idle' }, effects: ['noTimer'] };
  if (event.name === 'timer' || event.name === 'networkChanged') return open(state.attempt);
  return stay(state);
}

function whileConnecting(
  state: ConnectionState & { name: 'opening' | 'loggingIn' },
  event: ConnectionEvent,
): Transition {
  const loggingIn = state.name === 'loggingIn';
  const again = state.attempt + 1;
  switch (event.name) {
    case 'stop':
      return stop();
    case 'opened':
      return loggingIn ? stay(state) : login(state.attempt);
    case 'accepted':
      return loggingIn ? online(state.attempt) : stay(state);
    case 'refused':
      if (!loggingIn) return stay(state);
      return event.final ? stop() : retry(again, ['close']);
    case 'goodbye':
      return loggingIn ? comeBack(event.withinMs, ['close']) : stay(state);
    case 'broken':
      return loggingIn ? retry(again, ['close']) : stay(state);
    case 'closed':
      return event.code >= FINAL_CODE ? ended([]) : retry(again, []);
    case 'timer':
      return retry(again, ['close']);
    default:
      return stay(state);
  }
}

function whileOnline(
  state: ConnectionState & { name: 'online' | 'probing' },
  event: ConnectionEvent,
): Transition {
  const probing = state.name === 'probing';
  const { attempt } = state;
  switch (event.name) {
    case 'stop':
      return stop(['pause']);
    case 'heard':
      return probing ? listen(attempt, TIMES.quiet_ms) : stay(state);
    case 'networkChanged':
      return probing ? stay(state) : probe(attempt);
    case 'timer':
      if (probing) return retry(0, ['close', 'pause']);
      // A connection that has lasted is none that fails again and again. A clock may have been set back.
      if (event.quietMs < TIMES.quiet_ms) return listen(0, TIMES.quiet_ms - Math.max(0, event.quietMs));
      return probe(0);
    case 'goodbye':
      return {
        state: { name: 'leaving', withinMs: event.withinMs },
        effects: ['pause', { timer: TIMES.leave_ms_max }],
      };
    case 'broken':
      return retry(attempt + 1, ['close', 'pause']);
    case 'closed':
      if (event.code >= FINAL_CODE) return ended(['pause']);
      return retry(isFault(event.code) ? attempt + 1 : 0, ['pause']);
    default:
      return stay(state);
  }
}

function whileLeaving(state: ConnectionState & { name: 'leaving' }, event: ConnectionEvent): Transition {
  switch (event.name) {
    case 'stop':
      return stop();
    case 'closed':
      return event.code >= FINAL_CODE ? ended([]) : comeBack(state.withinMs, []);
    case 'timer':
    case 'broken':
      return comeBack(state.withinMs, ['close']);
    default:
      return stay(state);
  }
}

const isFault = (code: number) => code >= FAULT_CODES.first && code <= FAULT_CODES.last;

function open(attempt: number): Transition {
  return {
    state: { name: 'opening', attempt },
    effects: [{ timer: TIMES.open_ms_max }, 'open', { tell: 'connecting' }],
  };
}

function login(attempt: number): Transition {
  return {
    state: { name: 'loggingIn', attempt },
    effects: [{ timer: TIMES.login_ms_max }, 'login'],
  };
}

function online(attempt: number): Transition {
  return {
    state: { name: 'online', attempt },
    effects: [{ timer: TIMES.quiet_ms }, 'resume', { tell: 'connected' }],
  };
}

function listen(attempt: number, ms: number): Transition {
  return { state: { name: 'online', attempt }, effects: [{ timer: ms }] };
}

function probe(attempt: number): Transition {
  return {
    state: { name: 'probing', attempt },
    effects: [{ timer: TIMES.pong_ms_max }, 'ping'],
  };
}

function retry(attempt: number, before: ConnectionEffect[]): Transition {
  const ms = Math.min(TIMES.reconnect_ms * 2 ** attempt, TIMES.reconnect_ms_max);
  return wait(attempt, ms, before);
}

/** The server names the window over which those it serves come back; what failed before is of no account. */
function comeBack(withinMs: number, before: ConnectionEffect[]): Transition {
  return wait(0, withinMs, before);
}

function wait(attempt: number, ms: number, before: ConnectionEffect[]): Transition {
  return {
    state: { name: 'waiting', attempt },
    effects: [...before, { timer: ms, jitter: true }, { tell: 'disconnected' }],
  };
}

function stop(before: ConnectionEffect[] = []): Transition {
  return { state: { name: 'idle' }, effects: ['noTimer', 'close', ...before] };
}

function ended(before: ConnectionEffect[]): Transition {
  return {
    state: { name: 'idle' },
    effects: ['noTimer', ...before, 'ended'],
  };
}
