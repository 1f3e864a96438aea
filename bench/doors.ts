/**
 * What does the door of the original SDK cost? Its frames beside our own, on one server and in one group, in the same
 * minutes: the windows of the doors alternate.
 */
import { connectAll, logIn, makeGroup, newRun, userIDOf, userSigOf } from './load/crowd.ts';
import type { CountingDevice, Run } from './load/device.ts';
import { Latencies } from './load/latencies.ts';
import { closedLoop, openLoop } from './load/pace.ts';
import { WireDevice } from './load/wire-device.ts';
import { best, type Measurement, measure } from './measurement.ts';
import { ServerProcess } from './servers/server-process.ts';
import { openStorages, type Storages } from './targets.ts';

export const DOORS = {
  '/ws': (url: string, userID: string, run: Run) => logIn(url, userID, run),
  '/binfo': (url: string, userID: string, run: Run) =>
    WireDevice.logIn(url, { userID, userSig: userSigOf(userID) }, run),
} satisfies Record<string, (url: string, userID: string, run: Run) => Promise<CountingDevice>>;

export type DoorName = keyof typeof DOORS;

const NAMES = Object.keys(DOORS) as DoorName[];

export interface DoorsOptions {
  connections: number;
  inFlight: readonly number[];
  /** Who hears a counter, at each door. */
  listeners: number;
  /** How often that counter changes a second; every change is an event. */
  changesPerSecond: number;
  warmUpSeconds: number;
  seconds: number;
  rounds: number;
  profileFolder?: string | undefined;
  progress?(what: string): void;
}

export interface IncreasesResult {
  inFlight: number;
  door: DoorName;
  measurement: Measurement;
}

export interface EventsResult {
  door: DoorName;
  measurement: Measurement;
  /** From the call to the event at a listener. */
  heardP50Ms: number;
  heardP99Ms: number;
  /** Processor time of the server's main thread for one event at one listener. */
  mainMicroseconds: number;
}

export interface DoorsResult {
  increases: IncreasesResult[];
  events: EventsResult[];
  /** The answers that were checked, over all rounds. */
  checked: number;
}

export async function benchDoors(options: DoorsOptions): Promise<DoorsResult> {
  const storages = await openStorages();
  try {
    const { results: increases, checked } = await benchIncreases(options, storages);
    const events = await benchEvents(options, storages);
    return { increases, events: events.results, checked: checked + events.checked };
  } finally {
    await storages.remove();
  }
}

