/**
 * The server's limit on counter calls (GC10): a burst, then a steady rate, as a generic cell rate. One number says
 * it all: the time at which the caller's allowance would be whole again.
 */
import { limit, type OperationID } from '@muster/protocol';

/** Writes that are remembered as charged: as many as a device may have open. */
const CHARGED_MAX = limit('operationsOpen_perDevice_max');
const INTERVAL_MS = 1_000 / limit('serverCalls_perSecond');
const BURST_MS = limit('serverCallBurst_max') * INTERVAL_MS;

export class CallRate {
  private wholeAt = 0;
  /** The sequences of writes that were charged and may be asked again. */
  private readonly charged = new Set<number>();

  /** Charges a call, unless it is a write that was charged before: repeats never count. */
  charge(now: number, write: OperationID | undefined): 'free' | 'charged' | 'refused' {
    if (write && this.charged.has(write.seq)) return 'free';
    if (!this.take(now)) return 'refused';
    if (write) this.remember(write);
    return 'charged';
  }

  /** A refused write leaves no record and may be decided again (DL2): the next time it is charged again. */
  forget(seq: number): void {
    this.charged.delete(seq);
  }

  /** Whether one more call is allowed now; an allowed one is charged. */
  take(now: number): boolean {
    const from = Math.max(this.wholeAt, now);
    if (from + INTERVAL_MS - now > BURST_MS) return false;
    this.wholeAt = from + INTERVAL_MS;
    return true;
  }

  /** Gives back what a repeat was charged: repeats never count. */
  refund(): void {
    this.wholeAt -= INTERVAL_MS;
  }

  private remember({ seq, low }: OperationID): void {
    if (this.charged.size >= CHARGED_MAX) {
      for (const known of this.charged) {
        // What is confirmed is never asked again; and the oldest must go when a device confirms nothing.
        if (known < low || this.charged.size >= 2 * CHARGED_MAX) this.charged.delete(known);
      }
    }
    this.charged.add(seq);
  }

  /** Whether the allowance is whole, so that nothing need be remembered. */
  isWhole(now: number): boolean {
    return this.wholeAt <= now;
  }
}
