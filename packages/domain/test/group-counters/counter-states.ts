import type { CounterActor, CounterGroup, CounterReadState } from '@muster/domain';
import type { Int64 } from '@muster/protocol';

export const MEMBER: CounterActor = { userID: 'alice', isAdministrator: false, role: 'Member' };
export const OUTSIDER: CounterActor = { userID: 'mallory', isAdministrator: false, role: undefined };
export const ADMINISTRATOR: CounterActor = {
  userID: 'administrator',
  isAdministrator: true,
  role: undefined,
};

export const GROUP: CounterGroup = {
  groupID: 'room',
  type: 'Public',
  isSupportTopic: false,
  endedAt: 0,
  ownerID: 'olivia',
};

/** A group's counters at version 7, asked for by a member unless said otherwise. */
export function counterState(
  values: Record<string, Int64> | readonly (readonly [string, Int64])[] = {},
  other: Partial<CounterReadState> = {},
): CounterReadState {
  const entries = Array.isArray(values) ? values : Object.entries(values);
  return {
    group: GROUP,
    actor: MEMBER,
    counters: new Map(entries.map(([key, value]: readonly [string, Int64]) => [key, { value, version: 5 }])),
    deleted: new Map(),
    version: 7,
    ...other,
  };
}

/** As many counters as a group may have. */
export function fullState(other: Partial<CounterReadState> = {}): CounterReadState {
  return counterState(
    Array.from({ length: 20 }, (_, index) => [`key${index}`, index] as const),
    other,
  );
}
