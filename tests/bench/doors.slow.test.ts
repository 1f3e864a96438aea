import { expect, it } from 'vitest';
import { benchDoors } from '../../bench/doors.ts';
import { doorsReport } from '../../bench/report.ts';

/** Far too short to say how fast anything is: what is held here is that the benchmark runs and counts right. */
const SHORT = { warmUpSeconds: 0, seconds: 0.3, rounds: 1 };
const SMALL = { connections: 5, inFlight: [1, 20], listeners: 10, changesPerSecond: 50 };

it('[GC6][GC11] the benchmark of the doors counts right, and brings every listener to the last value', async () => {
  const result = await benchDoors({ ...SHORT, ...SMALL });
  expect(result.increases.map(({ door }) => door)).toEqual(['/ws', '/binfo', '/ws', '/binfo']);
  for (const { measurement } of [...result.increases, ...result.events])
    expect(measurement.increasesPerSecond).toBeGreaterThan(0);
  for (const { heardP50Ms } of result.events) expect(heardP50Ms).toBeGreaterThan(0);
  expect(doorsReport(result, 5, 10)).toContain('/binfo to /ws');
});
