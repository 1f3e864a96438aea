import { conversationGroupsSuite } from './conversation-groups-suite.ts';

conversationGroupsSuite('SQLite', async () => undefined);
