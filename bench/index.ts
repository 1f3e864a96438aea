/** The command line of the benchmarks: `npm run bench -- <name> [options]`. Each prints what it measured. */
import { parseArgs } from 'node:util';
import { benchCounters, CELLS, CONNECTIONS } from './counters.ts';
import { benchDoors } from './doors.ts';
import { benchFolders } from './folders.ts';
import { benchHotRoom } from './hot-room.ts';
import { benchOpenLoop } from './open-loop.ts';
import {
  countersReport,
  doorsReport,
  foldersReport,
  hotRoomReport,
  openLoopReport,
  storageAloneReport,
} from './report.ts';
import { benchStorageAlone } from './storage-alone.ts';
import { TARGETS, type TargetName } from './targets.ts';

const BENCHMARKS = {
  counters,
  'closed-loop': closedLoop,
  'open-loop': honestLoad,
  'storage-alone': storageAlone,
  'hot-room': hotRoom,
  folders,
  doors,
};

const USAGE = `npm run bench -- <${Object.keys(BENCHMARKS).join('|')}> [options]

  counters       closed loop, open loop and storage alone
  closed-loop    50 connections with 1 or 20 increases in flight, 0 or 1,000 listeners
  open-loop      5,000 devices at 4 calls a second
  storage-alone  no server around the storage, with few and with many known devices
  hot-room       1,000 members and 20,000 increases a second into one counter
  folders        1,000 conversations in 20 conversation groups, on two devices
  doors          the door of the original SDK beside our own

  --seconds <n>    length of a measured window (2)
  --rounds <n>     windows, the best of which counts (3)
  --targets <a,b>  of ${Object.keys(TARGETS).join(', ')} (all)
  --cells <0,1>    of the cells of counters, by number (all)
  --profile <dir>  a profile of the processor for each server, written there`;

const WARM_UP_SECONDS = 1.5;
const DEVICES = 5_000;
const CALLS_PER_SECOND = 4;
const FOLDERS = { conversations: 1_000, conversationGroups: 20, messages: 10_000 };
const DOORS = { connections: CONNECTIONS, inFlight: [1, 20], listeners: 100, changesPerSecond: 200 };
const HOT_ROOM = { members: 1_000, increasesPerSecond: 20_000, seconds: 5 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    targets: { type: 'string', default: Object.keys(TARGETS).join(',') },
    cells: { type: 'string', default: CELLS.map((_, index) => index).join(',') },
    profile: { type: 'string' },
  },
});
const targets = values.targets.split(',').filter((name): name is TargetName => Object.hasOwn(TARGETS, name));
const common = {
  warmUpSeconds: WARM_UP_SECONDS,
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  profileFolder: values.profile,
  progress: (what: string) => console.error(`... ${what}`),
};

const [name = ''] = positionals;
if (!Object.hasOwn(BENCHMARKS, name)) {
  console.error(USAGE);
  process.exitCode = 1;
} else await BENCHMARKS[name as keyof typeof BENCHMARKS]();

async function counters(): Promise<void> {
  await closedLoop();
  await honestLoad();
  await storageAlone();
}

async function closedLoop(): Promise<void> {
  const cells = values.cells.split(',').flatMap((index) => CELLS[Number(index)] ?? []);
  const results = await benchCounters({ ...common, targets, cells });
  console.log(countersReport(results));
  console.log(`${sum(results)} answers checked: every result once, every listener on the last one.\n`);
}

async function honestLoad(): Promise<void> {
  const results = await benchOpenLoop({
    ...common,
    targets,
    devices: DEVICES,
    callsPerSecond: CALLS_PER_SECOND,
  });
  console.log(
    openLoopReport(results, `${DEVICES} devices, all members, at ${CALLS_PER_SECOND} calls a second`),
  );
  console.log(`${sum(results)} answers checked.\n`);
}

async function storageAlone(): Promise<void> {
  const used = targets.flatMap((target) => TARGETS[target].engine ?? []);
  const results = await benchStorageAlone({
    ...common,
    engines: [...new Set(used)],
    devices: [CONNECTIONS, 100_000],
    inFlight: [CONNECTIONS, 1_000],
  });
  console.log(storageAloneReport(results));
  console.log(`${sum(results)} answers checked.\n`);
}

async function hotRoom(): Promise<void> {
  console.log(hotRoomReport(await benchHotRoom({ ...common, ...HOT_ROOM })));
}

async function folders(): Promise<void> {
  const engines = [...new Set(targets.flatMap((target) => TARGETS[target].engine ?? []))];
  const results = await benchFolders({ ...FOLDERS, engines, progress: common.progress });
  const { conversations, conversationGroups, messages } = FOLDERS;
  console.log(
    foldersReport(
      results,
      `${conversations} conversations in ${conversationGroups} conversation groups, then ${messages} messages`,
    ),
  );
}

async function doors(): Promise<void> {
  const result = await benchDoors({ ...common, ...DOORS });
  console.log(doorsReport(result, DOORS.connections, DOORS.listeners));
  console.log(`${sum([result])} answers checked: every result once, every listener on the last one.\n`);
}

function sum(results: readonly { checked: number }[]): string {
  return results.reduce((total, { checked }) => total + checked, 0).toLocaleString('en-US');
}
