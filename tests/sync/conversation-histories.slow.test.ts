import { describe, it } from 'vitest';
import { runConversationHistory } from './conversation-history.ts';

describe('random histories of conversations with drops, repeats and restarts', () => {
  it.each([1, 2, 3, 4])(
    '[DL5] [CG16] [MS6] three devices, a fresh login and the server agree, seed %i',
    async (seed) => {
      await runConversationHistory({ seed, steps: 160 });
    },
    60_000,
  );
});
