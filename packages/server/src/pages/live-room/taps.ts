/**
 * Taps of one person, added up. However fast somebody taps, one call goes out at a time, and none sooner than the
 * spacing after the one before: 4 a second over all counters, as many as the limit of counter calls allows (GC10).
 * Without a connection one call waits, and the rest goes on adding up here.
 */

/** What became of a call: counted, or given back because it was never sent. */
export type Outcome = 'counted' | 'again';

export interface TapsOptions {
  spacingMs: number;
  /** Adds `count` to a counter. It may reject: those taps are lost then, and it has told the person why. */
  send: (key: string, count: number) => Promise<Outcome>;
  /** How many taps of a counter have no answer yet. */
  onWaiting: (key: string, count: number) => void;
}

export class Taps {
  private readonly waiting = new Map<string, number>();
  private readonly options: TapsOptions;
  private isSending = false;
  private isEnded = false;

  constructor(options: TapsOptions) {
    this.options = options;
  }

  add(key: string): void {
    if (this.isEnded) return;
    this.wait(key, 1);
    if (!this.isSending) void this.sendAll();
  }

  /** Nothing that still waits is sent. */
  end(): void {
    this.isEnded = true;
    for (const key of this.waiting.keys()) this.options.onWaiting(key, 0);
    this.waiting.clear();
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    for (let next = this.longestWaiting(); next; next = this.longestWaiting()) {
      const [key, count] = next;
      const spaced = new Promise((resolve) => setTimeout(resolve, this.options.spacingMs));
      const outcome = await this.options.send(key, count).catch((): Outcome => 'counted');
      if (this.isEnded) break;
      this.answered(key, count, outcome);
      await spaced;
    }
    this.isSending = false;
  }

  /** A counter that was served goes to the end of the line, so that a hammered one does not starve the others. */
  private answered(key: string, count: number, outcome: Outcome): void {
    const all = this.waiting.get(key) ?? 0;
    this.waiting.delete(key);
    this.wait(key, outcome === 'again' ? all : all - count);
  }

  private wait(key: string, more: number): void {
    const all = (this.waiting.get(key) ?? 0) + more;
    if (all > 0) this.waiting.set(key, all);
    this.options.onWaiting(key, all);
  }

  private longestWaiting(): [key: string, count: number] | undefined {
    return [...this.waiting][0];
  }
}
