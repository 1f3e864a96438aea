import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Outcome, Taps } from '../src/pages/live-room/taps.ts';

const SPACING_MS = 250;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Call {
  at: number;
  key: string;
  count: number;
}

/** Taps whose calls are written down and answered by `answer` after `latencyMs`. */
function start({ latencyMs = 10, answer = (): Outcome => 'counted' } = {}) {
  const calls: Call[] = [];
  const waiting: Record<string, number> = {};
  const began = Date.now();
  const taps = new Taps({
    spacingMs: SPACING_MS,
    onWaiting: (key, count) => {
      waiting[key] = count;
    },
    send: async (key, count) => {
      calls.push({ at: Date.now() - began, key, count });
      await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return answer();
    },
  });
  return { taps, calls, waiting };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

it('sends a first tap at once', async () => {
  const { taps, calls, waiting } = start();
  taps.add('likes');
  expect(calls).toEqual([{ at: 0, key: 'likes', count: 1 }]);
  expect(waiting).toEqual({ likes: 1 });
  await pass(10);
  expect(waiting).toEqual({ likes: 0 });
});

it('adds up what is tapped meanwhile', async () => {
  const { taps, calls } = start();
  for (let tap = 0; tap < 8; tap += 1) taps.add('likes');
  await pass(SPACING_MS);
  expect(calls).toEqual([
    { at: 0, key: 'likes', count: 1 },
    { at: SPACING_MS, key: 'likes', count: 7 },
  ]);
});

it('[GC10] never calls more than 20 times in 5 s, whatever is hammered', async () => {
  const { taps, calls } = start({ latencyMs: 0 });
  const keys = ['likes', 'views', 'gifts'];
  for (let at = 0; at < 20_000; at += 10) {
    for (const key of keys) taps.add(key);
    await pass(10);
  }
  await pass(2_000);
  for (const { at } of calls) {
    expect(calls.filter((other) => other.at >= at && other.at < at + 5_000).length).toBeLessThanOrEqual(20);
  }
  for (const key of keys) {
    expect(calls.filter((call) => call.key === key).reduce((sum, { count }) => sum + count, 0)).toBe(2_000);
  }
});

it('serves the counters in turn', async () => {
  const { taps, calls } = start();
  for (const key of ['likes', 'likes', 'views', 'gifts']) taps.add(key);
  await pass(4 * SPACING_MS);
  expect(calls.map(({ key, count }) => `${key} ${count}`)).toEqual([
    'likes 1',
    'views 1',
    'gifts 1',
    'likes 1',
  ]);
});

it('has one call under way at a time, and adds up the rest until it is answered', async () => {
  const { taps, calls, waiting } = start({ latencyMs: 3_000 });
  taps.add('likes');
  await pass(1_000);
  for (let tap = 0; tap < 5; tap += 1) taps.add('likes');
  await pass(1_000);
  expect(calls).toHaveLength(1);
  expect(waiting).toEqual({ likes: 6 });
  await pass(1_000);
  expect(calls.at(-1)).toEqual({ at: 3_000, key: 'likes', count: 5 });
});

it('[DL7] keeps what was never sent, and sends it again with what has come', async () => {
  const outcomes: Outcome[] = ['again', 'counted'];
  const { taps, calls, waiting } = start({ answer: () => outcomes.shift() ?? 'counted' });
  taps.add('likes');
  taps.add('likes');
  await pass(10);
  expect(waiting).toEqual({ likes: 2 });
  await pass(SPACING_MS);
  expect(calls.map(({ count }) => count)).toEqual([1, 2]);
  expect(waiting).toEqual({ likes: 0 });
});

it('[DL7] lets go of what was refused, and goes on', async () => {
  let refusals = 1;
  const { taps, calls, waiting } = start({
    answer: () => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('refused');
      return 'counted';
    },
  });
  taps.add('likes');
  await pass(10);
  expect(waiting).toEqual({ likes: 0 });
  taps.add('likes');
  await pass(SPACING_MS);
  expect(calls.map(({ count }) => count)).toEqual([1, 1]);
});

it('sends nothing after its end', async () => {
  const { taps, calls, waiting } = start();
  taps.add('likes');
  taps.add('views');
  taps.end();
  taps.add('likes');
  await pass(5_000);
  expect(calls).toHaveLength(1);
  expect(waiting).toEqual({ likes: 0, views: 0 });
});
