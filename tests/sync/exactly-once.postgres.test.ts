import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { increaseUnderCuts } from './exactly-once-suite.ts';

describe('increases under cut connections', () => {
  it('[DL2] [DL3] are exact after 100 cuts between commit and answer, on PostgreSQL', async () => {
    const { url, drop } = await freshDatabase();
    await increaseUnderCuts({ storage: url, cuts: 100, callers: 20, seed: 2 });
    await drop();
  }, 60_000);
});
