import { expect, it } from 'vitest';
import { fuzzFrames } from './fuzz-suite.ts';

it('[SE2][OS1][OS2][OS5] 1,000 mutated frames crash nothing and change no other answer', async () => {
  await expect(fuzzFrames(1_000, 1)).resolves.toBeUndefined();
});
