/** The tables that are printed. */
import { type CellResult, titleOf } from './counters.ts';
import type { DoorName, DoorsResult } from './doors.ts';
import type { FoldersResult } from './folders.ts';
import type { HotRoomResult } from './hot-room.ts';
import type { Measurement } from './measurement.ts';
import type { OpenLoopResult } from './open-loop.ts';
import type { StorageAloneResult } from './storage-alone.ts';
import { TARGETS, type TargetName } from './targets.ts';

const MEGABYTE = 1_000_000;
const KILOBYTE = 1_000;

/** What is held against what, and the least that is aimed at, by requests in flight. */
const RATIOS: { of: TargetName; to: TargetName; name: string; aim: (inFlight: number) => number }[] = [
  { of: 'muster-sqlite', to: 'bare-sqlite', name: '(c)/(b)', aim: () => 0.7 },
  {
    of: 'muster-postgres',
    to: 'bare-postgres',
    name: '(d)/its bare',
    aim: (inFlight) => (inFlight === 1 ? 0.35 : 0.5),
  },
];
const KNOWN_DEVICES_AIM = 0.8;

type Row = readonly string[];

const MEASURED = [
  'increases/s',
  'p50 ms',
  'p99 ms',
  'per commit',
  'stall ms',
  'RSS MB',
  'cores',
  'main µs',
  'load',
];

function measured(one: Measurement): Row {
  return [
    whole(one.increasesPerSecond),
    one.p50Ms.toFixed(2),
    one.p99Ms.toFixed(2),
    one.increasesPerCommit === 0 ? '-' : one.increasesPerCommit.toFixed(1),
    one.stallMs.toFixed(1),
    whole(one.rssBytes / MEGABYTE),
    one.serverCores.toFixed(2),
    mainMicroseconds(one).toFixed(2),
    one.loadCores.toFixed(2),
  ];
}

/** One table a cell, with the ratios below it. */
export function countersReport(results: readonly CellResult[]): string {
  const cells = [...new Set(results.map(({ cell }) => cell))];
  return cells
    .map((cell) => {
      const own = results.filter((result) => result.cell === cell);
      const rows = own.map(({ target, measurement }) => [TARGETS[target].title, ...measured(measurement)]);
      return `${titleOf(cell)}\n${table([['', ...MEASURED], ...rows])}\n${ratios(own, cell.inFlight)}`;
    })
    .join('\n');
}

/** Processor time of the server's main thread for one increase: what neighbours on the machine change least. */
function mainMicroseconds({ mainCores, increasesPerSecond }: Measurement): number {
  return (mainCores / increasesPerSecond) * 1e6;
}

function ratios(results: readonly CellResult[], inFlight: number): string {
  const rateOf = (name: TargetName): number | undefined =>
    results.find(({ target }) => target === name)?.measurement.increasesPerSecond;
  return RATIOS.map(({ of, to, name, aim }) => {
    const [above, below] = [rateOf(of), rateOf(to)];
    return above === undefined || below === undefined
      ? ''
      : `  ${name} ${against(above / below, aim(inFlight))}\n`;
  }).join('');
}

export function openLoopReport(results: readonly OpenLoopResult[], title: string): string {
  const rows = results.map(({ target, measurement, perDevice, loginsPerSecond }) => [
    TARGETS[target].title,
    ...measured(measurement),
    ...[perDevice.liveBytes, perDevice.silentBytes, perDevice.busyBytes].map((bytes) =>
      (bytes / KILOBYTE).toFixed(1),
    ),
    whole(loginsPerSecond),
  ]);
  const head = ['', ...MEASURED, 'KB live', 'KB silent', 'KB busy', 'logins/s'];
  return `${title} (KB a device)\n${table([head, ...rows])}\n`;
}

export function storageAloneReport(results: readonly StorageAloneResult[]): string {
  const rows = results.map((one) => {
    const first = results.find(({ engine, inFlight }) => engine === one.engine && inFlight === one.inFlight);
    const ratio =
      one === first || !first
        ? ''
        : against(one.increasesPerSecond / first.increasesPerSecond, KNOWN_DEVICES_AIM);
    return [
      one.engine,
      String(one.inFlight),
      whole(one.devices),
      whole(one.increasesPerSecond),
      one.increasesPerCommit.toFixed(1),
      whole(one.rssBytes / MEGABYTE),
      ratio,
    ];
  });
  const head = ['', 'in flight', 'devices', 'increases/s', 'per commit', 'RSS MB', 'to the fewest'];
  return `storage alone\n${table([head, ...rows])}\n`;
}

