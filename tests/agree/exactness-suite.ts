/** Exact 64-bit values through every door, on any storage (GC3, GC7). */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAX = 9223372036854775807n;
const MIN = -9223372036854775808n;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const EDGES = [
  MAX,
  MAX - 1n,
  MIN,
  MIN + 1n,
  SAFE - 1n,
  SAFE,
  SAFE + 1n,
  SAFE + 2n,
  -SAFE,
  -SAFE - 1n,
  -SAFE - 2n,
  0n,
  -1n,
];

type Wire = number | string;
const wire = (value: bigint): Wire => (value >= -SAFE && value <= SAFE ? Number(value) : String(value));
const inSdk = (value: bigint): number | bigint => (value >= -SAFE && value <= SAFE ? Number(value) : value);

interface HttpAnswer {
  status: number;
  body: { counters?: { key: string; value: Wire }[]; name?: string; code?: number; message?: string };
}

export function exactnessSuite(name: string, storage: () => Promise<string | undefined>): void {
  describe(`exact values on ${name}`, () => {
    let muster: Muster;
    let owner: ChatSDK;
    let member: RawDevice;

    beforeAll(async () => {
      const address = await storage();
      muster = await startMuster({ tickMs: 0, ...(address === undefined ? {} : { storage: address }) });
      owner = await muster.login('owner');
      await owner.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID: 'exact', name: 'exact' });
      member = await RawDevice.connect(muster.proxyServer);
      await member.login({ SDKAppID: muster.SDKAppID, userID: 'member', userSig: muster.userSig('member') });
      await member.write('joinGroup', { groupID: 'exact' });
    });
    afterAll(() => muster.close());

    async function http(command: string, input: object): Promise<HttpAnswer> {
      const response = await fetch(`${muster.url}/v1/commands/${command}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${muster.userSig('member')}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return { status: response.status, body: (await response.json()) as HttpAnswer['body'] };
    }

    const update = (mode: 'Set' | 'Increase' | 'Decrease', value: Wire, key = 'edge') => ({
      groupID: 'exact',
      mode,
      counters: [{ key, value }],
    });

    it.each(EDGES)('[GC3] %s goes in and out unchanged: SDK, frames, HTTP, event', async (value) => {
      const heard = new Promise<unknown>((resolve) => {
        owner.once(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }: { data: { value: unknown } }) =>
          resolve(data.value),
        );
      });
      const before = member.events.length;
      const answer = await http('updateGroupCounters', update('Set', wire(value)));
      expect(answer).toMatchObject({
        status: 200,
        body: { counters: [{ key: 'edge', value: wire(value) }] },
      });
      expect(await heard).toBe(inSdk(value));
      await member.until(({ events }) => events.length > before);
      expect(member.events.at(-1)).toMatchObject({ counters: [{ key: 'edge', value: wire(value) }] });

      const set = await owner.setGroupCounters({ groupID: 'exact', counters: { edge: inSdk(value) } });
      expect(set.data.counters).toEqual({ edge: inSdk(value) });
      const read = await owner.getGroupCounters({ groupID: 'exact', keyList: ['edge'] });
      expect(read.data.counters).toEqual({ edge: inSdk(value) });
      const raw = await member.request('getGroupCounters', { groupID: 'exact', keyList: ['edge'] });
      expect(raw).toMatchObject({ ok: true, output: { counters: [{ key: 'edge', value: wire(value) }] } });
    });

    it('[GC7] adds across 2^53 one by one without losing one', async () => {
      await owner.setGroupCounters({ groupID: 'exact', counters: { step: inSdk(SAFE - 2n) } });
      for (let step = 1n; step <= 5n; step += 1n) {
        const { data } = await owner.increaseGroupCounter({ groupID: 'exact', key: 'step', value: 1 });
        expect(data.value).toBe(inSdk(SAFE - 2n + step));
      }
    });

    it.each([
      ['Increase', MAX, 1n],
      ['Increase', 1n, MAX],
      ['Decrease', MIN, 1n],
      ['Increase', MIN, -1n],
      ['Decrease', MAX, -1n],
      ['Decrease', 0n, MIN],
      ['Decrease', 5n, MIN],
    ] as const)('[GC7] %s of %s by %s is refused and changes nothing', async (mode, from, by) => {
      const start = await http('updateGroupCounters', update('Set', wire(from)));
      const refused = await http('updateGroupCounters', update(mode, wire(by)));
      expect(refused).toMatchObject({ status: 409, body: { code: 10004, name: 'COUNTER_OVERFLOW' } });
      const after = await member.request('getGroupCounters', { groupID: 'exact', keyList: ['edge'] });
      const version = (start.body as { version?: number }).version;
      expect(after).toMatchObject({
        ok: true,
        output: { counters: [{ key: 'edge', value: wire(from), version }], version },
      });
    });

    it.each([-1n, -2n, MIN])('[GC7] a decrease of %s by -2^63 is exact', async (from) => {
      await http('updateGroupCounters', update('Set', wire(from)));
      const answer = await http('updateGroupCounters', update('Decrease', wire(MIN)));
      expect(answer).toMatchObject({
        status: 200,
        body: { counters: [{ key: 'edge', value: wire(from - MIN) }] },
      });
    });

    it('[GC3] an integer that JSON would round is refused over HTTP, never stored rounded', async () => {
      await http('updateGroupCounters', update('Set', 7));
      for (const literal of [
        '9007199254740993',
        '9223372036854775807',
        '1.5',
        '1e400',
        '-0.1',
        'null',
        '"1.0"',
        '"01"',
      ]) {
        const response = await fetch(`${muster.url}/v1/commands/updateGroupCounters`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${muster.userSig('member')}`,
            'content-type': 'application/json',
          },
          body: `{"groupID":"exact","mode":"Set","counters":[{"key":"edge","value":${literal}}]}`,
        });
        expect([literal, response.status]).toEqual([literal, 400]);
      }
      const after = await member.request('getGroupCounters', { groupID: 'exact', keyList: ['edge'] });
      expect(after).toMatchObject({ ok: true, output: { counters: [{ key: 'edge', value: 7 }] } });
    });
  });
}
