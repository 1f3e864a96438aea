import { freshDatabase } from '../setup/database.ts';
import { conversationGroupStories } from './conversation-groups-suite.ts';

conversationGroupStories({ name: 'Node, with PostgreSQL', storage: async () => (await freshDatabase()).url });
