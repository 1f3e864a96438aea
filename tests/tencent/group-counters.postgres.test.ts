import { freshDatabase } from '../setup/database.ts';
import { groupCounterStories } from './group-counters-suite.ts';

groupCounterStories('PostgreSQL', async () => (await freshDatabase()).url);
