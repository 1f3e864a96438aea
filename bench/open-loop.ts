/**
 * The honest load: many devices, each of which asks now and then, whether or not the server keeps up. All of them are
 * members of the one group and hear it, so that every tick goes out to all. Each target has a process of its own
 * here, so that what a device takes of its memory can be seen.
 */
import { openLoop } from './load/pace.ts';
import { best, type Measurement, measure } from './measurement.ts';
import { openStorages, type Storages, startTarget, type TargetName } from './targets.ts';

export interface OpenLoopOptions {
  targets: readonly TargetName[];
  devices: number;
  callsPerSecond: number;
  warmUpSeconds: number;
  seconds: number;
  rounds: number;
  profileFolder?: string | undefined;
  progress?(what: string): void;
}

export interface OpenLoopResult {
  target: TargetName;
  measurement: Measurement;
  /** What the server's memory has grown by since before the first of them came, shared among them. */
  perDevice: MemoryPerDevice;
  loginsPerSecond: number;
  checked: number;
}

export interface MemoryPerDevice {
  /** What is alive after a collection, while they are busy. */
  liveBytes: number;
  /** Resident memory when all of them are there and silent. */
  silentBytes: number;
  /** Resident memory while they are busy: the heap has the room that its garbage takes. */
  busyBytes: number;
}

export async function benchOpenLoop(options: OpenLoopOptions): Promise<OpenLoopResult[]> {
  const storages = await openStorages();
  const results: OpenLoopResult[] = [];
  try {
    for (const target of options.targets) {
      options.progress?.(`${options.devices} devices at ${options.callsPerSecond} calls a second: ${target}`);
      results.push(await benchTarget(target, storages, options));
    }
    return results;
  } finally {
    await storages.remove();
  }
}

async function benchTarget(
  name: TargetName,
  storages: Storages,
  options: OpenLoopOptions,
): Promise<OpenLoopResult> {
  const target = await startTarget(name, storages, options.profileFolder);
  try {
    const before = await target.server.report();
    const begin = performance.now();
    const crowd = await target.gather({
      groupID: 'open-loop',
      writers: options.devices,
      listeners: 0,
      allListen: true,
    });
    const loginsPerSecond = (options.devices / (performance.now() - begin)) * 1_000;
    const silent = await target.server.report();
    const start = () => openLoop(crowd.writers, options.callsPerSecond);
    if (options.warmUpSeconds > 0)
      await measure(target.server, crowd, { seconds: options.warmUpSeconds, start });
    const rounds: Measurement[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      rounds.push(await measure(target.server, crowd, { seconds: options.seconds, start }));
    }
    crowd.close();
    const measurement = calmest(rounds);
    const perDevice = {
      liveBytes: (measurement.liveBytes - before.liveBytes) / options.devices,
      silentBytes: (silent.rssBytes - before.rssBytes) / options.devices,
      busyBytes: (measurement.rssBytes - before.rssBytes) / options.devices,
    };
    return { target: name, measurement, perDevice, loginsPerSecond, checked: crowd.run.tally.count };
  } finally {
    await target.server.stop();
  }
}

/** The rate is given here, so the best round is the one that answered soonest. */
function calmest(rounds: readonly Measurement[]): Measurement {
  return rounds.reduce((calm, one) => (one.p99Ms < calm.p99Ms ? one : calm), best(rounds));
}
