/**
 * Lets pieces of work that share a name go one after another, in the order in which they asked.
 *
 * Within one process this spares the database most contention, and it makes the windows of operations that are kept
 * in memory safe: no two pieces of work hold the same device's at a time. Other processes are kept off by the
 * fence and by row locks.
 */
export interface Gate {
  run<Value>(names: Iterable<string | number>, work: () => Promise<Value>): Promise<Value>;
}

export function createGate(): Gate {
  const last = new Map<string | number, Promise<void>>();
  return {
    run: async (names, work) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before: Promise<void>[] = [];
      // All names are taken in one turn, so that two pieces of work can never wait for each other.
      for (const name of names) {
        const holder = last.get(name);
        if (holder === promise) continue;
        if (holder) before.push(holder);
        last.set(name, promise);
      }
      try {
        if (before.length > 0) await Promise.all(before);
        return await work();
      } finally {
        for (const name of names) if (last.get(name) === promise) last.delete(name);
        resolve();
      }
    },
  };
}
