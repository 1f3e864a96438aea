import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { increaseUnderKills } from './kill-suite.ts';

describe('kill -9 under load', () => {
  it('[DL1] [DL2] loses nothing acknowledged and counts nothing twice on SQLite, 2 times', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-kill-'));
    await increaseUnderKills({ storage: `sqlite:${join(folder, 'muster.db')}`, kills: 2, callers: 20 });
    await rm(folder, { recursive: true });
  }, 60_000);
});
