import { describe, it } from 'vitest';
import { runHotRoom } from './hot-room-suite.ts';

describe('a hot room', () => {
  it('[GC13] [DL6] 200 members and 4,000 increases a second for 2 s', async () => {
    await runHotRoom({ members: 200, callers: 40, perSecond: 4_000, seconds: 2 });
  }, 90_000);
});
