/** The devices of one cell: some that write and some that only listen, connected and ready. */
import { PROTOCOL_VERSION } from '@muster/protocol';
import { signUserSig } from '@muster/tencent';
import { BENCH_APP } from './app.ts';
import { type CountingDevice, LoadDevice, type Run } from './device.ts';
import { Latencies } from './latencies.ts';
import { Tally } from './tally.ts';

export interface Crowd<Device extends CountingDevice = LoadDevice> {
  run: Run;
  writers: Device[];
  /** Those that hear every change; at Muster the writers do too. */
  listeners: Device[];
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
  await makeGroup(devices[0], groupID, userIDs.slice(1));
  return crowdOf(run, devices.slice(0, size.writers), devices);
}

/** Makes a group of a device's user and others. */
export async function makeGroup(
  owner: LoadDevice | undefined,
  groupID: string,
  userIDs: readonly string[],
): Promise<void> {
  if (!owner) throw new Error('A crowd needs a writer.');
  await owner.ask('createGroup', { type: 'Work', groupID, name: 'Benchmark' });
  for (let at = 0; at < userIDs.length; at += ADDED_AT_ONCE)
    await owner.ask('addGroupMember', { groupID, userIDList: userIDs.slice(at, at + ADDED_AT_ONCE) });
}

/** The user of a crowd's device. */
export function userIDOf(groupID: string, index: number): string {
  return `${groupID}-${index}`;
}

/** Connects a device and logs it in; `more` goes into the login. */
export async function logIn(url: string, userID: string, run: Run, more: object = {}): Promise<LoadDevice> {
  const device = await LoadDevice.connect(`${url}/ws`, run);
  const { SDKAppID } = BENCH_APP;
  const proof = { userID, userSig: userSigOf(userID) };
  const output = await device.ask('login', { protocol: PROTOCOL_VERSION, SDKAppID, ...proof, ...more });
  device.number = Number(output.device);
  return device;
}

export function userSigOf(userID: string): string {
  return signUserSig({ ...BENCH_APP, userID, expireSeconds: SIGNATURE_SECONDS, now: Date.now() });
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
export async function connectAll<Device extends CountingDevice>(
  count: number,
  connect: (index: number) => Promise<Device>,
): Promise<Device[]> {
  const devices: Device[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) devices[index] = await connect(index);
  };
  await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, work));
  return devices;
}
