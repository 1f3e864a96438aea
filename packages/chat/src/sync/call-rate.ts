/** How often counters may be called (GC10): a window that opens at its first call. A refused call counts too. */
import type { LoginOutput } from '@muster/protocol';
import { chatError } from '../errors.ts';

type Kind = 'counterWrites' | 'counterReads';

export interface CallRate {
  /** As the server says at login; null is no limit. */
  limits: LoginOutput['calls'];
  /** Throws when the call is one too many. */
  spend(kind: Kind): void;
}

export function createCallRate(now: () => number): CallRate {
  const windows: { [K in Kind]?: { opened: number; calls: number } } = {};
  const rate: CallRate = {
    limits: null,
    spend(kind) {
      const { limits } = rate;
      if (!limits) return;
      const at = now();
      let window = windows[kind];
      // A clock that was set back would keep the window open for long.
      if (!window || at >= window.opened + limits.window || at < window.opened) {
        window = { opened: at, calls: 0 };
        windows[kind] = window;
      }
      window.calls += 1;
      if (window.calls > limits[kind])
        throw chatError('TOO_FREQUENT', `more than ${limits[kind]} calls in ${limits.window} ms`);
    },
  };
  return rate;
}
