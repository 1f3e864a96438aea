import { conversationsSuite } from './conversations-suite.ts';

conversationsSuite('SQLite', async () => undefined);
