/**
 * By what the writes of a session of the original SDK are known (DL2, OS5). Its client sends a frame again as it was,
 * under the same number, and does not say by itself which answers it has read. It is asked, so that its numbers can
 * take part in the window of its device, which is far cheaper than an operation id for each.
 *
 * What the window has no room for is known by an operation id alone. A frame is sent again on another connection, and
 * so in another session: there a write is looked up by both names, and recorded under both.
 */
import { limit, type OperationID } from '@muster/protocol';
import { PUSH, pushText } from '@muster/tencent';
import type { Session } from '../../sessions/session.ts';

const WIDTH = limit('operationsOpen_perDevice_max');
/** So many frames after what was read last the client is asked anew. */
const ASKED_AFTER = 16;
/** Frames so far before the first one of a session may come behind it. */
const BEFORE_FIRST = 32;
/** The number of a device's first session: nothing was sent before it that could be sent again. */
const FIRST_SESSION = 1;

export interface WriteNames {
  operation: OperationID | undefined;
  /** Whether the operation id is needed besides. */
  needsID: boolean;
}

class SessionWrites {
  /** Where the numbers of the session begin; undefined where others may have been used before. */
  private first: number | undefined;
  /** Every frame below was answered, and its answer read. */
  private low = 0;
  /** The highest number that the window had no room for. */
  private outside = -1;
  /** From where on it was found to have none, in a session whose window stands still. */
  private beyondFrom = Number.POSITIVE_INFINITY;
  private newest = 0;
  /** Up to where the client was asked last; at first where it began. */
  private asked = 0;
  private isAsking = false;
  private readonly open = new Set<number>();
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  begun(seq: number): void {
    if (this.session.number === FIRST_SESSION && this.first === undefined) {
      this.first = Math.max(0, seq - BEFORE_FIRST);
      this.low = this.first;
      this.asked = seq;
    }
    this.open.add(seq);
    this.newest = Math.max(this.newest, seq);
  }

  /** The answer goes out in this turn. */
  answered(seq: number): void {
    this.open.delete(seq);
    const isDue = this.first !== undefined && this.newest - this.asked >= ASKED_AFTER;
    if (!isDue || this.isAsking) return;
    const bound = Math.min(this.newest + 1, ...this.open);
    if (bound <= this.asked) return;
    this.asked = bound;
    this.isAsking = true;
    setImmediate(() => this.ask(bound));
  }

  read(bound: number): void {
    if (!this.isAsking || bound !== this.asked) return;
    this.low = bound;
    this.isAsking = false;
  }

  namesOf(headSeq: number): WriteNames {
    const { first, low } = this;
    // From 1 on, as all operations are numbered.
    const seq = headSeq + 1;
    if (headSeq >= this.beyondFrom) return { operation: undefined, needsID: true };
    if (first === undefined || (headSeq >= first && headSeq <= this.outside))
      return { operation: { seq, low: 0 }, needsID: true };
    if (headSeq >= first && headSeq < low + WIDTH)
      return { operation: { seq, low: low + 1 }, needsID: false };
    this.outside = Math.max(this.outside, headSeq);
    return { operation: undefined, needsID: true };
  }

  /** The window had no room for this number. */
  refused(headSeq: number): void {
    if (this.first === undefined) this.beyondFrom = Math.min(this.beyondFrom, headSeq);
  }

  /** Told apart from the marks of an outbox by its sign. */
  private ask(bound: number): void {
    const body = { EventArray: [], NeedAck: 1, SessionData: String(-bound) };
    this.session.outbox.pushText(pushText(PUSH, body));
  }
}

const writes = new WeakMap<Session, SessionWrites>();

export function writesOf(session: Session): SessionWrites {
  const known = writes.get(session) ?? new SessionWrites(session);
  writes.set(session, known);
  return known;
}
