import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { runHistory } from './history.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => 100 + index);

describe('many random histories with drops, repeats and restarts', () => {
  it.each(SEEDS)(
    '[DL5] applying the events equals fetching on SQLite, seed %i',
    async (seed) => {
      await runHistory({ seed, steps: 400 });
    },
    120_000,
  );

  it.each(SEEDS.slice(0, 20))(
    '[DL5] applying the events equals fetching on PostgreSQL, seed %i',
    async (seed) => {
      const { url, drop } = await freshDatabase();
      await runHistory({ seed, steps: 200, storage: url });
      await drop();
    },
    120_000,
  );
});
