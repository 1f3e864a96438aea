import { describeStorage } from '../src/conformance/index.ts';
import { openMemory } from '../src/memory/open-memory.ts';

describeStorage('memory', async () => {
  let storage = openMemory();
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = openMemory();
      return storage;
    },
    close: () => storage.close(),
  };
}, ['volatile']);
