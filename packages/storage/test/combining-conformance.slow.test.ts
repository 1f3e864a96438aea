import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { combine } from '../src/combining/combine.ts';
import { describeStorage, type Opened } from '../src/conformance/index.ts';
import type { Engine } from '../src/engine.ts';
import { openMemory } from '../src/memory/open-memory.ts';
import { openSqlite } from '../src/sqlite/open-sqlite.ts';

describeStorage('memory, combined', () => open(async () => openMemory()), ['volatile', 'ownCommits']);

describeStorage('SQLite, combined', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-combining-'));
  const opened = await open(() => openSqlite({ file: join(folder, 'muster.db') }));
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await rm(folder, { recursive: true });
    },
  };
}, ['ownCommits']);

async function open(openEngine: () => Promise<Engine>): Promise<Opened> {
  let storage = combine(await openEngine());
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = combine(await openEngine());
      return storage;
    },
    close: () => storage.close(),
  };
}
