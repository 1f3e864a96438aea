import { limit } from '@muster/protocol';

const SLICE = limit('fanOutSlice_connections');

/**
 * Serves many subscribers in slices, giving the event loop back in between, so that requests are answered while an
 * event goes out to thousands. Resolves with the time it took.
 */
export function fanOut<Item>(
  items: Iterable<Item>,
  serve: (item: Item) => void,
  now: () => number,
): Promise<number> {
  const started = now();
  const iterator = items[Symbol.iterator]();
  return new Promise((resolve) => {
    const slice = (): void => {
      for (let served = 0; served < SLICE; served += 1) {
        const next = iterator.next();
        if (next.done) {
          resolve(now() - started);
          return;
        }
        serve(next.value);
      }
      setImmediate(slice);
    };
    slice();
  });
}
