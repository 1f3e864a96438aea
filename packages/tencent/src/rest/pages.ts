/** Lists that this API gives in pages, each of which names where the next one begins. */

const PAGE_COUNT = 100;

export interface Page<Item> {
  items: Item[];
  isComplete: boolean;
  /** 0 when there is no more. */
  next: number;
}

/** The page that begins at an index; what is no index begins at the first. */
export function pageOf<Item>(all: readonly Item[], startIndex: unknown): Page<Item> {
  const start = Number.isSafeInteger(startIndex) ? Math.max(0, startIndex as number) : 0;
  const end = start + PAGE_COUNT;
  const isComplete = end >= all.length;
  return { items: all.slice(start, end), isComplete, next: isComplete ? 0 : end };
}
