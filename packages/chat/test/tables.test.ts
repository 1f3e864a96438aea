import { expect, it } from 'vitest';
import { bundle } from '../bundle.ts';
import { EVENT, TSignaling, TYPES } from '../src/index.ts';

it('[DI1] the constants of the bundle are those of the sources', async () => {
  const code = await bundle('esm', { minify: true });
  const built = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  expect(built.EVENT).toStrictEqual({ ...EVENT });
  expect(built.TYPES).toStrictEqual({ ...TYPES });
  expect(built.TSignaling).toStrictEqual({ ...TSignaling });
});
