import { LIMITS } from '@muster/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Answered,
  type DeviceWindow,
  droppedBodies,
  emptyWindow,
  isRefusal,
  judge,
  withAnswer,
} from '../../src/operations/window.ts';

const WIDTH = LIMITS.operationsOpen_perDevice_max.value;
const answered = (seq: number, hash = 1, kind: Answered['kind'] = 'counter'): Answered => ({
  seq,
  hash,
  kind,
  value: seq * 10,
  version: seq,
});
const operation = (seq: number, low = 1, session = 1) => ({ device: 7, session, seq, low });
const windowOf = (...seqs: number[]) =>
  seqs.reduce((window, seq) => withAnswer(window, 1, answered(seq)), emptyWindow('bob', 1));

it('[DL2] admits a new operation, gives the answer of a repeat and refuses another content', () => {
  const window = windowOf(1, 3);
  expect(judge(window, operation(2), 1)).toBeUndefined();
  expect(judge(window, operation(3), 1)).toEqual(answered(3));
  expect(judge(window, operation(3), 2)).toMatchObject({ error: 'OPERATION_CONTENT_DIFFERS' });
});

it('[DL2] refuses an unknown device and another session before anything else', () => {
  expect(judge(undefined, operation(1), 1)).toMatchObject({ error: 'OPERATION_CONFIRMED' });
  for (const session of [0, 2]) {
    expect(judge(windowOf(1), operation(1, 1, session), 1)).toMatchObject({ error: 'OPERATION_CONFIRMED' });
  }
});

it('[DL2] refuses what is confirmed, by an earlier operation or by this one', () => {
  const window = withAnswer(emptyWindow('bob', 1), 5, answered(9));
  expect(judge(window, operation(4), 1)).toMatchObject({ error: 'OPERATION_CONFIRMED' });
  expect(judge(window, operation(5), 1)).toBeUndefined();
  expect(judge(window, operation(9, 10), 1)).toMatchObject({ error: 'OPERATION_CONFIRMED' });
});

it('[DL2] is full 64 sequences after the lowest unconfirmed one', () => {
  const window = withAnswer(emptyWindow('bob', 1), 1, answered(1));
  expect(judge(window, operation(WIDTH), 1)).toBeUndefined();
  expect(judge(window, operation(WIDTH + 1), 1)).toMatchObject({ error: 'OPERATION_WINDOW_FULL' });
  expect(judge(window, operation(WIDTH + 1, 2), 1)).toBeUndefined();
});

it('[SE2] takes no sequence that it could not keep', () => {
  const far = 2 ** 48;
  expect(judge(windowOf(1), operation(far - 1, far - 1), 1)).toBeUndefined();
  expect(judge(windowOf(1), operation(far, far), 1)).toMatchObject({ error: 'OPERATION_WINDOW_FULL' });
});

it('says which long answers a confirmation has ended', () => {
  const before = [1, 2, 3].reduce(
    (window: DeviceWindow, seq) => withAnswer(window, 1, answered(seq, 1, seq === 2 ? 'counter' : 'body')),
    emptyWindow('bob', 1),
  );
  expect(droppedBodies(before, withAnswer(before, 4, answered(4)))).toEqual([1, 3]);
  expect(droppedBodies(before, withAnswer(before, 2, answered(4)))).toEqual([1]);
});

/** Every operation ever recorded, and the highest confirmation: what the window stands for. */
class Model {
  readonly recorded = new Map<number, number>();
  floor = 0;

  expected(seq: number, low: number, hash: number): string {
    const floor = Math.max(this.floor, low);
    if (seq < floor) return 'OPERATION_CONFIRMED';
    if (seq >= floor + WIDTH) return 'OPERATION_WINDOW_FULL';
    const known = this.recorded.get(seq);
    if (known === undefined) return 'new';
    return known === hash ? 'repeat' : 'OPERATION_CONTENT_DIFFERS';
  }
}

it('[DL2] agrees with a model that remembers everything, in whatever order operations come', () => {
  const step = fc.record({
    seq: fc.integer({ min: 1, max: 150 }),
    behind: fc.integer({ min: 0, max: 70 }),
    hash: fc.constantFrom(1, 2),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const model = new Model();
      let window = emptyWindow('bob', 1);
      for (const { seq, behind, hash } of steps) {
        const low = Math.max(1, seq - behind);
        const verdict = judge(window, operation(seq, low), hash);
        const told = verdict ? (isRefusal(verdict) ? verdict.error : 'repeat') : 'new';
        expect(told).toBe(model.expected(seq, low, hash));
        if (verdict) continue;
        window = withAnswer(window, low, answered(seq, hash));
        model.recorded.set(seq, hash);
        model.floor = Math.max(model.floor, low);
        expect(window.answers.length).toBeLessThanOrEqual(WIDTH);
      }
    }),
  );
});
