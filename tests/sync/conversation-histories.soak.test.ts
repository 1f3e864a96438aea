import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { runConversationHistory } from './conversation-history.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => 100 + index);

describe('many random histories of conversations with drops, repeats and restarts', () => {
  it.each(SEEDS)(
    '[DL5] [CG16] [MS6] everybody agrees on SQLite, seed %i',
    async (seed) => {
      await runConversationHistory({ seed, steps: 400 });
    },
    120_000,
  );

  it.each(SEEDS.slice(0, 20))(
    '[DL5] [CG16] [MS6] everybody agrees on PostgreSQL, seed %i',
    async (seed) => {
      const { url, drop } = await freshDatabase();
      await runConversationHistory({ seed, steps: 200, storage: url });
      await drop();
    },
    120_000,
  );
});
