import type { Write } from '../sql/statements.ts';
import type { Committer } from './committer.ts';

/** One transaction: decided on the state as it is, not yet written. */
export interface Turn {
  writes: readonly Write[];
  /** The writes are durable, or there are none: brings the caches up to date and answers. Throws never. */
  settle(): void;
  /** Nothing was written: the caches stay as they are. */
  fail(error: unknown): void;
}

/** Something that has transactions to make. */
export interface TurnSource {
  /** Decides the next one, or says that there is none. */
  next(): Turn | undefined;
}

/**
 * Makes load, decide and commit one step: one transaction after another, the sources in rotation so that none
 * starves. A decision is made when everything before it is durable and in the caches.
 */
export class CommitQueue {
  private readonly committer: Committer;
  private readonly sources: TurnSource[] = [];
  private isRunning = false;
  private readonly idlers: (() => void)[] = [];
  private position = 0;

  constructor(committer: Committer) {
    this.committer = committer;
  }

  add(source: TurnSource): void {
    this.sources.push(source);
  }

  /** A source has something to commit. */
  wake(): void {
    if (!this.isRunning) void this.run();
  }

  /** Resolves when no source has anything to commit. */
  idle(): Promise<void> {
    if (!this.isRunning) return Promise.resolve();
    return new Promise((resolve) => this.idlers.push(resolve));
  }

  /** Ends in the very step that finds nothing more to do: whoever comes after it starts it again. */
  private async run(): Promise<void> {
    this.isRunning = true;
    for (let turn = this.nextTurn(); turn; turn = this.nextTurn()) await this.finish(turn);
    this.isRunning = false;
    for (const resolve of this.idlers.splice(0)) resolve();
  }

  private async finish(turn: Turn): Promise<void> {
    try {
      if (turn.writes.length > 0) await this.committer.commit(turn.writes);
    } catch (error) {
      turn.fail(error);
      return;
    }
    turn.settle();
  }

  private nextTurn(): Turn | undefined {
    for (let tried = 0; tried < this.sources.length; tried += 1) {
      const source = this.sources[this.position];
      this.position = (this.position + 1) % this.sources.length;
      const turn = source?.next();
      if (turn) return turn;
    }
    return undefined;
  }
}
