/** The server's own limit on counter calls, as a client meets it that keeps to no limit of its own. */
import { LIMITS } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice } from './device-setup.ts';

const BURST = LIMITS.serverCallBurst_max.value;
const WINDOW = LIMITS.operationsOpen_perDevice_max.value;

describe('the limit of counter calls at the server', () => {
  let muster: Muster;
  let time = Date.now();
  const who = () => ({ SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') });
  const like = { groupID: 'g', mode: 'Increase' as const, counters: [{ key: 'likes', value: 1 }] };
  const isTaken = ({ ok }: { ok: boolean }): boolean => ok;

  beforeEach(async () => {
    time = Date.now();
    muster = await startMuster({ limits: 'on', now: () => time });
    const owner = await rawDevice(muster, 'owner');
    await owner.write('createGroup', { type: 'Meeting', groupID: 'g', name: 'g' });
    await post(muster, 'ann', 'joinGroup', { groupID: 'g' });
  });
  afterEach(() => muster.close());

  /** Writes in windows whose highest sequence comes first; gives how many were taken. */
  async function writeWindows(device: RawDevice, windows: number): Promise<number> {
    let taken = 0;
    for (let window = 0; window < windows; window += 1) {
      const low = window * WINDOW + 1;
      const seqs = Array.from({ length: WINDOW }, (_, index) => low + WINDOW - 1 - index);
      const answers = await Promise.all(
        seqs.map((seq) => device.request('updateGroupCounters', like, { operation: { seq, low } })),
      );
      taken += answers.filter(isTaken).length;
    }
    return taken;
  }

  it('[GC10] charges every write once, in whatever order the sequences come', async () => {
    const ann = await RawDevice.connect(muster.proxyServer);
    await ann.login(who());
    expect(await writeWindows(ann, 4)).toBe(BURST);
  });

  it('[GC10] charges every read, also one that brings an operation', async () => {
    const ann = await rawDevice(muster, 'ann');
    const operation = { seq: 1, low: 1 };
    const reads = Array.from({ length: BURST + 20 }, () =>
      ann.request('getGroupCounters', { groupID: 'g' }, { operation }),
    );
    expect((await Promise.all(reads)).filter(isTaken).length).toBe(BURST);
  });

  it('[GC10] charges a write again that was refused, as often as it is tried', async () => {
    const stranger = await rawDevice(muster, 'stranger');
    const codes: (number | undefined)[] = [];
    for (let tries = 0; tries < BURST + 1; tries += 1) {
      const answer = await stranger.request('updateGroupCounters', like, { operation: { seq: 1, low: 1 } });
      codes.push(answer.ok ? undefined : answer.error.code);
    }
    expect([codes[0], codes.at(-1)]).toEqual([10007, 2996]);
  });

  it('[GC10] allows a device the same over all its connections, and never counts repeats', async () => {
    const first = await RawDevice.connect(muster.proxyServer);
    const { device } = await first.login(who());
    const write = (on: RawDevice, seq: number) =>
      on.request('updateGroupCounters', like, { operation: { seq, low: Math.max(1, seq - 9) } });
    for (let seq = 1; seq <= BURST; seq += 1) expect(isTaken(await write(first, seq))).toBe(true);
    const last = await write(first, BURST);
    first.terminate();
    await first.closed;
    const second = await RawDevice.connect(muster.proxyServer);
    await second.login(who(), { device });
    expect(await write(second, BURST)).toEqual(last);
    expect(await write(second, BURST + 1)).toMatchObject({ error: { code: 2996, retryable: true } });
    time += 1_000;
    expect(isTaken(await write(second, BURST + 1))).toBe(true);
  });

  it('[GC10] allows all HTTP calls of a user together as much as a device', async () => {
    const calls = Array.from({ length: BURST + 5 }, () =>
      post(muster, 'ann', 'getGroupCounters', { groupID: 'g' }),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBe(5);
  });
});
