/**
 * Does the work for each item, begun in their order, with at most so many under way. After a failure nothing more is
 * begun, and when what was under way has ended the first failure is thrown.
 */
export async function eachOf<Item>(
  items: Iterable<Item>,
  atOnceMax: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const workOn = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = waiting.next();
      if (next.done) return;
      await work(next.value).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnceMax }, workOn));
  if (failures.length > 0) throw failures[0];
}
