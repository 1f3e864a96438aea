import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { increaseUnderKills } from './kill-suite.ts';

describe('kill -9 under load', () => {
  it('[DL1] [DL2] loses nothing acknowledged and counts nothing twice on PostgreSQL, 2 times', async () => {
    const { url, drop } = await freshDatabase();
    await increaseUnderKills({ storage: url, kills: 2, callers: 20 });
    await drop();
  }, 60_000);
});
