import { describe, expect, it } from 'vitest';
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  transition,
} from '../../src/connection/transition.ts';

const STATES = {
  idle: { name: 'idle', attempt: 0 },
  waiting: { name: 'waiting', attempt: 2 },
  opening: { name: 'opening', attempt: 2 },
  loggingIn: { name: 'loggingIn', attempt: 2 },
  online: { name: 'online', attempt: 2 },
  probing: { name: 'probing', attempt: 2 },
  leaving: { name: 'leaving', attempt: -1, withinMs: 3_000 },
} as const satisfies { [Name in ConnectionState['name']]: ConnectionState & { name: Name } };

const EVENTS = {
  start: { name: 'start' },
  stop: { name: 'stop' },
  opened: { name: 'opened' },
  lost: { name: 'closed', code: 1006 },
  faulted: { name: 'closed', code: 4003 },
  endedByServer: { name: 'closed', code: 4500 },
  accepted: { name: 'accepted' },
  refusedForNow: { name: 'refused', final: false },
  refusedForGood: { name: 'refused', final: true },
  heard: { name: 'heard' },
  timerAfterFrames: { name: 'timer', quietMs: 4_000 },
  timerAfterQuiet: { name: 'timer', quietMs: 10_000 },
  goodbye: { name: 'goodbye', withinMs: 3_000 },
  networkChanged: { name: 'networkChanged' },
  broken: { name: 'broken' },
} as const satisfies Record<string, ConnectionEvent>;

type EventNamed = keyof typeof EVENTS;

/** Nothing happens. */
const STAYS = '';

/** The next state, then the effects in their order. Every state with every event: a missing one does not compile. */
const TABLE: { [State in keyof typeof STATES]: { [Event in EventNamed]: string } } = {
  idle: {
    start: 'opening 0 | timer 10000 | open | connecting',
    stop: STAYS,
    opened: STAYS,
    lost: STAYS,
    faulted: STAYS,
    endedByServer: STAYS,
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: STAYS,
    timerAfterFrames: STAYS,
    timerAfterQuiet: STAYS,
    goodbye: STAYS,
    networkChanged: STAYS,
    broken: STAYS,
  },
  waiting: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: STAYS,
    lost: STAYS,
    faulted: STAYS,
    endedByServer: STAYS,
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: STAYS,
    timerAfterFrames: 'opening 2 | timer 10000 | open | connecting',
    timerAfterQuiet: 'opening 2 | timer 10000 | open | connecting',
    goodbye: STAYS,
    networkChanged: 'opening 2 | timer 10000 | open | connecting',
    broken: STAYS,
  },
  opening: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: 'loggingIn 2 | timer 20000 | login',
    lost: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    faulted: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    endedByServer: 'idle 0 | close | pause | ended',
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: STAYS,
    timerAfterFrames: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    timerAfterQuiet: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    goodbye: STAYS,
    networkChanged: STAYS,
    broken: STAYS,
  },
  loggingIn: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: STAYS,
    lost: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    faulted: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    endedByServer: 'idle 0 | close | pause | ended',
    accepted: 'online 2 | timer 10000 | resume | connected',
    refusedForNow: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    refusedForGood: 'idle 0 | close | pause',
    heard: STAYS,
    timerAfterFrames: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    timerAfterQuiet: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    goodbye: 'waiting 0 | close | pause | jitter 3000 | disconnected',
    networkChanged: STAYS,
    broken: 'waiting 3 | close | pause | jitter 4000 | disconnected',
  },
  online: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: STAYS,
    lost: 'waiting 0 | close | pause | jitter 500 | disconnected',
    faulted: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    endedByServer: 'idle 0 | close | pause | ended',
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: STAYS,
    timerAfterFrames: 'online 0 | timer 6000',
    timerAfterQuiet: 'probing 0 | timer 5000 | ping',
    goodbye: 'leaving 3000 | pause | timer 2000',
    networkChanged: 'probing 2 | timer 5000 | ping',
    broken: 'waiting 3 | close | pause | jitter 4000 | disconnected',
  },
  probing: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: STAYS,
    lost: 'waiting 0 | close | pause | jitter 500 | disconnected',
    faulted: 'waiting 3 | close | pause | jitter 4000 | disconnected',
    endedByServer: 'idle 0 | close | pause | ended',
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: 'online 2 | timer 10000',
    timerAfterFrames: 'waiting 0 | close | pause | jitter 500 | disconnected',
    timerAfterQuiet: 'waiting 0 | close | pause | jitter 500 | disconnected',
    goodbye: 'leaving 3000 | pause | timer 2000',
    networkChanged: STAYS,
    broken: 'waiting 3 | close | pause | jitter 4000 | disconnected',
  },
  leaving: {
    start: STAYS,
    stop: 'idle 0 | close | pause',
    opened: STAYS,
    lost: 'waiting 0 | close | pause | jitter 3000 | disconnected',
    faulted: 'waiting 0 | close | pause | jitter 3000 | disconnected',
    endedByServer: 'idle 0 | close | pause | ended',
    accepted: STAYS,
    refusedForNow: STAYS,
    refusedForGood: STAYS,
    heard: STAYS,
    timerAfterFrames: 'waiting 0 | close | pause | jitter 3000 | disconnected',
    timerAfterQuiet: 'waiting 0 | close | pause | jitter 3000 | disconnected',
    goodbye: STAYS,
    networkChanged: STAYS,
    broken: 'waiting 0 | close | pause | jitter 3000 | disconnected',
  },
};

