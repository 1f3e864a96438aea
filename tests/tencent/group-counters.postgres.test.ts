import { freshDatabase } from '../setup/database.ts';
import { groupCounterStories } from './group-counters-suite.ts';

groupCounterStories({ name: 'Node, with PostgreSQL', storage: async () => (await freshDatabase()).url });
