/**
 * The operation ids of one device (DL2): a sequence that rises by one, and the lowest whose answer is still lacking.
 * The server remembers 64 of them, so at most so many are open; the others wait without a number.
 */
import * as LIMITS from '../limits.ts';

export interface Operations<Operation> {
  low(): number;
  /** The next number, from 1, or undefined while too many are open. */
  begin(operation: Operation): number | undefined;
  /** The answer is here, or nobody wants it any more. */
  end(seq: number | undefined): void;
  /** Those without an answer, oldest first. */
  unanswered(): Operation[];
  /** A new device begins to count anew. */
  restart(): void;
}

export function createOperations<Operation>(): Operations<Operation> {
  let next = 1;
  /** In the order of their numbers, because numbers rise and a Map keeps the order of insertion. */
  const open = new Map<number | undefined, Operation>();
  const low = () => open.keys().next().value ?? next;
  return {
    low,
    begin(operation) {
      if (next >= low() + LIMITS.operationsOpen_perDevice_max) return undefined;
      open.set(next, operation);
      return next++;
    },
    end: (seq) => open.delete(seq),
    unanswered: () => [...open.values()],
    restart() {
      open.clear();
      next = 1;
    },
  };
}
