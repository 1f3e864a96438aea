/** Increases under cut connections: none is lost, none counts twice, each caller gets his own result (DL2, DL3). */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { seededRandom } from '@muster/testkit';
import { expect } from 'vitest';

export interface CutRun {
  storage?: string;
  /** Connections to cut between a commit and its answer. */
  cuts: number;
  callers: number;
  seed: number;
}

/** Increases by 1 from many devices while connections are cut, until so many were. */
export async function increaseUnderCuts({ storage, cuts, callers, seed }: CutRun): Promise<void> {
  const random = seededRandom(seed);
  const muster = await startMuster({ tickMs: 20, ...(storage === undefined ? {} : { storage }) });
  try {
    const devices = await logInAll(muster, callers);
    muster.faults.cutAfterCommitAtRandom(0.2, () => random.next());
    const results: number[] = [];
    const caller = async (device: ChatSDK): Promise<void> => {
      while (muster.faults.cuts < cuts) {
        const { data } = await device.increaseGroupCounter({ groupID: 'cut', key: 'sum', value: 1 });
        results.push(Number(data.value));
      }
    };
    await Promise.all(devices.map(caller));
    muster.faults.cutAfterCommitAtRandom(0, () => 1);
    expect(muster.faults.cuts).toBeGreaterThanOrEqual(cuts);
    const newcomer = await muster.login('newcomer');
    await newcomer.joinGroup({ groupID: 'cut' });
    const { data } = await newcomer.getGroupCounters({ groupID: 'cut' });
    expect(data.counters).toEqual({ sum: results.length });
    for (const device of devices) {
      const held = async (): Promise<unknown> =>
        (await device.getGroupCounters({ groupID: 'cut' })).data.counters;
      await expect.poll(held).toEqual(data.counters);
    }
    expect(results.sort((a, b) => a - b)).toEqual(Array.from(results, (_, index) => index + 1));
  } finally {
    await muster.close();
  }
}

async function logInAll(muster: Muster, callers: number): Promise<ChatSDK[]> {
  const owner = await muster.login('owner');
  await owner.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID: 'cut', name: 'cut' });
  const devices = await Promise.all(
    Array.from({ length: callers }, (_, index) => muster.login(`caller${index}`)),
  );
  await Promise.all(devices.map((device) => device.joinGroup({ groupID: 'cut' })));
  return devices;
}
