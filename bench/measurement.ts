/** One measured window: what the load saw from outside, and what the server saw of itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from './load/crowd.ts';
import type { CountingDevice } from './load/device.ts';
import { allHeard, answered, type Pace } from './load/pace.ts';
import type { ServerProcess } from './servers/server-process.ts';

export interface Measurement {
  increasesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** 0 for what commits nothing. */
  increasesPerCommit: number;
  stallMs: number;
  rssBytes: number;
  liveBytes: number;
  /** Processor time per second, of all threads of the server's process; a PostgreSQL is not in it. */
  serverCores: number;
  /** The part of it that the main thread took. */
  mainCores: number;
  /** The same of this process: near 1, the load and not the server is what was measured. */
  loadCores: number;
}

/** How long requests run before a window begins, so that it begins in the steady state. */
const RAMP_MS = 300;

/**
 * Measures while the pace runs, stops it and waits for every answer; then holds the answers and what the listeners
 * heard against each other. Throws when anything is wrong.
 */
export async function measure(
  server: ServerProcess,
  crowd: Pick<Crowd<CountingDevice>, 'run' | 'writers' | 'listeners'>,
  window: { seconds: number; start: () => Pace },
): Promise<Measurement> {
  const { tally, latencies } = crowd.run;
  const pace = window.start();
  await sleep(RAMP_MS);
  await server.clear();
  latencies.clear();
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await sleep(window.seconds * 1_000);
  const elapsedMs = performance.now() - begin;
  const increases = latencies.count;
  const { user, system } = process.cpuUsage(cpu);
  const [p50Ms, p99Ms] = [latencies.quantile(0.5), latencies.quantile(0.99)];
  const report = await server.report();
  pace.stop();
  await answered(crowd.writers);
  tally.check();
  await allHeard(crowd.listeners, tally.last);
  return {
    increasesPerSecond: (increases / elapsedMs) * 1_000,
    p50Ms,
    p99Ms,
    increasesPerCommit: report.commits === 0 ? 0 : report.operations / report.commits,
    stallMs: report.stallMs,
    rssBytes: report.rssBytes,
    liveBytes: report.liveBytes,
    serverCores: report.cpuMs / elapsedMs,
    mainCores: report.mainCpuMs / elapsedMs,
    loadCores: (user + system) / 1_000 / elapsedMs,
  };
}

/** The round with the most increases. */
export function best(rounds: readonly Measurement[]): Measurement {
  const [first, ...others] = rounds;
  if (!first) throw new Error('Nothing was measured.');
  return others.reduce((most, one) => (one.increasesPerSecond > most.increasesPerSecond ? one : most), first);
}
