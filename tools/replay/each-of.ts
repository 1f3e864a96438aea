/** Does the work for each item, begun in their order, with at most so many under way; the first failure ends it. */
export async function eachOf<Item>(
  items: Iterable<Item>,
  atOnceMax: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  let isFailed = false;
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && !isFailed; next = waiting.next()) await work(next.value);
  };
  const workers = Array.from({ length: atOnceMax }, async () => {
    try {
      await worker();
    } catch (error) {
      isFailed = true;
      throw error;
    }
  });
  await Promise.all(workers);
}
