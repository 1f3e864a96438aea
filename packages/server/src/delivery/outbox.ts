/**
 * The way out to one device. Answers, logged events and marks are queued and never dropped; latest values are not
 * queued at all but asked for when there is room, so that a slow device gets the newest and costs a few bytes (DL6).
 *
 * The kernel swallows megabytes before a process sees a waiting byte. The outbox therefore asks for a mark after
 * some bytes or some time of pushes, and holds latest values back until it has come back.
 */
import { type CloseReason, limit, type ServerFrame } from '@muster/protocol';
import type { Flushable, Flusher } from './flusher.ts';
import type { SharedFrame } from './frame.ts';
import { OWN_SPEECH, type Piece, type Speech } from './speech.ts';

/** The socket as the outbox sees it. */
export interface Wire {
  send(data: string | Buffer): void;
  readonly bufferedAmount: number;
  close(reason: CloseReason): void;
  /** Ends the socket with no word. */
  terminate(): void;
}

/** Gives the newest frame that a device lacks, or undefined when it is current. Called when there is room. */
export interface LatestSource {
  pull(): SharedFrame | undefined;
}

const QUEUE_BYTES_MAX = limit('connectionQueue_bytes_max');
const LATEST_BYTES_MAX = limit('connectionQueueLatest_bytes_max');
const BLOCKED_MS_MAX = limit('connectionBlocked_ms_max');
const MARK_BYTES = limit('mark_bytes');
const MARK_MS = limit('mark_ms');
const MARK_ANSWER_MS_MAX = limit('markAnswer_ms_max');

export class Outbox implements Flushable {
  private pieces: Piece[] = [];
  private pieceBytes = 0;
  private readonly latest = new Set<LatestSource>();
  private scheduled = false;
  private closed = false;
  private blockedSince = 0;
  private pushedBytes = 0;
  private pushedSince = 0;
  private markSent = 0;
  private markSentAt = 0;
  /** What was let through and still waits, and until when it may. */
  private letsThrough = false;
  private largeBytes = 0;
  private largeUntil = 0;
  private readonly wire: Wire;
  private readonly flusher: Flusher;
  private readonly now: () => number;
  private readonly speech: Speech;

  constructor(wire: Wire, flusher: Flusher, now: () => number, speech: Speech = OWN_SPEECH) {
    this.wire = wire;
    this.flusher = flusher;
    this.now = now;
    this.speech = speech;
  }

  /** Queues an answer or another frame for this device alone. */
  push(frame: ServerFrame): void {
    const text = this.speech.textOf(frame);
    if (text !== undefined) this.pushText(text);
  }

  /** Queues what its door has written itself. */
  pushText(text: string): void {
    this.enqueue(text, text.length);
  }

  /** Queues an answer that may be longer than the queue: a slow line gets one at a time whole. */
  pushAnswer(text: string): void {
    const isAlone = text.length > LATEST_BYTES_MAX && this.queuedBytes <= LATEST_BYTES_MAX;
    if (isAlone) this.letThrough(true);
    this.pushText(text);
    if (isAlone) this.letThrough(false);
  }

  /** Queues a logged event: never dropped, counted towards the mark. */
  pushShared(frame: SharedFrame): void {
    this.countPushed(frame.bytes.length);
    this.enqueue(frame, frame.bytes.length);
  }

  /** Notes that a source has something newer; it is asked for it when there is room. */
  offerLatest(source: LatestSource): void {
    this.latest.add(source);
    this.schedule();
  }

  withdrawLatest(source: LatestSource): void {
    this.latest.delete(source);
  }

  /** Asks for a mark behind what is queued by now, as after pushes. */
  askForMark(): void {
    this.countPushed(1);
  }

  /** Takes a mark back from the device: what was pushed before it has been read. */
  markAnswered(mark: number): void {
    if (mark !== this.markSent) return;
    this.markSentAt = 0;
    if (this.latest.size > 0) this.schedule();
  }

