/**
 * The operation ids of one device (DL2): a sequence that rises by one, and the lowest whose answer is still lacking.
 * The server remembers 64 of them, so at most so many are open; the others wait without a number.
 */
import * as LIMITS from '../limits.ts';

export class Operations<Operation> {
  #next = 1;
  /** In the order of their numbers, because numbers rise and a Map keeps the order of insertion. */
  readonly #open = new Map<number, Operation>();

  get low(): number {
    return this.#open.keys().next().value ?? this.#next;
  }

  /** The next number, or undefined while too many are open. */
  begin(operation: Operation): number | undefined {
    if (this.#next >= this.low + LIMITS.operationsOpen_perDevice_max) return undefined;
    this.#open.set(this.#next, operation);
    return this.#next++;
  }

  /** The answer is here, or nobody wants it any more. */
  end(seq: number): void {
    this.#open.delete(seq);
  }

  /** Those without an answer, oldest first. */
  unanswered(): Operation[] {
    return [...this.#open.values()];
  }

  /** A new device begins to count anew. */
  restart(): void {
    this.#open.clear();
    this.#next = 1;
  }
}
