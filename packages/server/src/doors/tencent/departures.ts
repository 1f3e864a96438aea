/**
 * Where the devices of the original SDK stood when their connections broke. Its clients keep no positions and read
 * their groups and counters once: so the server remembers for them, as long as their places in AVChatRooms are kept.
 */
import { groupScope, type LoginInput, limit, userScope } from '@muster/protocol';
import type { Session } from '../../sessions/session.ts';

export type Standing = Required<Pick<LoginInput, 'positions' | 'counters'>>;

const KEPT_MS = limit('roomPresence_kept_ms');
const SCOPES_MAX = limit('catchUp_scopes_max') - 1;
/** The oldest are forgotten first: their clients keep what they have until they log in anew. */
const POSITIONS_MAX = limit('departedPositions_max');

/** How much of everything a session was told; undefined while it is not listening. */
export function standingOf({ userID, log, groups }: Session, epoch: string): Standing | undefined {
  if (!log) return undefined;
  const own = { scope: userScope(userID), position: { epoch, seq: log.sent } };
  const told = [...groups].slice(0, SCOPES_MAX);
  return {
    positions: [
      own,
      ...told.map(([groupID, group]) => ({
        scope: groupScope(groupID),
        position: { epoch, seq: group.log.sent },
      })),
    ],
    counters: told.map(([groupID, { counters }]) => ({ groupID, version: counters.sent })),
  };
}

/** What is sure, and of groups that came later where their client was told of them last. */
export function merged(sure: Standing, latest: Standing): Standing {
  const known = new Set(sure.positions.map(({ scope }) => scope));
  const groups = new Set(sure.counters.map(({ groupID }) => groupID));
  return {
    positions: [...sure.positions, ...latest.positions.filter(({ scope }) => !known.has(scope))],
    counters: [...sure.counters, ...latest.counters.filter(({ groupID }) => !groups.has(groupID))],
  };
}

export class Departures {
  private readonly departed = new Map<number, { standing: Standing; at: number }>();
  /** How many positions these name together. */
  private positions = 0;
  /** The devices that are connected: one may come back before its old connection is known to be broken. */
  private readonly present = new Map<number, () => Standing | undefined>();

  /** Begins to know a device that is connected. */
  arrive(device: number, standing: () => Standing | undefined): void {
    this.drop(device);
    this.present.set(device, standing);
  }

  /** Notes where a device stood whose connection has gone, unless it has a newer one. */
  leave(device: number, standing: () => Standing | undefined, now: number): void {
    if (this.present.get(device) !== standing) return;
    this.present.delete(device);
    const last = standing();
    if (last) this.note(device, last, now);
  }

  /** Knows a device no longer that has logged out or was ended. */
  forget(device: number): void {
    this.present.delete(device);
    this.drop(device);
  }

  /** What is known of a device that comes back, until it has arrived: a login may come to nothing. */
  of(device: number, now: number): Standing | undefined {
    const present = this.present.get(device)?.();
    if (present) return present;
    const departed = this.departed.get(device);
    return departed && now - departed.at <= KEPT_MS ? departed.standing : undefined;
  }

  private note(device: number, standing: Standing, at: number): void {
    this.drop(device);
    this.departed.set(device, { standing, at });
    this.positions += standing.positions.length;
    for (const [oldest, departed] of this.departed) {
      if (this.positions <= POSITIONS_MAX && at - departed.at <= KEPT_MS) return;
      this.drop(oldest);
    }
  }

  private drop(device: number): void {
    this.positions -= this.departed.get(device)?.standing.positions.length ?? 0;
    this.departed.delete(device);
  }
}