  get queuedBytes(): number {
    return this.pieceBytes + this.wire.bufferedAmount;
  }

  /**
   * Lets what is queued from now on through whatever its size, until told otherwise: a login's answer with all that
   * was missed, which a slow line would else never get whole. It has the time that a mark has.
   */
  letThrough(letsThrough: boolean): void {
    this.letsThrough = letsThrough;
    this.largeUntil = this.now() + MARK_ANSWER_MS_MAX;
  }

  flush(): void {
    this.scheduled = false;
    if (this.closed || !this.write()) return;
    this.checkQueue();
  }

  /** Looks after what time alone brings about; called about once a second. */
  sweep(): void {
    if (this.closed) return;
    const now = this.now();
    if (this.markSentAt > 0 && now - this.markSentAt > MARK_ANSWER_MS_MAX) {
      this.close('tooSlow');
      return;
    }
    this.checkQueue();
    if (this.latest.size > 0 || this.markIsDue(now)) this.schedule();
  }

  close(reason: CloseReason): void {
    if (this.closed) return;
    this.write();
    this.stop();
    this.wire.close(reason);
  }

  /** Ends the connection as a broken network would: nothing more goes out. */
  cut(): void {
    this.stop();
    this.wire.terminate();
  }

  /** Forgets everything, when the socket is gone. */
  stop(): void {
    this.closed = true;
    this.latest.clear();
    this.pieces = [];
  }

  /** Hands everything that waits to the socket; false when nothing does. */
  private write(): boolean {
    this.pullLatest();
    this.addMark();
    if (this.pieces.length === 0) return false;
    const pieces = this.pieces;
    this.pieces = [];
    this.pieceBytes = 0;
    for (const message of this.speech.messagesOf(pieces)) this.wire.send(message);
    return true;
  }

  private enqueue(piece: Piece, bytes: number): void {
    if (this.closed) return;
    this.pieces.push(piece);
    this.pieceBytes += bytes;
    if (this.letsThrough) this.largeBytes += bytes;
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    this.flusher.schedule(this);
  }

  private pullLatest(): void {
    if (this.latest.size === 0 || this.markSentAt > 0 || this.wire.bufferedAmount > LATEST_BYTES_MAX) return;
    for (const source of this.latest) {
      const frame = source.pull();
      if (!frame) continue;
      this.countPushed(frame.bytes.length);
      this.pieces.push(frame);
    }
    this.latest.clear();
  }

  private countPushed(bytes: number): void {
    if (this.pushedBytes === 0) this.pushedSince = this.now();
    this.pushedBytes += bytes;
  }

  private markIsDue(now: number): boolean {
    if (this.pushedBytes === 0 || this.markSentAt > 0) return false;
    return this.pushedBytes >= MARK_BYTES || now - this.pushedSince >= MARK_MS;
  }

  private addMark(): void {
    if (this.pushedBytes === 0) return;
    const now = this.now();
    if (!this.markIsDue(now)) return;
    this.markSent += 1;
    this.markSentAt = now;
    this.pushedBytes = 0;
    const text = this.speech.textOf({ mark: this.markSent });
    if (text !== undefined) this.pieces.push(text);
  }

  private checkQueue(): void {
    const buffered = this.wire.bufferedAmount;
    if (buffered === 0) {
      this.blockedSince = 0;
      if (!this.letsThrough) this.largeBytes = 0;
      return;
    }
    const now = this.now();
    if (now > this.largeUntil && !this.letsThrough) this.largeBytes = 0;
    if (this.blockedSince === 0) this.blockedSince = now;
    const blockedTooLong = now - this.blockedSince > BLOCKED_MS_MAX && buffered > LATEST_BYTES_MAX;
    const isLate = blockedTooLong && this.largeBytes === 0;
    if (buffered > QUEUE_BYTES_MAX + this.largeBytes || isLate) this.close('tooSlow');
  }
}
