import { conversationGroupStories } from './conversation-groups-suite.ts';

conversationGroupStories({ name: 'Node' });
