import type { CommitQueue, Turn, TurnSource } from './commit-queue.ts';
import { type Caches, Pending } from './pending.ts';

interface Job {
  /** Decides, adds its writes and gives what to do when they are durable. */
  run(pending: Pending): () => void;
  reject(error: unknown): void;
  isAlone: boolean;
}

const JOBS_PER_COMMIT = 256;
const WRITES_PER_COMMIT = 2_000;

/** Everything that is written but counters: what waits while a commit runs shares the next one. */
export class ColdWrites implements TurnSource {
  private readonly caches: Caches;
  private readonly queue: CommitQueue;
  private jobs: Job[] = [];

  constructor(caches: Caches, queue: CommitQueue) {
    this.caches = caches;
    this.queue = queue;
  }

  /**
   * Runs a write in the next commit and resolves with what it gives once that is durable. One that reads more than
   * rows by their keys runs `alone`, because only those keys are looked up among the pending writes.
   */
  run<Value>(write: (pending: Pending) => Value, { isAlone = false } = {}): Promise<Value> {
    return new Promise((resolve, reject) => {
      const run = (pending: Pending) => {
        const value = write(pending);
        return () => resolve(value);
      };
      this.jobs.push({ run, reject, isAlone });
      this.queue.wake();
    });
  }

  next(): Turn | undefined {
    if (this.jobs.length === 0) return undefined;
    const pending = new Pending(this.caches);
    const done: { job: Job; resolve: () => void }[] = [];
    for (const job of this.take()) {
      try {
        done.push({ job, resolve: job.run(pending) });
      } catch (error) {
        job.reject(error);
      }
      if (pending.writes.length >= WRITES_PER_COMMIT) break;
    }
    return {
      writes: pending.finish(),
      settle: () => {
        pending.settle();
        for (const { resolve } of done) resolve();
      },
      fail: (error) => {
        for (const { job } of done) job.reject(error);
      },
    };
  }

  /** The jobs of the next commit, one by one, as long as it has room. */
  private *take(): Generator<Job> {
    for (let taken = 0; taken < JOBS_PER_COMMIT; taken += 1) {
      const [job] = this.jobs;
      if (!job || (job.isAlone && taken > 0)) return;
      this.jobs.shift();
      yield job;
      if (job.isAlone) return;
    }
  }
}
