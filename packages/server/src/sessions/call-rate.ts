/**
 * The server's limit on counter calls (GC10): a burst, then a steady rate, as a generic cell rate. One number says
 * it all: the time at which the caller's allowance would be whole again.
 */
import { limit } from '@muster/protocol';

const INTERVAL_MS = 1_000 / limit('serverCalls_perSecond');
const BURST_MS = limit('serverCallBurst_max') * INTERVAL_MS;

export class CallRate {
  private wholeAt = 0;

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

  /** Whether the allowance is whole, so that nothing need be remembered. */
  isWhole(now: number): boolean {
    return this.wholeAt <= now;
  }
}
