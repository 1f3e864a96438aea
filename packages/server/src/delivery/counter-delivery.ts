/**
 * Brings counters to members: at once in a group that was quiet, else together at the end of a tick (GC13). One
 * timer serves all groups, so that everything a device is to get leaves in one write.
 */
import type { Int64 } from '@muster/protocol';
import { CounterFeed, CounterSubscription } from './counter-feed.ts';
import { fanOut } from './fan-out.ts';
import type { Outbox } from './outbox.ts';

const UNUSED_MS = 30_000;

export interface CounterDeliveryObserver {
  sent(events: number): void;
  conflated(changes: number): void;
}

export interface CounterDeliveryOptions {
  /** Milliseconds between two events of a group; 0 sends each change at once. */
  tickMs: number;
  now: () => number;
  observer: CounterDeliveryObserver;
}

export class CounterDelivery {
  private readonly feeds = new Map<string, CounterFeed>();
  private readonly armed = new Set<CounterFeed>();
  private readonly options: CounterDeliveryOptions;
  private timer: NodeJS.Timeout | undefined;
  private lastFanOutMs = 0;

  constructor(options: CounterDeliveryOptions) {
    this.options = options;
  }

  /**
   * Begins to record a group's changes. Read the group after this call: what the read does not show is recorded.
   */
  open(groupID: string): CounterFeed {
    let feed = this.feeds.get(groupID);
    if (!feed) {
      feed = new CounterFeed(groupID);
      this.feeds.set(groupID, feed);
    }
    feed.openedAt = this.options.now();
    return feed;
  }

  /** Subscribes a device that knows the group up to `version`. */
  subscribe(groupID: string, outbox: Outbox, version: number): CounterSubscription {
    const feed = this.open(groupID);
    const subscription = new CounterSubscription(feed, outbox, version);
    feed.subscriptions.add(subscription);
    if (feed.version > version) outbox.offerLatest(subscription);
    return subscription;
  }

  unsubscribe(subscription: CounterSubscription): void {
    subscription.outbox.withdrawLatest(subscription);
    subscription.feed.subscriptions.delete(subscription);
  }

  /** Ends a group: nothing of it is sent any more, also by a fan-out that is due or under way. */
  drop(groupID: string): void {
    const feed = this.feeds.get(groupID);
    if (!feed) return;
    for (const subscription of feed.subscriptions) {
      subscription.outbox.withdrawLatest(subscription);
      subscription.ended?.();
    }
    feed.subscriptions.clear();
    this.feeds.delete(groupID);
    this.armed.delete(feed);
  }

  /**
   * Takes a committed change; `value` is undefined when the key was deleted. It is recorded also when nobody listens:
   * somebody may be about to, who knows the group as it was before.
   */
  publish(groupID: string, key: string, value: Int64 | undefined, version: number): void {
    const feed = this.feeds.get(groupID) ?? this.open(groupID);
    feed.record(key, value, version);
    if (feed.armed) return;
    feed.armed = true;
    this.armed.add(feed);
    setImmediate(() => this.send([feed]));
    this.startTimer();
  }

  /** Forgets the feeds that nobody listens to, save those opened a moment ago for a login that is under way. */
  sweep(): void {
    const before = this.options.now() - UNUSED_MS;
    for (const [groupID, feed] of this.feeds) {
      if (feed.subscriptions.size === 0 && !feed.armed && feed.openedAt < before) this.feeds.delete(groupID);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.armed.clear();
  }

  private startTimer(): void {
    if (this.timer) return;
    const wait = Math.max(this.options.tickMs, 2 * this.lastFanOutMs);
    this.timer = setTimeout(() => this.tick(), wait);
  }

  private tick(): void {
    this.timer = undefined;
    const due: CounterFeed[] = [];
    for (const feed of this.armed) {
      if (feed.dirty) due.push(feed);
      else {
        feed.armed = false;
        this.armed.delete(feed);
      }
    }
    void this.send(due);
    if (this.armed.size > 0) this.startTimer();
  }

  private async send(feeds: readonly CounterFeed[]): Promise<void> {
    let events = 0;
    for (const feed of feeds) {
      if (!feed.dirty) continue;
      feed.dirty = false;
      events += feed.subscriptions.size;
      this.options.observer.conflated(feed.conflated);
      feed.conflated = 0;
      const took = await fanOut(
        feed.subscriptions,
        (item) => item.outbox.offerLatest(item),
        this.options.now,
      );
      this.lastFanOutMs = took;
    }
    this.options.observer.sent(events);
  }
}
