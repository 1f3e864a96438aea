/** The devices of one cell: some that write and some that only listen, connected and ready. */
import { PROTOCOL_VERSION } from '@muster/protocol';
import { signUserSig } from '@muster/tencent';
import { BENCH_APP } from './app.ts';
import { LoadDevice, type Run } from './device.ts';
import { Latencies } from './latencies.ts';
import { Tally } from './tally.ts';

export interface Crowd {
  run: Run;
  writers: LoadDevice[];
  /** Those that hear every change; at Muster the writers do too. */
  listeners: LoadDevice[];
  close(): void;
}

export interface CrowdSize {
  groupID: string;
  writers: number;
  listeners: number;
  /** Whether the writers of a yardstick listen too; at Muster they do in any case. */
  allListen?: boolean;
}

const LOGINS_AT_ONCE = 60;
const ADDED_AT_ONCE = 100;
const SIGNATURE_SECONDS = 86_400;

/** Connects to a yardstick: whoever connects may write. */
export async function gatherBare(url: string, size: CrowdSize): Promise<Crowd> {
  const run = newRun(size.groupID);
  const path = size.allListen ? 'listen' : 'write';
  const writers = await connectAll(size.writers, () => LoadDevice.connect(`${url}/${path}`, run));
  const listeners = await connectAll(size.listeners, () => LoadDevice.connect(`${url}/listen`, run));
  return crowdOf(run, writers, size.allListen ? [...writers, ...listeners] : listeners);
}

/** Logs everybody in to Muster, and makes a group of them: the first writer owns it and adds the others. */
export async function gatherMembers(url: string, size: CrowdSize): Promise<Crowd> {
  const { groupID } = size;
  const run = newRun(groupID);
  const userIDs = Array.from({ length: size.writers + size.listeners }, (_, index) =>
    userIDOf(groupID, index),
  );
  const devices = await connectAll(userIDs.length, (index) => logIn(url, userIDs[index] ?? '', run));
  const [owner] = devices;
  if (!owner) throw new Error('A crowd needs a writer.');
  await owner.ask('createGroup', { type: 'Work', groupID, name: 'Benchmark' });
  for (let at = 1; at < userIDs.length; at += ADDED_AT_ONCE) {
    await owner.ask('addGroupMember', { groupID, userIDList: userIDs.slice(at, at + ADDED_AT_ONCE) });
  }
  return crowdOf(run, devices.slice(0, size.writers), devices);
}

/** The user of a crowd's device. */
export function userIDOf(groupID: string, index: number): string {
  return `${groupID}-${index}`;
}

/** Connects a device and logs it in; `more` goes into the login. */
export async function logIn(url: string, userID: string, run: Run, more: object = {}): Promise<LoadDevice> {
  const { SDKAppID, secretKey } = BENCH_APP;
  const device = await LoadDevice.connect(`${url}/ws`, run);
  const userSig = signUserSig({
    SDKAppID,
    secretKey,
    userID,
    expireSeconds: SIGNATURE_SECONDS,
    now: Date.now(),
  });
  const output = await device.ask('login', {
    protocol: PROTOCOL_VERSION,
    SDKAppID,
    userID,
    userSig,
    ...more,
  });
  device.number = Number(output.device);
  return device;
}

export function newRun(groupID: string): Run {
  return { groupID, tally: new Tally(), latencies: new Latencies() };
}

function crowdOf(run: Run, writers: LoadDevice[], listeners: LoadDevice[]): Crowd {
  const all = new Set([...writers, ...listeners]);
  return {
    run,
    writers,
    listeners,
    close: () => {
      for (const { socket } of all) socket.close();
    },
  };
}

/** Connects so many devices, some at a time, and gives them in order. */
async function connectAll(
  count: number,
  connect: (index: number) => Promise<LoadDevice>,
): Promise<LoadDevice[]> {
  const devices: LoadDevice[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) devices[index] = await connect(index);
  };
  await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, work));
  return devices;
}
