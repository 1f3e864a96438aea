import { messagesSuite } from './messages-suite.ts';

messagesSuite('SQLite', async () => undefined);
