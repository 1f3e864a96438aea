import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRepository } from '../repository.ts';
import { print, tidy } from '../rules.ts';

it('finds nothing untidy in this repository', () => {
  const repository = readRepository(fileURLToPath(new URL('../../..', import.meta.url)));
  expect(repository.files.length).toBeGreaterThan(0);
  expect(tidy(repository).map(print)).toEqual([]);
});
