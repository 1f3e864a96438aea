import { freshDatabase } from '../../../tests/setup/database.ts';
import { combine } from '../src/combining/combine.ts';
import { describeStorage, type Opened } from '../src/conformance/index.ts';
import type { Engine } from '../src/engine.ts';
import type { Storage } from '../src/port.ts';
import { openPostgres } from '../src/postgres/open-postgres.ts';

describeStorage('PostgreSQL', () => open((engine) => engine), ['oneGroupPerUpdate']);
describeStorage('PostgreSQL, combined', () => open((engine) => combine(engine)), ['ownCommits']);

async function open(wrap: (engine: Engine) => Storage): Promise<Opened> {
  const database = await freshDatabase();
  let storage = wrap(await openPostgres({ url: database.url }));
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = wrap(await openPostgres({ url: database.url }));
      return storage;
    },
    close: async () => {
      await storage.close();
      await database.drop();
    },
  };
}
