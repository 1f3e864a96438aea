import { freshDatabase } from '../setup/database.ts';
import { conversationGroupsSuite } from './conversation-groups-suite.ts';

conversationGroupsSuite('PostgreSQL', async () => (await freshDatabase()).url);
