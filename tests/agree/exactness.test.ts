import { exactnessSuite } from './exactness-suite.ts';

exactnessSuite('SQLite', async () => undefined);
