import { freshDatabase } from '../setup/database.ts';
import { conversationsSuite } from './conversations-suite.ts';

conversationsSuite('PostgreSQL', async () => (await freshDatabase()).url);
