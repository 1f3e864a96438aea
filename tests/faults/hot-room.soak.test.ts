import { describe, it } from 'vitest';
import { runHotRoom } from './hot-room-suite.ts';

describe('a hot room', () => {
  it('[GC13] [DL6] 1,000 members and 20,000 increases a second for 5 s', async () => {
    await runHotRoom({ members: 1_000, callers: 200, perSecond: 20_000, seconds: 5 });
  }, 180_000);
});
