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
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'login' }
  | { do: 'ping' }
  | { do: 'timer'; ms: number; jitter?: true }
  | { do: 'noTimer' }
  | { do: 'tell'; state: NetState }
  /** Requests may be sent now; they must wait now. */
  | { do: 'resume' }
  | { do: 'pause' }
  /** The server ended the login by closing the connection. */
  | { do: 'ended' };

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
  if (event.name === 'stop') return { state: { name: 'idle' }, effects: [{ do: 'noTimer' }] };
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
      return event.final ? stop() : retry(again, [{ do: 'close' }]);
    case 'goodbye':
      return loggingIn ? comeBack(event.withinMs, [{ do: 'close' }]) : stay(state);
    case 'broken':
      return loggingIn ? retry(again, [{ do: 'close' }]) : stay(state);
    case 'closed':
      return event.code >= FINAL_CODE ? ended([]) : retry(again, []);
    case 'timer':
      return retry(again, [{ do: 'close' }]);
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
      return stop([{ do: 'pause' }]);
    case 'heard':
      return probing ? listen(attempt, TIMES.quiet_ms) : stay(state);
    case 'networkChanged':
      return probing ? stay(state) : probe(attempt);
    case 'timer':
      if (probing) return retry(0, [{ do: 'close' }, { do: 'pause' }]);
      // A connection that has lasted is none that fails again and again. A clock may have been set back.
      if (event.quietMs < TIMES.quiet_ms) return listen(0, TIMES.quiet_ms - Math.max(0, event.quietMs));
      return probe(0);
    case 'goodbye':
      return {
        state: { name: 'leaving', withinMs: event.withinMs },
        effects: [{ do: 'pause' }, { do: 'timer', ms: TIMES.leave_ms_max }],
      };
    case 'broken':
      return retry(attempt + 1, [{ do: 'close' }, { do: 'pause' }]);
    case 'closed':
      if (event.code >= FINAL_CODE) return ended([{ do: 'pause' }]);
      return retry(isFault(event.code) ? attempt + 1 : 0, [{ do: 'pause' }]);
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
      return comeBack(state.withinMs, [{ do: 'close' }]);
    default:
      return stay(state);
  }
}

const isFault = (code: number) => code >= FAULT_CODES.first && code <= FAULT_CODES.last;

function open(attempt: number): Transition {
  return {
    state: { name: 'opening', attempt },
    effects: [{ do: 'timer', ms: TIMES.open_ms_max }, { do: 'open' }, { do: 'tell', state: 'connecting' }],
  };
}

function login(attempt: number): Transition {
  return {
    state: { name: 'loggingIn', attempt },
    effects: [{ do: 'timer', ms: TIMES.login_ms_max }, { do: 'login' }],
  };
}

function online(attempt: number): Transition {
  return {
    state: { name: 'online', attempt },
    effects: [{ do: 'timer', ms: TIMES.quiet_ms }, { do: 'resume' }, { do: 'tell', state: 'connected' }],
  };
}

function listen(attempt: number, ms: number): Transition {
  return { state: { name: 'online', attempt }, effects: [{ do: 'timer', ms }] };
}

function probe(attempt: number): Transition {
  return {
    state: { name: 'probing', attempt },
    effects: [{ do: 'timer', ms: TIMES.pong_ms_max }, { do: 'ping' }],
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
    effects: [...before, { do: 'timer', ms, jitter: true }, { do: 'tell', state: 'disconnected' }],
  };
}

function stop(before: ConnectionEffect[] = []): Transition {
  return { state: { name: 'idle' }, effects: [{ do: 'noTimer' }, { do: 'close' }, ...before] };
}

function ended(before: ConnectionEffect[]): Transition {
  return {
    state: { name: 'idle' },
    effects: [{ do: 'noTimer' }, ...before, { do: 'ended' }],
  };
}
