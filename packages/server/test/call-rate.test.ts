import { describe, expect, it } from 'vitest';
import { CallRate } from '../src/sessions/call-rate.ts';

describe('the call rate', () => {
  it('[GC10] takes a burst of 120 and then 8 a second', () => {
    const rate = new CallRate();
    let taken = 0;
    while (rate.take(0)) taken += 1;
    expect(taken).toBe(120);
    let later = 0;
    for (let now = 5; now <= 10_000; now += 5) if (rate.take(now)) later += 1;
    expect(later).toBe(80);
  });

  it('[GC10] gives back what a repeat was charged', () => {
    const rate = new CallRate();
    while (rate.take(0));
    rate.refund();
    expect(rate.take(0)).toBe(true);
    expect(rate.take(0)).toBe(false);
  });
});
