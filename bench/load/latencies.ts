const BUCKETS_PER_MS = 100;
const BUCKETS = 5_000 * BUCKETS_PER_MS;

/** Latencies in steps of 10 microseconds, up to 5 seconds; what took longer counts as 5 seconds. */
export class Latencies {
  private readonly buckets = new Uint32Array(BUCKETS);
  private total = 0;

  add(milliseconds: number): void {
    const bucket = Math.min(Math.max(Math.floor(milliseconds * BUCKETS_PER_MS), 0), BUCKETS - 1);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.total += 1;
  }

  /** The number of latencies since `clear`. */
  get count(): number {
    return this.total;
  }

  /** The latency that this share of all does not exceed, in milliseconds. */
  quantile(share: number): number {
    let left = Math.ceil(this.total * share);
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      left -= this.buckets[bucket] ?? 0;
      if (left <= 0) return (bucket + 1) / BUCKETS_PER_MS;
    }
    return BUCKETS / BUCKETS_PER_MS;
  }

  clear(): void {
    this.buckets.fill(0);
    this.total = 0;
  }
}
