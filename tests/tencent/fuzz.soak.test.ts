import { expect, it } from 'vitest';
import { fuzzFrames } from './fuzz-suite.ts';

it.each([2, 3, 4])('[SE2][OS1][OS2][OS5] 10,000 mutated frames, seed %i', async (seed) => {
  await expect(fuzzFrames(10_000, seed)).resolves.toBeUndefined();
});
