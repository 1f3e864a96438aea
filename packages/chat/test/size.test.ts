import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundle } from '../bundle.ts';

/** With all constants and the names of all methods; what later features add must fit too. */
const BYTES_MAX = 20_000;

it(`is at most ${BYTES_MAX} bytes, minified and gzipped`, async () => {
  const code = await bundle('esm', { minify: true });
  expect(code).not.toMatch(/\bimport\b[^(]*from/);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(BYTES_MAX);
});
