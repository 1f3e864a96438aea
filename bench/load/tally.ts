/**
 * What keeps the benchmark honest: increases by one of a counter that began at 0 must be answered with the numbers
 * 1 to n, each exactly once. Every answer is noted here, and a number that comes twice or out of nowhere is a fault.
 */
const BITS_PER_WORD = 32;
const FIRST_WORDS = 1 << 15;

export class Tally {
  /** Answers that were results. */
  count = 0;
  /** The highest result: the value the counter must have once nothing is under way. */
  last = 0;
  /** The first things that were wrong, in words. */
  readonly faults: string[] = [];
  private seen = new Uint32Array(FIRST_WORDS);

  /** Takes the result of one increase. */
  add(value: unknown): void {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
      this.fault(`an increase was answered with ${JSON.stringify(value)}`);
      return;
    }
    this.count += 1;
    const word = Math.floor(value / BITS_PER_WORD);
    if (word >= this.seen.length) this.grow(word);
    const bit = 1 << (value % BITS_PER_WORD);
    const seen = this.seen[word] ?? 0;
    if ((seen & bit) !== 0) this.fault(`the result ${value} was given twice`);
    this.seen[word] = seen | bit;
    if (value > this.last) this.last = value;
  }

  fault(what: string): void {
    if (this.faults.length < 10) this.faults.push(what);
  }

  /** Throws unless the results are exactly 1 to n. To be called when every request has its answer. */
  check(): void {
    if (this.count !== this.last)
      this.fault(`${this.count} increases were answered, and the last value is ${this.last}`);
    if (this.faults.length > 0) throw new Error(`The answers are wrong: ${this.faults.join('; ')}.`);
  }

  private grow(word: number): void {
    const grown = new Uint32Array(Math.max(this.seen.length * 2, word + 1));
    grown.set(this.seen);
    this.seen = grown;
  }
}
