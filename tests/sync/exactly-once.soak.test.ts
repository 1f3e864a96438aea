import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { increaseUnderCuts } from './exactly-once-suite.ts';

describe('increases under 1,000 cut connections', () => {
  it('[DL2] [DL3] are exact on SQLite', async () => {
    await increaseUnderCuts({ cuts: 1_000, callers: 50, seed: 3 });
  }, 600_000);

  it('[DL2] [DL3] are exact on PostgreSQL', async () => {
    const { url, drop } = await freshDatabase();
    await increaseUnderCuts({ storage: url, cuts: 1_000, callers: 50, seed: 4 });
    await drop();
  }, 600_000);
});
