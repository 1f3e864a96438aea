import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../src/sqlite/open-sqlite.ts';
import { compareHistories } from './conversation-histories.ts';

it.each([1, 2, 3])(
  '[DL4][MS2][CG15] SQLite shows what the oracle shows, in random histories: %i',
  async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
    const storage = await openSqlite({ file: join(folder, 'muster.db') });
    onTestFinished(async () => {
      await storage.close();
      rmSync(folder, { recursive: true });
    });
    await compareHistories(storage, seed, 200);
    expect((await storage.groups.read('g', [])).group?.messageSeq).toBeGreaterThan(0);
  },
);
