import { freshDatabase } from '../setup/database.ts';
import { exactnessSuite } from './exactness-suite.ts';

exactnessSuite('PostgreSQL', async () => (await freshDatabase()).url);
