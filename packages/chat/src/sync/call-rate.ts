/** How often counters may be called (GC10): a window that opens at its first call. A refused call counts too. */
import type { LoginOutput } from '@muster/protocol';
import { chatError } from '../errors.ts';
import * as LIMITS from '../limits.ts';

type Kind = 'counterWrites' | 'counterReads';

export class CallRate {
  /** As the server says at login; null is no limit. */
  limits: LoginOutput['calls'] = {
    counterWrites: LIMITS.counterWrites_perWindow_max,
    counterReads: LIMITS.counterReads_perWindow_max,
    window: LIMITS.counterWindow_ms,
  };
  readonly #windows: Record<Kind, { opened: number; calls: number }> = {
    counterWrites: { opened: Number.NEGATIVE_INFINITY, calls: 0 },
    counterReads: { opened: Number.NEGATIVE_INFINITY, calls: 0 },
  };
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Throws when the call is one too many. */
  spend(kind: Kind): void {
    const { limits } = this;
    if (!limits) return;
    const window = this.#windows[kind];
    const now = this.#now();
    // A clock that was set back would keep the window open for long.
    if (now >= window.opened + limits.window || now < window.opened) {
      window.opened = now;
      window.calls = 0;
    }
    window.calls += 1;
    if (window.calls <= limits[kind]) return;
    const seconds = limits.window / 1_000;
    throw chatError('TOO_FREQUENT', `more than ${limits[kind]} calls in ${seconds} s: nothing was sent`);
  }
}
