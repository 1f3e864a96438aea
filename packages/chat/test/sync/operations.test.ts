import { expect, it } from 'vitest';
import { createOperations } from '../../src/sync/operations.ts';

it('[DL2] numbers operations by one, and names the lowest whose answer is lacking', () => {
  const operations = createOperations<string>();
  expect(operations.low()).toBe(1);
  expect([operations.begin('a'), operations.begin('b'), operations.begin('c')]).toEqual([1, 2, 3]);
  operations.end(2);
  expect(operations.low()).toBe(1);
  operations.end(1);
  expect(operations.low()).toBe(3);
  operations.end(3);
  expect(operations.low()).toBe(4);
  expect(operations.begin('d')).toBe(4);
});

it('[DL2] opens at most 64, counted from the lowest', () => {
  const operations = createOperations<number>();
  for (let seq = 1; seq <= 64; seq += 1) expect(operations.begin(seq)).toBe(seq);
  expect(operations.begin(0)).toBeUndefined();
  operations.end(2);
  expect(operations.begin(0)).toBeUndefined();
  operations.end(1);
  expect([operations.begin(0), operations.begin(0), operations.begin(0)]).toEqual([65, 66, undefined]);
});

it('[DL3] gives those without an answer in order', () => {
  const operations = createOperations<string>();
  for (const name of ['a', 'b', 'c', 'd']) operations.begin(name);
  operations.end(2);
  expect(operations.unanswered()).toEqual(['a', 'c', 'd']);
});

it('counts anew for a new device', () => {
  const operations = createOperations<string>();
  operations.begin('a');
  operations.restart();
  expect([operations.low(), operations.begin('b')]).toEqual([1, 1]);
});
