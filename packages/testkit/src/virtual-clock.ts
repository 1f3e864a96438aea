/** Time that passes only when a test says so. */
export interface VirtualClock {
  /** Milliseconds, from where the clock was set. */
  now(): number;
  /** Runs once when so much time has passed; the answer, called, prevents it. */
  after(delayMs: number, run: () => void): () => void;
  /** Lets time pass: what is due runs in its order, each with all its promises settled before the next. */
  advance(ms: number): Promise<void>;
  /** Lets promises settle without time passing. */
  settle(): Promise<void>;
}

interface Due {
  at: number;
  run: () => void;
}

export function virtualClock(startAt = 1_700_000_000_000): VirtualClock {
  let now = startAt;
  let waiting: Due[] = [];
  // A turn of the real event loop, which virtual time knows nothing of.
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  /** The earliest; of those due together the one that was set first. */
  const nextUntil = (end: number): Due | undefined =>
    waiting.reduce<Due | undefined>(
      (first, due) => (due.at <= end && !(first && first.at <= due.at) ? due : first),
      undefined,
    );

  return {
    now: () => now,
    after(delayMs, run) {
      const due = { at: now + Math.max(0, delayMs), run };
      waiting.push(due);
      return () => {
        waiting = waiting.filter((one) => one !== due);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let due = nextUntil(end); due; due = nextUntil(end)) {
        const { at, run } = due;
        waiting = waiting.filter((one) => one !== due);
        now = Math.max(now, at);
        run();
        await settle();
      }
      now = end;
    },
    settle,
  };
}
