/** Whatever has frames to write at the end of the turn. */
export interface Flushable {
  flush(): void;
}

/**
 * Collects what has something to write, and writes it when the turn of the event loop ends, so that everything
 * which became ready together leaves a socket in one write.
 */
export class Flusher {
  private waiting: Flushable[] = [];

  schedule(item: Flushable): void {
    if (this.waiting.push(item) === 1) setImmediate(() => this.run());
  }

  private run(): void {
    const items = this.waiting;
    this.waiting = [];
    for (const item of items) item.flush();
  }
}
