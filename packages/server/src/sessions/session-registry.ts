import { limit } from '@muster/protocol';
import { CallRate } from './call-rate.ts';
import type { Session } from './session.ts';

/** A login that is under way; `ended` when an administrator's kick came meanwhile (US11). */
export interface Attempt {
  ended: boolean;
}

/** The sessions that are connected now, by device and by user. */
export class SessionRegistry {
  private readonly byDevice = new Map<number, Session>();
  private readonly byUser = new Map<string, Set<Session>>();
  private readonly attempts = new Map<string, Set<Attempt>>();
  /** What devices that are gone have spent: a new connection brings no new allowance (GC10). */
  private readonly spent = new Map<number, CallRate>();
  private readonly devicesMax: number;

  constructor(devicesPerUserMax: number = limit('devices_perUser_max')) {
    this.devicesMax = devicesPerUserMax;
  }

  /** Whether the device has logged in again since, on a connection that was quicker. */
  isOutdated(session: Session): boolean {
    return (this.byDevice.get(session.device)?.number ?? 0) > session.number;
  }

  /** Adds a session. An older connection of the same device is replaced; what must end is handed back (US6). */
  add(session: Session): { replaced: Session | undefined; oneTooMany: Session | undefined } {
    const replaced = this.byDevice.get(session.device);
    if (replaced) this.remove(replaced);
    const own = this.byUser.get(session.userID) ?? new Set<Session>();
    const oneTooMany = own.size >= this.devicesMax ? oldest(own) : undefined;
    if (oneTooMany) this.remove(oneTooMany);
    own.add(session);
    this.byUser.set(session.userID, own);
    this.byDevice.set(session.device, session);
    this.spent.delete(session.device);
    return { replaced, oneTooMany };
  }

  /** Removes a session; false when it was not there, for instance because a newer connection has replaced it. */
  remove(session: Session): boolean {
    const own = this.byUser.get(session.userID);
    if (!own?.delete(session)) return false;
    if (own.size === 0) this.byUser.delete(session.userID);
    if (this.byDevice.get(session.device) === session) {
      this.byDevice.delete(session.device);
      this.spent.set(session.device, session.rate);
    }
    return true;
  }

  /** The allowance of a device, over all its connections. */
  rateOf(device: number): CallRate {
    return this.byDevice.get(device)?.rate ?? this.spent.get(device) ?? new CallRate();
  }

  /** Forgets the allowances of devices that are gone once they are whole again. */
  sweep(now: number): void {
    for (const [device, rate] of this.spent) if (rate.isWhole(now)) this.spent.delete(device);
  }

  /** Notes that a login of the user begins, so that a kick reaches it too. `settle` ends it. */
  attempt(userID: string): Attempt & { settle(): void } {
    const own = this.attempts.get(userID) ?? new Set<Attempt>();
    this.attempts.set(userID, own);
    const attempt = {
      ended: false,
      settle: () => {
        own.delete(attempt);
        if (own.size === 0) this.attempts.delete(userID);
      },
    };
    own.add(attempt);
    return attempt;
  }

  /** Ends the logins of a user that are under way. */
  endAttempts(userID: string): void {
    for (const attempt of this.attempts.get(userID) ?? []) attempt.ended = true;
  }

  ofUser(userID: string): Iterable<Session> {
    return this.byUser.get(userID) ?? [];
  }

  ofDevice(device: number): Session | undefined {
    return this.byDevice.get(device);
  }

  all(): Iterable<Session> {
    return this.byDevice.values();
  }

  get count(): number {
    return this.byDevice.size;
  }
}

function oldest(sessions: Iterable<Session>): Session | undefined {
  let found: Session | undefined;
  for (const session of sessions) {
    if (
      !found ||
      session.since < found.since ||
      (session.since === found.since && session.device < found.device)
    ) {
      found = session;
    }
  }
  return found;
}