export function hotRoomReport(result: HotRoomResult): string {
  const lines = [
    `every member ended on the exact value; ${whole(result.checked)} answers checked, every result once`,
    `at most ${result.eventsMost} events a member, ${result.eventsAllowed} allowed (one per tick and one)`,
    `memory: ${(result.liveGrowthBytes / MEGABYTE).toFixed(1)} MB more alive than before, ` +
      `RSS ${(result.rssGrowthBytes / MEGABYTE).toFixed(1)} MB more`,
    `a member that read nothing was cut off after ${(result.silentForMs / 1_000).toFixed(1)} s, and is current again`,
  ];
  const rows = [MEASURED, measured(result.measurement)].map((row) => ['', ...row]);
  return `hot room\n${table(rows)}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

export function foldersReport(results: readonly FoldersResult[], title: string): string {
  const rows = results.map((one) => [
    one.engine,
    one.loginMs.toFixed(0),
    one.filterMicroseconds.toFixed(0),
    one.editMs.toFixed(2),
    (one.editMs / one.increaseMs).toFixed(2),
    one.eventMs.toFixed(2),
    one.editMessages.toFixed(2),
    whole(one.eventBytes),
    (one.heapBytes / MEGABYTE).toFixed(1),
    (one.streamedHeapBytes / MEGABYTE).toFixed(1),
    whole(one.messagesPerSecond),
  ]);
  const head = [
    '',
    'login ms',
    'filter µs',
    'edit ms',
    'to an increase',
    'event ms',
    'messages an edit',
    'bytes an event',
    'heap MB',
    'with messages',
    'messages/s',
  ];
  return `${title}\n${table([head, ...rows])}\n`;
}

/** What the door of the original SDK is held against. */
const OWN_DOOR: DoorName = '/ws';
const FOREIGN_DOOR: DoorName = '/binfo';

export function doorsReport(
  { increases, events }: DoorsResult,
  connections: number,
  listeners: number,
): string {
  const cells = [...new Set(increases.map(({ inFlight }) => inFlight))].map((inFlight) => {
    const own = increases.filter((result) => result.inFlight === inFlight);
    const rows = own.map(({ door, measurement }) => [door, ...measured(measurement)]);
    const [rate, time] = [
      ratioOf(own, ({ measurement }) => measurement.increasesPerSecond),
      ratioOf(own, ({ measurement }) => mainMicroseconds(measurement)),
    ];
    return `${connections} connections × ${inFlight}\n${table([['', ...MEASURED], ...rows])}
  ${FOREIGN_DOOR} to ${OWN_DOOR}: ${rate} of the increases a second, ${time} of the main thread's time for one\n`;
  });
  const rows = events.map((one) => [
    one.door,
    whole(one.measurement.increasesPerSecond * listeners),
    one.heardP50Ms.toFixed(2),
    one.heardP99Ms.toFixed(2),
    one.mainMicroseconds.toFixed(2),
    one.measurement.loadCores.toFixed(2),
  ]);
  const head = ['', 'events/s', 'p50 ms', 'p99 ms', 'main µs', 'load'];
  const time = ratioOf(events, ({ mainMicroseconds }) => mainMicroseconds);
  const hall = `every change of a counter to ${listeners} listeners\n${table([head, ...rows])}
  ${FOREIGN_DOOR} to ${OWN_DOOR}: ${time} of the main thread's time for an event\n`;
  return [...cells, hall].join('\n');
}

function ratioOf<Result extends { door: DoorName }>(
  results: readonly Result[],
  figure: (result: Result) => number,
): string {
  const of = (door: DoorName): number =>
    results.filter((result) => result.door === door).map(figure)[0] ?? Number.NaN;
  return (of(FOREIGN_DOOR) / of(OWN_DOOR)).toFixed(2);
}

function against(ratio: number, aim: number): string {
  return `${ratio.toFixed(2)} (aim ${aim.toFixed(2)}${ratio < aim ? ', missed' : ''})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function table(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return lines.map((line) => `  ${line.trimEnd()}`).join('\n');
}
