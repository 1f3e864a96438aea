/**
 * The counters of one group on their way to its members (GC11 to GC13).
 *
 * The feed remembers, for every key that changed since it began, the newest value. A subscriber holds one number:
 * the version up to which it was told. What it lacks is every key above that number, so a member that was skipped
 * needs nothing kept for it, and all members that are equally far share one serialised frame.
 */
import type { CounterEntry, DeletedCounter, GroupCountersFrame, Int64 } from '@muster/protocol';
import { limit, toWire } from '@muster/protocol';
import { type SharedFrame, shareFrame } from './frame.ts';
import type { LatestSource, Outbox } from './outbox.ts';

const DELETED_MAX = limit('deletedCounters_perGroup_max');

interface Change {
  /** Undefined for a deleted key. */
  value: Int64 | undefined;
  version: number;
}

export class CounterSubscription implements LatestSource {
  readonly feed: CounterFeed;
  readonly outbox: Outbox;
  /** The version up to which the device was told. */
  sent: number;
  /** Called when the group ends, so that nobody need be searched for who was in it. */
  ended: (() => void) | undefined;

  constructor(feed: CounterFeed, outbox: Outbox, sent: number) {
    this.feed = feed;
    this.outbox = outbox;
    this.sent = sent;
  }

  pull(): SharedFrame | undefined {
    if (this.sent >= this.feed.version) return undefined;
    if (this.sent < this.feed.forgottenVersion) {
      // A frame would leave out deletions: the device comes back and gets the whole set. Not while the outbox writes.
      queueMicrotask(() => this.outbox.close('tooSlow'));
      return undefined;
    }
    const frame = this.feed.frameSince(this.sent);
    this.sent = this.feed.version;
    return frame;
  }
}

export class CounterFeed {
  readonly groupID: string;
  readonly subscriptions = new Set<CounterSubscription>();
  version = 0;
  /** When somebody began to rely on it last, in milliseconds. */
  openedAt = 0;
  /** Whether something went out in this tick or the one before. */
  armed = false;
  dirty = false;
  /** The version of the last deletion that is no longer remembered: who knows less cannot be told from here. */
  forgottenVersion = 0;
  private readonly changes = new Map<string, Change>();
  /** The deleted keys among the changes, the oldest deletion first. */
  private readonly deleted = new Set<string>();
  private readonly memo = new Map<number, SharedFrame>();
  private memoVersion = -1;
  /** How many changes stand for more than their newest value: what conflation saved. */
  conflated = 0;

  constructor(groupID: string) {
    this.groupID = groupID;
  }

  record(key: string, value: Int64 | undefined, version: number): void {
    const known = this.changes.get(key);
    if (known) {
      if (this.dirty) this.conflated += 1;
      known.value = value;
      known.version = version;
    } else this.changes.set(key, { value, version });
    if (this.deleted.size > 0) this.deleted.delete(key);
    if (value === undefined) this.rememberDeletion(key);
    if (version > this.version) this.version = version;
    this.dirty = true;
  }

  get rememberedKeys(): number {
    return this.changes.size;
  }

  /** A group has few counters, but keys may come and go for ever (GC16). */
  private rememberDeletion(key: string): void {
    this.deleted.add(key);
    if (this.deleted.size <= DELETED_MAX) return;
    const [oldest] = this.deleted as Iterable<string>;
    if (oldest === undefined) return;
    this.forgottenVersion = Math.max(this.forgottenVersion, this.changes.get(oldest)?.version ?? 0);
    this.deleted.delete(oldest);
    this.changes.delete(oldest);
  }

  frameSince(sent: number): SharedFrame {
    if (this.memoVersion !== this.version) {
      this.memo.clear();
      this.memoVersion = this.version;
    }
    const known = this.memo.get(sent);
    if (known) return known;
    const frame = shareFrame(this.build(sent));
    this.memo.set(sent, frame);
    return frame;
  }

  private build(sent: number): GroupCountersFrame {
    const counters: CounterEntry[] = [];
    const deleted: DeletedCounter[] = [];
    for (const [key, change] of this.changes) {
      if (change.version <= sent) continue;
      if (change.value === undefined) deleted.push({ key, version: change.version });
      else counters.push({ key, value: toWire(change.value), version: change.version });
    }
    return {
      event: 'groupCounters',
      groupID: this.groupID,
      since: sent,
      version: this.version,
      counters,
      deleted,
    };
  }
}
