import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { freshDatabase } from '../setup/database.ts';
import { increaseUnderKills } from './kill-suite.ts';

describe('kill -9 under load, 20 times', () => {
  it('[DL1] [DL2] loses nothing acknowledged and counts nothing twice on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-kill-'));
    await increaseUnderKills({ storage: `sqlite:${join(folder, 'muster.db')}`, kills: 20, callers: 50 });
    await rm(folder, { recursive: true });
  }, 600_000);

  it('[DL1] [DL2] loses nothing acknowledged and counts nothing twice on PostgreSQL', async () => {
    const { url, drop } = await freshDatabase();
    await increaseUnderKills({ storage: url, kills: 20, callers: 50 });
    await drop();
  }, 600_000);
});
