import { describe, expect, it } from 'vitest';
import { Tally } from '../../bench/load/tally.ts';

function tallied(...values: unknown[]): Tally {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  return tally;
}

describe('the tally of a benchmark', () => {
  it('takes the results 1 to n in any order', () => {
    const values = Array.from({ length: 2_000_000 }, (_, index) => index + 1);
    expect(() => tallied(...values.slice(0, 1_000).reverse()).check()).not.toThrow();
    const tally = new Tally();
    for (const value of values) tally.add(value);
    expect(() => tally.check()).not.toThrow();
    expect(tally.last).toBe(2_000_000);
  });

  it.each([
    ['a result that came twice', [1, 2, 2]],
    ['a result that never came', [1, 3]],
    ['a result below the first', [0, 1]],
    ['a result that is no number', [1, '2']],
    ['a result that was rounded', [1, 2 ** 53]],
    ['no result', [undefined]],
  ])('finds %s', (_what, values) => {
    expect(() => tallied(...values).check()).toThrow('The answers are wrong');
  });
});
