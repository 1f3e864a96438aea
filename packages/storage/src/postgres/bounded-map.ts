/** A map that forgets what was used longest ago, so that a cache has a limit. */
export class BoundedMap<Key, Value> {
  private readonly entries = new Map<Key, Value>();
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.size) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }

  delete(key: Key): void {
    this.entries.delete(key);
  }
}
