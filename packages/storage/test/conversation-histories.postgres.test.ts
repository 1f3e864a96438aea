import { expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../../tests/setup/database.ts';
import { openPostgres } from '../src/postgres/open-postgres.ts';
import { compareHistories } from './conversation-histories.ts';

it.each([4, 5, 6])(
  '[DL4][MS2][CG15] PostgreSQL shows what the oracle shows, in random histories: %i',
  async (seed) => {
    const database = await freshDatabase();
    const storage = await openPostgres({ url: database.url });
    onTestFinished(async () => {
      await storage.close();
      await database.drop();
    });
    await compareHistories(storage, seed, 200);
    expect((await storage.groups.read('g', [])).group?.messageSeq).toBeGreaterThan(0);
  },
);
