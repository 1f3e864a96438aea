/**
 * An AVChatRoom as those see it who watch it without a login (SE3). One subscription serves all of them: what comes is
 * kept for their polls, the last messages and tips, and of each counter the newest value.
 */
import { type CounterEntry, groupScope, limit, type ServerFrame } from '@muster/protocol';
import { type Body, viewerCounters, viewerItems } from '@muster/tencent';
import type { App } from '../../app.ts';
import type { CounterSubscription } from '../../delivery/counter-feed.ts';
import { fanOut } from '../../delivery/fan-out.ts';
import type { LogSubscription } from '../../delivery/log-feed.ts';
import { Outbox, type Wire } from '../../delivery/outbox.ts';
import type { Speech } from '../../delivery/speech.ts';

const EVENTS_MAX = limit('anonymousViewerRing_perRoom_events');
const BYTES_MAX = limit('anonymousViewerRing_perRoom_bytes_max');

/** A room as it is when its watching begins. */
export interface RoomStart {
  groupID: string;
  logSeq: number;
  countersVersion: number;
  counters: readonly CounterEntry[];
}

export class WatchedRoom {
  /** The number of what came last. Numbers are near the time, so that they go on rising when a room is watched anew. */
  seq: number;
  /** Nothing more comes: the room was dismissed, or what is to be told of it has a gap. */
  isOver = false;
  /** When somebody asked last. */
  usedAt: number;
  private readonly app: App;
  private readonly groupID: string;
  private readonly outbox: Outbox;
  private readonly log: LogSubscription | undefined;
  private readonly counters: CounterSubscription;
  private readonly ring: { seq: number; item: Body; bytes: number }[] = [];
  private ringBytes = 0;
  private readonly values = new Map<string, { seq: number; entry: CounterEntry }>();
  private readonly waiting = new Set<() => void>();
  private isWaking = false;

  constructor(app: App, { groupID, logSeq, countersVersion, counters }: RoomStart) {
    this.app = app;
    this.groupID = groupID;
    this.seq = app.now();
    this.usedAt = this.seq;
    // Who watched before tells by his number that he may have missed a change.
    for (const entry of counters) this.values.set(entry.key, { seq: this.seq, entry });
    this.outbox = new Outbox(this.wire(), app.delivery.flusher, app.now, this.speech());
    this.log = app.delivery.log.subscribe(groupScope(groupID), this.outbox, logSeq);
    this.counters = app.delivery.counters.subscribe(groupID, this.outbox, countersVersion);
  }

  get isWatched(): boolean {
    return this.waiting.size > 0;
  }

  /** What came after a number, the oldest first; of a number from nowhere nothing. */
  after(seq: number): Body[] {
    const values = [...this.values.values()].filter((value) => value.seq > seq).map(({ entry }) => entry);
    const version = Math.max(0, ...values.map((entry) => entry.version));
    return [
      ...this.ring.filter((kept) => kept.seq > seq).map(({ item }) => item),
      ...viewerCounters(this.groupID, values, version),
    ];
  }

  /** Resolves when something came after a number, when the signal is given, or when the time is over. */
  news(seq: number, withinMs: number, signal: AbortSignal): Promise<void> {
    if (this.isOver || signal.aborted || this.after(seq).length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }

  sweep(): void {
    this.outbox.sweep();
  }

  /** Nothing more is taken, and nobody is left waiting. */
  readonly end = (): void => {
    this.isOver = true;
    this.outbox.stop();
    if (this.log) this.app.delivery.log.unsubscribe(groupScope(this.groupID), this.log);
    this.app.delivery.counters.unsubscribe(this.counters);
    this.wakeAll();
  };

  /** What it is told is at once read: there is no line that could be slow. */
  private wire(): Wire {
    return { send: () => undefined, bufferedAmount: 0, close: this.end, terminate: this.end };
  }

  private speech(): Speech {
    return {
      textOf: (frame) => {
        if ('mark' in frame) queueMicrotask(() => this.outbox.markAnswered(frame.mark));
        return undefined;
      },
      messagesOf: (pieces) => {
        for (const piece of pieces) if (typeof piece !== 'string') this.take(piece.frame);
        return [];
      },
    };
  }

  private take(frame: ServerFrame): void {
    if (!('event' in frame)) return;
    if (frame.event === 'groupCounters') {
      for (const { key } of frame.deleted) this.values.delete(key);
      for (const entry of frame.counters) this.values.set(entry.key, { seq: this.next(), entry });
    } else for (const item of viewerItems(frame, this.app.now())) this.keep(item);
    const isDismissed = frame.event === 'log' && frame.events.some(({ name }) => name === 'groupDismissed');
    // Not while the outbox writes.
    if (isDismissed) queueMicrotask(this.end);
    else this.wakeAll();
  }

  /** The client puts what comes together in the order of its numbers, and drops what has one that it knows. */
  private keep(item: Body): void {
    const seq = this.next();
    const kept = { ...item, MsgSeq: seq };
    const bytes = JSON.stringify(kept).length;
    this.ring.push({ seq, item: kept, bytes });
    this.ringBytes += bytes;
    while (this.ring.length > EVENTS_MAX || this.ringBytes > BYTES_MAX)
      this.ringBytes -= this.ring.shift()?.bytes ?? 0;
  }

  private next(): number {
    this.seq = Math.max(this.seq + 1, this.app.now());
    return this.seq;
  }

  /** Those who wait are answered in slices; who begins to wait meanwhile has been told. */
  private wakeAll(): void {
    if (this.isWaking) return;
    this.isWaking = true;
    setImmediate(() => {
      this.isWaking = false;
      void fanOut([...this.waiting], (wake) => wake(), this.app.now);
    });
  }
}