/** Opens one server and stops it when the work is done. `tickMs` is the server's own unless given. */
async function withServer<Result>(
  { profileFolder }: DoorsOptions,
  storages: Storages,
  tick: { tickMs?: number },
  work: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const storage = await storages.fresh('sqlite');
  const server = await ServerProcess.start({ kind: 'muster', storage, ...tick, profileFolder });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

type Contender<Device extends CountingDevice = CountingDevice> = {
  door: DoorName;
  devices: Device[];
  rounds: Measurement[];
};

/** Increases of one counter, by the members of one group who have come through either door. */
function benchIncreases(
  options: DoorsOptions,
  storages: Storages,
): Promise<{ results: IncreasesResult[]; checked: number }> {
  return withServer(options, storages, {}, async (server) => {
    const results: IncreasesResult[] = [];
    let checked = 0;
    for (const inFlight of options.inFlight) {
      options.progress?.(`${options.connections} connections × ${inFlight} at each door`);
      const run = newRun(`doors-${inFlight}`);
      const contenders = await gather(server.url, run, options.connections);
      const listeners = contenders.flatMap(({ devices }) => devices);
      await alternate(options, contenders, ({ devices }, seconds) =>
        measure(
          server,
          { run, writers: devices, listeners },
          { seconds, start: () => closedLoop(devices, { inFlight, joins: false }) },
        ),
      );
      results.push(...contenders.map(({ door, rounds }) => ({ inFlight, door, measurement: best(rounds) })));
      for (const { socket } of listeners) socket.close();
      checked += run.tally.count;
    }
    return { results, checked };
  });
}

/** So many devices at each door, all members of the group that the run is about. */
async function gather(url: string, run: Run, connections: number): Promise<Contender[]> {
  const owner = await logIn(url, `${run.groupID}-owner`, newRun(''));
  const contenders: Contender[] = [];
  const userIDs: string[] = [];
  for (const door of NAMES) {
    const userID = (index: number): string => userIDOf(`${run.groupID}${door}`, index);
    const devices = await connectAll<CountingDevice>(connections, (index) =>
      DOORS[door](url, userID(index), run),
    );
    contenders.push({ door, devices, rounds: [] });
    userIDs.push(...devices.map((_, index) => userID(index)));
  }
  await makeGroup(owner, run.groupID, userIDs);
  owner.socket.close();
  return contenders;
}

async function alternate<One extends { rounds: Measurement[] }>(
  { warmUpSeconds, seconds, rounds }: DoorsOptions,
  contenders: readonly One[],
  window: (contender: One, seconds: number) => Promise<Measurement>,
): Promise<void> {
  if (warmUpSeconds > 0) for (const contender of contenders) await window(contender, warmUpSeconds);
  for (let round = 0; round < rounds; round += 1)
    for (const contender of contenders) contender.rounds.push(await window(contender, seconds));
}

type Hall = Contender & { crowd: Parameters<typeof measure>[1]; heard: Latencies; paced: Paced };

/** Changes of a counter as they reach those who listen at one door: a group for each, and a writer of ours in both. */
function benchEvents(
  options: DoorsOptions,
  storages: Storages,
): Promise<{ results: EventsResult[]; checked: number }> {
  // Every change is sent at once: an event for each.
  return withServer(options, storages, { tickMs: 0 }, async (server) => {
    const halls: Hall[] = [];
    for (const door of NAMES) halls.push(await openHall(server.url, door, options));
    options.progress?.(`${options.listeners} listeners at each door`);
    await alternate(options, halls, async ({ crowd, heard, paced }, seconds) => {
      if (halls.every(({ rounds }) => rounds.length === 0)) heard.clear();
      return measure(server, crowd, { seconds, start: () => openLoop([paced], options.changesPerSecond) });
    });
    for (const { devices } of halls) for (const { socket } of devices) socket.close();
    const checked = halls.reduce((sum, { crowd }) => sum + crowd.run.tally.count, 0);
    return { results: halls.map((hall) => eventsResult(hall, options.listeners)), checked };
  });
}

/** A writer alone at its counter: its n-th increase makes the value n. */
type Paced = Pick<CountingDevice, 'increase'>;

async function openHall(url: string, door: DoorName, { listeners }: DoorsOptions): Promise<Hall> {
  const run = newRun(`doors-hall${door}`);
  const writer = await logIn(url, `${run.groupID}-writer`, run);
  const userID = (index: number): string => userIDOf(run.groupID, index);
  const devices = await connectAll<CountingDevice>(listeners, (index) =>
    DOORS[door](url, userID(index), run),
  );
  await makeGroup(
    writer,
    run.groupID,
    devices.map((_, index) => userID(index)),
  );
  const [askedAt, heard] = [[0], new Latencies()];
  run.onHeard = (value, now) => heard.add(now - (askedAt[value] ?? now));
  const paced: Paced = {
    increase: (count, since) => {
      for (let one = 0; one < count; one += 1) askedAt.push(since);
      writer.increase(count, since);
    },
  };
  const crowd = { run, writers: [writer], listeners: [writer, ...devices] };
  return { door, devices: [writer, ...devices], rounds: [], crowd, heard, paced };
}

function eventsResult({ door, rounds, heard }: Hall, listeners: number): EventsResult {
  // The load is the same in every round: the one that neighbours disturbed least took the least time.
  const measurement = rounds.reduce((least, one) => (one.mainCores < least.mainCores ? one : least));
  const eventsPerSecond = measurement.increasesPerSecond * listeners;
  return {
    door,
    measurement,
    heardP50Ms: heard.quantile(0.5),
    heardP99Ms: heard.quantile(0.99),
    mainMicroseconds: (measurement.mainCores / eventsPerSecond) * 1e6,
  };
}
