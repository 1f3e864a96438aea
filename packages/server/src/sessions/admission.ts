import { limit } from '@muster/protocol';

/** Lets a bounded number of logins be worked on at once; the others wait in line, and beyond that are turned away. */
export class Admission {
  private inProgress = 0;
  private readonly waiting: (() => void)[] = [];

  /** Resolves true when it is this login's turn, false when too many wait already. Every true needs a `leave`. */
  enter(): Promise<boolean> {
    if (this.inProgress < limit('loginsInProgress_max')) {
      this.inProgress += 1;
      return Promise.resolve(true);
    }
    if (this.waiting.length >= limit('loginsWaiting_max')) return Promise.resolve(false);
    return new Promise((resolve) => this.waiting.push(() => resolve(true)));
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inProgress -= 1;
  }
}
