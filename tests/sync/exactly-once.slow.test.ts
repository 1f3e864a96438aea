import { describe, it } from 'vitest';
import { increaseUnderCuts } from './exactly-once-suite.ts';

describe('increases under cut connections', () => {
  it('[DL2] [DL3] are exact after 100 cuts between commit and answer, on SQLite', async () => {
    await increaseUnderCuts({ cuts: 100, callers: 20, seed: 1 });
  }, 60_000);
});
