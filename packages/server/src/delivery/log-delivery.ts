/**
 * Brings logged events to the devices. Events of a user's own scope go out at once, to his few devices; events of a
 * group go out in slices. A device whose ring has run past it is cut off: it reconnects and is healed (DL4).
 */
import { type LoggedEvent, type Scope, scopeOwner } from '@muster/protocol';
import type { NumberedEvent } from '@muster/storage';
import { fanOut } from './fan-out.ts';
import { LogFeed, type LogSubscription } from './log-feed.ts';
import type { Outbox } from './outbox.ts';

const UNUSED_MS = 30_000;
const GAP_MS = 1_000;

export class LogDelivery {
  private readonly feeds = new Map<string, LogFeed>();
  private readonly busy = new Set<LogFeed>();
  private readonly now: () => number;
  private readonly countSent: (events: number) => void;

  constructor(now: () => number, countSent: (events: number) => void) {
    this.now = now;
    this.countSent = countSent;
  }

  /** Begins to record a scope. Read the scope after this call: what the read does not show is recorded. */
  open(scope: Scope): LogFeed {
    let feed = this.feeds.get(scope);
    if (!feed) {
      feed = new LogFeed(scope);
      this.feeds.set(scope, feed);
    }
    feed.openedAt = this.now();
    return feed;
  }

  /**
   * Subscribes a device that knows the scope up to `sent`, and sends it what came since. When the group has ended
   * since, the device is told so and there is nothing to subscribe to.
   */
  subscribe(scope: Scope, outbox: Outbox, sent: number): LogSubscription | undefined {
    const feed = this.open(scope);
    const subscription = { outbox, sent };
    const hasEnded = feed.hasEndedAfter(sent);
    this.serve(feed, subscription);
    if (hasEnded) return undefined;
    feed.subscriptions.add(subscription);
    return subscription;
  }

  unsubscribe(scope: Scope, subscription: LogSubscription): void {
    this.feeds.get(scope)?.subscriptions.delete(subscription);
  }

  /** Those who are told of a scope now. */
  subscribersOf(scope: Scope): ReadonlySet<LogSubscription> {
    return this.feeds.get(scope)?.subscriptions ?? new Set();
  }

  /** What happened in a scope after a number, while it is remembered. */
  eventsSince(scope: Scope, sent: number): readonly LoggedEvent[] | undefined {
    const feed = this.feeds.get(scope);
    return feed ? feed.eventsSince(sent) : [];
  }

  /** The number up to which a scope's events have come through here, as far as anybody cares. */
  knownThrough(scope: Scope): number | undefined {
    const feed = this.feeds.get(scope);
    if (!feed || feed.seq !== undefined) return feed?.seq;
    let least: number | undefined;
    for (const { sent } of feed.subscriptions) least = Math.min(least ?? sent, sent);
    return least;
  }

  /** Tells every subscriber of a group's end, at once, and of nothing more. */
  end(scope: Scope): void {
    const feed = this.feeds.get(scope);
    if (!feed) return;
    for (const subscription of feed.subscriptions) this.serve(feed, subscription);
    feed.subscriptions.clear();
  }

  /**
   * Takes committed events of one scope. They are recorded also when nobody listens: somebody may be about to, who
   * knows the scope as it was before. `first` is served before the others: the device that caused them,
   * so that its answer can follow (DL9). Gives the events that now had their turn.
   */
  publish(scope: Scope, events: readonly NumberedEvent[], first?: LogSubscription): LoggedEvent[] {
    const feed = this.feeds.get(scope) ?? this.open(scope);
    const taken = events.flatMap(({ seq, event }) => feed.append(seq, event, this.now()));
    if (first) this.serve(feed, first);
    if (scopeOwner(scope).kind === 'user') for (const item of feed.subscriptions) this.serve(feed, item);
    else void this.serveAll(feed);
    return taken;
  }

  sweep(): void {
    const before = this.now() - UNUSED_MS;
    for (const [scope, feed] of this.feeds) {
      if (feed.gapSince > 0 && this.now() - feed.gapSince > GAP_MS) this.cutOff(feed);
      if (feed.openedAt >= before) continue;
      if (feed.subscriptions.size === 0) this.feeds.delete(scope);
      else feed.forgetTold();
    }
  }

  private serve(feed: LogFeed, subscription: LogSubscription): void {
    const before = subscription.sent;
    if (!feed.serve(subscription)) {
      subscription.outbox.close('tooSlow');
      return;
    }
    if (subscription.sent > before) this.countSent(subscription.sent - before);
  }

  /** One fan-out of a feed at a time; what comes meanwhile goes out in the next. */
  private async serveAll(feed: LogFeed): Promise<void> {
    if (this.busy.has(feed)) return;
    this.busy.add(feed);
    let served: number | undefined;
    while (served !== feed.seq) {
      served = feed.seq;
      const serve = (item: LogSubscription): void => {
        // Whoever left since the fan-out began is told no more.
        if (feed.subscriptions.has(item)) this.serve(feed, item);
      };
      await fanOut([...feed.subscriptions], serve, this.now);
    }
    this.busy.delete(feed);
  }

  /** An event stays missing: nobody can be told the right order from here, so all come back and are healed. */
  private cutOff(feed: LogFeed): void {
    for (const subscription of feed.subscriptions) subscription.outbox.close('tooSlow');
    feed.subscriptions.clear();
    feed.restart();
  }
}
