import { describe, expect, it } from 'vitest';
import { benchCounters } from '../../bench/counters.ts';
import { benchOpenLoop } from '../../bench/open-loop.ts';
import { countersReport, openLoopReport, storageAloneReport } from '../../bench/report.ts';
import { benchStorageAlone } from '../../bench/storage-alone.ts';

/** Far too short to say how fast anything is: what is held here is that the benchmark runs and counts right. */
const SHORT = { warmUpSeconds: 0, seconds: 0.3, rounds: 1 };
const TARGETS = ['raw', 'bare-sqlite', 'muster-sqlite'] as const;

describe('the benchmark of counters', () => {
  it('[GC6] [GC11] counts every answer once and brings every listener to the last value', async () => {
    const cells = [
      { connections: 5, inFlight: 1, joins: false, listeners: 0 },
      { connections: 5, inFlight: 20, joins: true, listeners: 20 },
    ];
    const results = await benchCounters({ ...SHORT, targets: TARGETS, cells });
    expect(results.map(({ target }) => target)).toEqual([...TARGETS, ...TARGETS]);
    for (const { checked, measurement } of results) {
      expect(checked).toBeGreaterThan(0);
      expect(measurement.increasesPerSecond).toBeGreaterThan(0);
    }
    expect(countersReport(results)).toContain('(c)/(b)');
  });

  it('[GC11] counts right when devices ask at their own rate', async () => {
    const load = { ...SHORT, targets: TARGETS, devices: 50, callsPerSecond: 10 };
    const results = await benchOpenLoop(load);
    for (const { checked } of results) expect(checked).toBeGreaterThan(0);
    expect(openLoopReport(results, 'open loop')).toContain('KB a device');
  });

  it('[DL2] counts right on the storage alone', async () => {
    const load = { ...SHORT, engines: ['sqlite'], devices: [5, 500], inFlight: [50] } as const;
    const results = await benchStorageAlone(load);
    for (const { checked } of results) expect(checked).toBeGreaterThan(0);
    expect(storageAloneReport(results)).toContain('to the fewest');
  });
});
