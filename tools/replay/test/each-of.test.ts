import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { eachOf } from '../each-of.ts';

const ITEMS = Array.from({ length: 20 }, (_, index) => index);

it('begins in order, with at most so many under way, and does all', async () => {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  await eachOf(ITEMS, 4, async (item) => {
    begun.push(item);
    underWay += 1;
    most = Math.max(most, underWay);
    await turn();
    underWay -= 1;
  });
  expect(begun).toEqual(ITEMS);
  expect([most, underWay]).toEqual([4, 0]);
});

it('begins nothing after a failure, and throws it once the rest has ended', async () => {
  let begun = 0;
  let ended = 0;
  const all = eachOf(ITEMS, 4, async (item) => {
    begun += 1;
    await turn();
    if (item === 1) throw new Error('the second');
    await turn();
    ended += 1;
  });
  await expect(all).rejects.toThrow('the second');
  expect([begun, ended]).toEqual([4, 3]);
});
