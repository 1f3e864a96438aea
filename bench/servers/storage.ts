/**
 * A storage with no server around it: some devices it knows, a group, and so many increases in flight. What is asked
 * for comes as JSON in the first argument; the answer is one message.
 */
import { accept, updateCounters } from '@muster/domain';
import { type CombinedStorage, combine, openPostgres, openSqlite } from '@muster/storage';
import { COUNTER_KEY } from '../load/device.ts';
import { Tally } from '../load/tally.ts';

export interface StorageQuestion {
  storage: string;
  /** Devices that the storage knows and that all take part, one after another. */
  devices: number;
  inFlight: number;
  warmUpSeconds: number;
  seconds: number;
  rounds: number;
}

export interface StorageAnswer {
  increasesPerSecond: number;
  increasesPerCommit: number;
  rssBytes: number;
  checked: number;
}

const GROUP_ID = 'storage-alone';
const LOGINS_AT_ONCE = 200;
/** Spreads neighbours, so that devices come in no order that a table would like; prime to every round number. */
const STRIDE = 7_919;

interface Writer {
  device: number;
  session: number;
  seq: number;
}

const question = JSON.parse(process.argv[2] ?? '{}') as StorageQuestion;
const tally = new Tally();
const commits = { count: 0, operations: 0 };
const storage = await open(question.storage);
await makeGroup(storage);
const writers = await logIn(storage, question.devices);
const answer = await bestOf(question);
tally.check();
await storage.close();
process.send?.(answer);
process.disconnect?.();

async function open(address: string): Promise<CombinedStorage> {
  const engine = address.startsWith('sqlite:')
    ? await openSqlite({ file: address.slice('sqlite:'.length) })
    : await openPostgres({ url: address });
  return combine(engine, {
    onCommit: ({ operations }) => {
      commits.count += 1;
      commits.operations += operations;
    },
  });
}

async function bestOf({ warmUpSeconds, seconds, rounds }: StorageQuestion): Promise<StorageAnswer> {
  if (warmUpSeconds > 0) await measure(warmUpSeconds);
  let best = await measure(seconds);
  for (let round = 1; round < rounds; round += 1) {
    const next = await measure(seconds);
    if (next.increasesPerSecond > best.increasesPerSecond) best = next;
  }
  return { ...best, checked: tally.count };
}

async function measure(seconds: number): Promise<StorageAnswer> {
  const before = { ...commits, answered: tally.count };
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(Array.from({ length: question.inFlight }, (_, index) => loop(index, end)));
  const elapsed = (performance.now() - begin) / 1_000;
  return {
    increasesPerSecond: (tally.count - before.answered) / elapsed,
    increasesPerCommit: (commits.operations - before.operations) / (commits.count - before.count),
    rssBytes: process.memoryUsage.rss(),
    checked: 0,
  };
}

/** One increase after another, each by the next of this loop's devices; loops share a device when it has several. */
async function loop(index: number, end: number): Promise<void> {
  const { devices, inFlight } = question;
  const steps = Math.max(1, Math.floor(devices / inFlight));
  const openPerDevice = Math.max(1, Math.ceil(inFlight / devices));
  for (let step = 0; performance.now() < end; step += 1) {
    const at = (index + inFlight * ((step * STRIDE) % steps)) % devices;
    const writer = writers[at];
    if (!writer) throw new Error('The stride left the devices.');
    await increase(writer, openPerDevice);
  }
}

async function increase(writer: Writer, openPerDevice: number): Promise<void> {
  writer.seq += 1;
  const { device, session, seq } = writer;
  const low = Math.max(1, seq - openPerDevice + 1);
  const input = { mode: 'Increase', counters: [{ key: COUNTER_KEY, value: 1 }] } as const;
  const [outcome] = await storage.groupCounters.update([
    {
      groupID: GROUP_ID,
      userID: 'owner',
      isAdministrator: false,
      key: COUNTER_KEY,
      operation: { device: { device, session, seq, low }, hash: 1 },
      now: Date.now(),
      decide: (state) => updateCounters(state, input),
    },
  ]);
  if (outcome?.ok && !outcome.repeated) tally.add(outcome.reply.counters[0]?.value);
  else
    tally.fault(
      outcome?.ok ? 'an increase was taken for a repeat' : `an increase was refused: ${outcome?.error}`,
    );
}

async function logIn(opened: CombinedStorage, count: number): Promise<Writer[]> {
  const made: Writer[] = [];
  while (made.length < count) {
    const some = Math.min(LOGINS_AT_ONCE, count - made.length);
    const logins = Array.from({ length: some }, () =>
      opened.devices.login({ userID: 'owner', now: Date.now() }),
    );
    for (const { device, session } of await Promise.all(logins)) made.push({ device, session, seq: 0 });
  }
  return made;
}

async function makeGroup(opened: CombinedStorage): Promise<void> {
  const now = Date.now();
  const createTime = Math.floor(now / 1_000);
  const group = {
    groupID: GROUP_ID,
    generation: 1,
    type: 'Work',
    name: 'Benchmark',
    avatar: '',
    introduction: '',
    notification: '',
    ownerID: 'owner',
    joinOption: 'FreeAccess',
    inviteOption: 'FreeAccess',
    isSupportTopic: false,
    maxMemberCount: 10,
    memberCount: 1,
    muteAllMembers: false,
    groupCustomField: [],
    createTime,
    endedAt: 0,
    seq: 0,
    countersVersion: 0,
    messageSeq: 0,
    messagesCounted: 0,
    firstMessageSeq: 0,
  } as const;
  const owner = {
    userID: 'owner',
    role: 'Owner',
    joinTime: createTime,
    nameCard: '',
    muteUntil: 0,
    joinSequence: 0,
    joinCounted: 0,
    ownCounted: 0,
  } as const;
  const outcome = await opened.groups.update({
    groupID: GROUP_ID,
    userIDs: ['owner'],
    now,
    decide: () => accept({ group: { ...group, groupCustomField: [] }, members: [['owner', owner]] }, 'made'),
  });
  if (!outcome.ok) throw new Error(`The group was refused: ${outcome.error}`);
}
