import { conversationGroupStories } from './conversation-groups-suite.ts';

conversationGroupStories('SQLite');
