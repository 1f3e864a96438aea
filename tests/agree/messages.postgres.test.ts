import { freshDatabase } from '../setup/database.ts';
import { messagesSuite } from './messages-suite.ts';

messagesSuite('PostgreSQL', async () => (await freshDatabase()).url);
