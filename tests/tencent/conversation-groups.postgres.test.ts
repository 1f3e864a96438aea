import { freshDatabase } from '../setup/database.ts';
import { conversationGroupStories } from './conversation-groups-suite.ts';

conversationGroupStories('PostgreSQL', async () => (await freshDatabase()).url);
