import { describe, it } from 'vitest';
import { runHistory } from './history.ts';

describe('random histories with drops, repeats and restarts', () => {
  it.each([1, 2, 3, 4, 5])(
    '[DL5] applying the events equals fetching, seed %i',
    async (seed) => {
      await runHistory({ seed, steps: 200 });
    },
    60_000,
  );
});