function stateText(state: ConnectionState): string {
  return `${state.name} ${state.withinMs ?? state.attempt}`;
}

function effectText(effect: ConnectionEffect): string {
  if (typeof effect === 'string') return effect;
  return 'tell' in effect ? effect.tell : `${effect.jitter ? 'jitter' : 'timer'} ${effect.timer}`;
}

function outcome(before: ConnectionState, event: ConnectionEvent): string {
  const { state, effects } = transition(before, event);
  if (state === before && effects.length === 0) return STAYS;
  return [stateText(state), ...effects.map(effectText)].join(' | ');
}

describe('the table of states and events', () => {
  for (const [stateName, row] of Object.entries(TABLE)) {
    for (const [eventName, expected] of Object.entries(row)) {
      it(`[DL7] ${stateName} + ${eventName} -> ${expected || 'stays'}`, () => {
        const state = STATES[stateName as keyof typeof STATES];
        expect(outcome(state, EVENTS[eventName as EventNamed])).toBe(expected);
      });
    }
  }

  it('holds every event that there is', () => {
    const all: { [Name in ConnectionEvent['name']]: true } = {
      start: true,
      stop: true,
      opened: true,
      closed: true,
      accepted: true,
      refused: true,
      heard: true,
      timer: true,
      goodbye: true,
      networkChanged: true,
      broken: true,
    };
    expect(new Set(Object.values(EVENTS).map(({ name }) => name))).toEqual(new Set(Object.keys(all)));
  });
});

describe('the wait between attempts', () => {
  const waits = (state: ConnectionState, times: number): number[] => {
    const found: number[] = [];
    let now = state;
    for (let time = 0; time < times; time += 1) {
      const { state: next, effects } = transition(now, EVENTS.lost);
      for (const effect of effects)
        if (typeof effect === 'object' && 'timer' in effect) found.push(effect.timer);
      now = transition(next, EVENTS.timerAfterQuiet).state;
    }
    return found;
  };

  it('[DL7] begins within half a second and doubles up to 30 s', () => {
    const online: ConnectionState = { name: 'online', attempt: 0 };
    expect(waits(online, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('[DL7] does not grow over connections that held', () => {
    const again: ConnectionState = { name: 'online', attempt: 5 };
    expect(waits(again, 1)).toEqual([500]);
  });
});
