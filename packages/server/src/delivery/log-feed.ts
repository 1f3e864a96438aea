/**
 * The logged events of one scope on their way to the devices (DL4): the last ones in memory, as text, and for each
 * subscriber the number up to which it was told. What it lacks is cut from the ring; all who are equally far share
 * one frame.
 */
import { type LoggedEvent, limit } from '@muster/protocol';
import { type SharedFrame, shareText } from './frame.ts';
import type { Outbox } from './outbox.ts';

const RING_EVENTS = limit('logRing_perScope_events');
const RING_BYTES_MAX = limit('logRing_perScope_bytes_max');

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
  private ring: string[] = [];
  private ringBytes = 0;
  private readonly memo = new Map<number, SharedFrame>();
  private memoBytes = 0;

  constructor(scope: string) {
    this.scope = scope;
  }

  /**
   * Takes an event. Commits of one scope are in order, but word of them may arrive in another: an event that comes
   * before its turn waits for the one that is missing. Gives what now had its turn: nothing for one that came before.
   */
  append(seq: number, event: LoggedEvent, now: number): LoggedEvent[] {
    if (this.seq !== undefined && seq <= this.seq) return [];
    if (this.seq !== undefined && seq !== this.seq + 1) {
      this.early.set(seq, event);
      this.gapSince ||= now;
      return [];
    }
    this.take(seq, event);
    const taken = [event];
    for (let after = seq + 1; this.early.size > 0; after += 1) {
      const next = this.early.get(after);
      if (!next) break;
      this.early.delete(after);
      this.take(after, next);
      taken.push(next);
    }
    if (this.early.size === 0) this.gapSince = 0;
    return taken;
  }

  /** Forgets the ring: what comes next begins a new one, and whoever is behind must be cut off. */
  restart(): void {
    this.seq = undefined;
    this.early.clear();
    this.gapSince = 0;
    this.empty();
  }

  /** Keeps nothing in memory that every subscriber has been told. Nobody else may be about to ask. */
  forgetTold(): void {
    if (this.ring.length === 0) return;
    for (const { sent } of this.subscriptions) if (sent < this.lastFor(sent)) return;
    this.empty();
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
    if (!this.holdsAfter(sent)) return undefined;
    return this.between(sent, this.seq).map((text) => JSON.parse(text) as LoggedEvent);
  }

  private take(seq: number, event: LoggedEvent): void {
    this.seq = seq;
    if (event.name === 'groupDismissed') this.endedSeq = seq;
    const text = JSON.stringify(event);
    this.ring.push(text);
    this.ringBytes += text.length;
    while (this.ring.length > RING_EVENTS || (this.ringBytes > RING_BYTES_MAX && this.ring.length > 1)) {
      this.ringBytes -= this.ring.shift()?.length ?? 0;
    }
    this.forgetFrames();
  }

  private empty(): void {
    this.ring = [];
    this.ringBytes = 0;
    this.forgetFrames();
  }

  private forgetFrames(): void {
    this.memo.clear();
    this.memoBytes = 0;
  }

  private between(sent: number, last: number): string[] {
    const first = (this.seq as number) - this.ring.length;
    return this.ring.slice(sent - first, last - first);
  }

  private frameBetween(sent: number, last: number): SharedFrame {
    const known = this.memo.get(sent);
    if (known) return known;
    const head = `{"event":"log","scope":${JSON.stringify(this.scope)},"seq":${sent + 1}`;
    const frame = shareText(`${head},"events":[${this.between(sent, last).join(',')}]}`);
    if (this.memoBytes > RING_BYTES_MAX) this.forgetFrames();
    this.memo.set(sent, frame);
    this.memoBytes += frame.text.length;
    return frame;
  }
}
