/**
 * A hot room: its members all hear, and all increase one counter, far faster than events may go out. Throws unless
 * everybody ends on the exact value, nobody got more than one event per tick and one, the server's memory stays flat,
 * and a member that reads nothing is cut off and current when it is back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Crowd, logIn, userIDOf } from './load/crowd.ts';
import type { LoadDevice } from './load/device.ts';
import { openLoop, until } from './load/pace.ts';
import { type Measurement, measure } from './measurement.ts';
import type { ServerProcess } from './servers/server-process.ts';
import { openStorages, startTarget } from './targets.ts';

export interface HotRoomOptions {
  members: number;
  increasesPerSecond: number;
  warmUpSeconds: number;
  seconds: number;
  target?: 'muster-sqlite' | 'muster-postgres';
  profileFolder?: string | undefined;
  progress?(what: string): void;
}

export interface HotRoomResult {
  measurement: Measurement;
  /** Answers that were checked, warm-up included. */
  checked: number;
  /** The most events that a member got in the window, and the most it may have got. */
  eventsMost: number;
  eventsAllowed: number;
  /** What is alive in the server after the window, less what was before it. */
  liveGrowthBytes: number;
  rssGrowthBytes: number;
  /** How long the member that read nothing stayed connected. */
  silentForMs: number;
}

const GROUP_ID = 'hot-room';
const TICK_MS = 100;
/** Far less than what a queue, a log or a list of answers would take if it grew with the increases. */
const LIVE_GROWTH_BYTES_MAX = 16_000_000;
const CUT_OFF_MS_MAX = 40_000;
const POLL_MS = 250;

export async function benchHotRoom(options: HotRoomOptions): Promise<HotRoomResult> {
  const storages = await openStorages();
  try {
    const target = await startTarget(options.target ?? 'muster-sqlite', storages, options.profileFolder);
    try {
      options.progress?.(`${options.members} members come`);
      const crowd = await target.gather({ groupID: GROUP_ID, writers: options.members + 1, listeners: 0 });
      const result = await heat(target.server, crowd, options);
      crowd.close();
      return result;
    } finally {
      await target.server.stop();
    }
  } finally {
    await storages.remove();
  }
}

async function heat(server: ServerProcess, crowd: Crowd, options: HotRoomOptions): Promise<HotRoomResult> {
  const [silent, ...members] = crowd.writers;
  if (!silent) throw new Error('A hot room needs members.');
  silent.socket.pause();
  const pausedAt = performance.now();
  const awake = { ...crowd, writers: members, listeners: members };
  const start = () => openLoop(members, options.increasesPerSecond / members.length);
  if (options.warmUpSeconds > 0) await measure(server, awake, { seconds: options.warmUpSeconds, start });
  const before = await server.report();

  options.progress?.(`${options.increasesPerSecond} increases a second for ${options.seconds} s`);
  const begin = performance.now();
  for (const member of members) member.events = 0;
  const measurement = await measure(server, awake, { seconds: options.seconds, start });
  const events = countEvents(members, begin);
  const after = await server.report();
  const liveGrowthBytes = after.liveBytes - before.liveBytes;
  if (liveGrowthBytes > LIVE_GROWTH_BYTES_MAX)
    throw new Error(`The server grew by ${liveGrowthBytes} bytes.`);

  options.progress?.('the member that reads nothing is to be cut off');
  await cutOff(server, silent);
  const silentForMs = performance.now() - pausedAt;
  await comeBack(server.url, crowd, silent);
  return {
    measurement,
    checked: crowd.run.tally.count,
    ...events,
    liveGrowthBytes,
    rssGrowthBytes: after.rssBytes - before.rssBytes,
    silentForMs,
  };
}

/** How many events the members got since `begin`. Throws when one got more than one per tick and one. */
function countEvents(
  members: readonly LoadDevice[],
  begin: number,
): { eventsMost: number; eventsAllowed: number } {
  const last = Math.max(...members.map(({ lastEventAt }) => lastEventAt));
  const eventsAllowed = Math.ceil((last - begin) / TICK_MS) + 1;
  const eventsMost = Math.max(...members.map(({ events }) => events));
  if (eventsMost > eventsAllowed)
    throw new Error(`A member got ${eventsMost} events, ${eventsAllowed} are allowed.`);
  return { eventsMost, eventsAllowed };
}

async function cutOff(server: ServerProcess, silent: LoadDevice): Promise<void> {
  const end = performance.now() + CUT_OFF_MS_MAX;
  // The counts of a report begin anew at `clear`, and nobody but the silent one is ever too slow here.
  while ((await server.report()).tooSlow === 0) {
    if (performance.now() > end) throw new Error('A member that reads nothing is still connected.');
    await sleep(POLL_MS);
  }
  silent.socket.resume();
  await until(() => silent.socket.closeCode !== undefined, 'The member that was cut off never noticed.');
}

/** The same device logs in again and says what it knew; what it missed comes before the answer to the login. */
async function comeBack(url: string, crowd: Crowd, silent: LoadDevice): Promise<void> {
  const counters = [{ groupID: GROUP_ID, version: 0 }];
  const back = await logIn(url, userIDOf(GROUP_ID, 0), crowd.run, { device: silent.number, counters });
  const { last } = crowd.run.tally;
  if (back.heard !== last)
    throw new Error(`A member came back to ${back.heard} where the counter is ${last}.`);
  back.socket.close();
}
