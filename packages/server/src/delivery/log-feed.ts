/**
 * The logged events of one scope on their way to the devices (DL4): the last ones in memory, and for each subscriber
 * the number up to which it was told. What it lacks is cut from the ring; all who are equally far share one frame.
 */
import { type LoggedEvent, limit } from '@muster/protocol';
import { type SharedFrame, shareFrame } from './frame.ts';
import type { Outbox } from './outbox.ts';

const RING = limit('logRing_perScope_events');

export interface LogSubscription {
  outbox: Outbox;
  /** The number of the last event the device was told. */
  sent: number;
}

export class LogFeed {
  readonly scope: string;
  readonly subscriptions = new Set<LogSubscription>();
  /** The number of the last event in the ring; undefined until one is known. */
  seq: number | undefined;
  openedAt = 0;
  /** The number of the event that ended the group last; 0 while none did. What follows it is another group's. */
  endedSeq = 0;
  /** Since when events wait for one before them, in milliseconds; 0 when none does. */
  gapSince = 0;
  private readonly early = new Map<number, LoggedEvent>();
  private ring: LoggedEvent[] = [];
  private readonly memo = new Map<number, SharedFrame>();

  constructor(scope: string) {
    this.scope = scope;
  }

  /**
   * Takes an event. Commits of one scope are in order, but word of them may arrive in another: an event that comes
   * before its turn waits for the one that is missing.
   */
  append(seq: number, event: LoggedEvent, now: number): void {
    if (this.seq !== undefined && seq <= this.seq) return;
    if (this.seq !== undefined && seq !== this.seq + 1) {
      this.early.set(seq, event);
      this.gapSince ||= now;
      return;
    }
    this.take(seq, event);
    while (this.early.size > 0) {
      const next = this.early.get((this.seq as number) + 1);
      if (!next) break;
      this.early.delete((this.seq as number) + 1);
      this.take((this.seq as number) + 1, next);
    }
    if (this.early.size === 0) this.gapSince = 0;
  }

  /** Forgets the ring: what comes next begins a new one, and whoever is behind must be cut off. */
  restart(): void {
    this.seq = undefined;
    this.ring = [];
    this.early.clear();
    this.gapSince = 0;
    this.memo.clear();
  }

  /**
   * Sends a subscriber all it lacks, up to the end of a group that it knew before it ended. False when the ring no
   * longer holds it: the device must come back and catch up.
   */
  serve(subscription: LogSubscription): boolean {
    const last = this.lastFor(subscription.sent);
    if (subscription.sent >= last) return true;
    if (!this.holdsAfter(subscription.sent)) return false;
    subscription.outbox.pushShared(this.frameBetween(subscription.sent, last));
    subscription.sent = last;
    return true;
  }

  /** Whether a group has ended that was known as of this number: then its subscriber is told of nothing more. */
  hasEndedAfter(sent: number): boolean {
    return this.endedSeq > sent;
  }

  private lastFor(sent: number): number {
    return this.hasEndedAfter(sent) ? this.endedSeq : (this.seq ?? 0);
  }

  private holdsAfter(sent: number): boolean {
    return this.seq !== undefined && this.seq - sent <= this.ring.length;
  }

  /** The events after a number, while the ring holds all of them. */
  eventsSince(sent: number): readonly LoggedEvent[] | undefined {
    if (this.seq === undefined || sent >= this.seq) return [];
    return this.holdsAfter(sent) ? this.between(sent, this.seq) : undefined;
  }

  private take(seq: number, event: LoggedEvent): void {
    this.seq = seq;
    if (event.name === 'groupDismissed') this.endedSeq = seq;
    this.ring.push(event);
    if (this.ring.length > RING) this.ring.shift();
    this.memo.clear();
  }

  private between(sent: number, last: number): LoggedEvent[] {
    const first = (this.seq as number) - this.ring.length;
    return this.ring.slice(sent - first, last - first);
  }

  private frameBetween(sent: number, last: number): SharedFrame {
    const known = this.memo.get(sent);
    if (known) return known;
    const events = this.between(sent, last);
    const frame = shareFrame({ event: 'log', scope: this.scope, seq: sent + 1, events });
    this.memo.set(sent, frame);
    return frame;
  }
}
