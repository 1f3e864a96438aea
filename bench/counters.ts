/**
 * What do exactness, membership and exactly-once cost? Muster beside a bare loop that does none of them, in the same
 * minutes on the same machine: the rounds of all targets alternate, so that a slow minute hits them alike.
 */
import { type ClosedLoop, closedLoop } from './load/pace.ts';
import { best, type Measurement, measure } from './measurement.ts';
import { openStorages, type Storages, startTarget, type Target, type TargetName } from './targets.ts';

export interface Cell extends ClosedLoop {
  connections: number;
  listeners: number;
}

export interface CountersOptions {
  targets: readonly TargetName[];
  cells: readonly Cell[];
  warmUpSeconds: number;
  seconds: number;
  rounds: number;
  profileFolder?: string | undefined;
  /** Told of each thing that was done. */
  progress?(what: string): void;
}

export interface CellResult {
  cell: Cell;
  target: TargetName;
  measurement: Measurement;
  /** The answers that were checked, over all rounds. */
  checked: number;
}

export const CONNECTIONS = 50;
const LOOPS: readonly ClosedLoop[] = [
  { inFlight: 1, joins: false },
  { inFlight: 20, joins: false },
  { inFlight: 20, joins: true },
];
export const CELLS: readonly Cell[] = [0, 1_000].flatMap((listeners) =>
  LOOPS.map((loop) => ({ connections: CONNECTIONS, listeners, ...loop })),
);

export async function benchCounters(options: CountersOptions): Promise<CellResult[]> {
  const storages = await openStorages();
  const targets: Target[] = [];
  try {
    for (const name of options.targets)
      targets.push(await startTarget(name, storages, options.profileFolder));
    const results: CellResult[] = [];
    for (const [index, cell] of options.cells.entries()) {
      options.progress?.(titleOf(cell));
      results.push(...(await benchCell({ cell, groupID: `cell-${index}`, targets, options })));
    }
    return results;
  } finally {
    await stopAll(targets, storages);
  }
}

export function titleOf({ connections, inFlight, joins, listeners }: Cell): string {
  return `${connections} connections × ${inFlight}${joins ? ' joined' : ''}, ${listeners} members listen`;
}

interface CellRun {
  cell: Cell;
  groupID: string;
  targets: readonly Target[];
  options: CountersOptions;
}

async function benchCell({ cell, groupID, targets, options }: CellRun): Promise<CellResult[]> {
  const { connections: writers, listeners } = cell;
  const crowds = [];
  for (const target of targets) {
    const crowd = await target.gather({ groupID, writers, listeners });
    crowds.push({ target, crowd, rounds: [] as Measurement[] });
  }
  for (const { target, crowd } of crowds) {
    const start = () => closedLoop(crowd.writers, cell);
    if (options.warmUpSeconds > 0)
      await measure(target.server, crowd, { seconds: options.warmUpSeconds, start });
  }
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { target, crowd, rounds } of crowds) {
      const start = () => closedLoop(crowd.writers, cell);
      rounds.push(await measure(target.server, crowd, { seconds: options.seconds, start }));
    }
  }
  return crowds.map(({ target, crowd, rounds }) => {
    crowd.close();
    return { cell, target: target.name, measurement: best(rounds), checked: crowd.run.tally.count };
  });
}

async function stopAll(targets: readonly Target[], storages: Storages): Promise<void> {
  for (const { server } of targets) await server.stop();
  await storages.remove();
}
