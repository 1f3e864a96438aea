import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorage } from '../src/conformance/index.ts';
import { openSqlite } from '../src/sqlite/open-sqlite.ts';

describeStorage('sqlite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  const file = join(folder, 'muster.db');
  let storage = await openSqlite({ file });
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = await openSqlite({ file });
      return storage;
    },
    close: async () => {
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
});
