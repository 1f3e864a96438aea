/** Writes that are sent again, by clients that say which answers they have read (OS5). */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WireClient } from './wire-client.ts';

const COUNT = 'group_open_http_svc.update_group_counter';
const FIRST = 50_000_000;

let muster: Muster;
let groups = 0;
const clients: WireClient[] = [];

beforeAll(async () => {
  muster = await startMuster();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => muster.close());

async function connect(): Promise<WireClient> {
  const client = await WireClient.connect(muster.proxyServer);
  clients.push(client);
  return client;
}

/** A client in a group of its own, which it has made under the number before the first. */
async function counting(): Promise<{ client: WireClient; increase: Increase }> {
  groups += 1;
  const [client, GroupId] = [await connect(), `names${groups}`];
  await client.login(GroupId, muster.userSig(GroupId));
  const made = { Type: 'Public', Name: 'team', GroupId };
  await client.again('group_open_http_svc.create_group', made, { seq: FIRST - 1 });
  const body = { GroupId, Mode: 'Increase', GroupCounter: [{ Key: 'hits', Value: 1 }] };
  return {
    client,
    increase: async (by, at) => (await by.again(COUNT, body, { seq: FIRST + at })).GroupCounter[0].Value,
  };
}

type Increase = (by: WireClient, at: number) => Promise<number>;

const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

/** Gives back what the client was asked for. */
function acknowledge(client: WireClient): number {
  const asked = client.pushes.splice(0).filter(({ body }) => body.NeedAck === 1);
  for (const { body } of asked) {
    const { SessionData } = body;
    client.send({ head: { servcmd: 'openim.ws_msg_push_ack', seq: 1, cs: 0 }, body: { SessionData } });
  }
  return asked.length;
}

async function comesBack(client: WireClient): Promise<WireClient> {
  const { a2 } = client;
  client.close();
  await client.closed;
  const again = await connect();
  again.a2 = a2;
  return again;
}

it('[OS5][DL2] a client that reads its answers is asked so, and what it sends again counts once', async () => {
  const { client, increase } = await counting();
  let asked = 0;
  for (const at of from(0, 200)) {
    expect(await increase(client, at)).toBe(at + 1);
    if (at < 160) asked += acknowledge(client);
  }
  expect(asked).toBeGreaterThan(4);
  const again = await comesBack(client);
  const repeated = await Promise.all(from(170, 50).map((at) => increase(again, at)));
  expect(repeated).toEqual(from(171, 50));
  // Nobody asks again for what he has read: it is carried out no second time in any case.
  await expect(increase(again, 20)).rejects.toThrow();
  expect(await increase(again, 220)).toBe(221);
});

it.each([1, 30, 63, 64, 65, 100, 200])(
  '[OS5][DL2] %i writes at once, of which the client has read nothing, are answered as they were',
  async (count) => {
    const { client, increase } = await counting();
    const first = await Promise.all(from(0, count).map((at) => increase(client, at)));
    const again = await comesBack(client);
    expect(await Promise.all(from(0, count).map((at) => increase(again, at)))).toEqual(first);
    const third = await comesBack(again);
    expect(await Promise.all(from(0, count + 5).map((at) => increase(third, at)))).toEqual([
      ...first,
      ...from(count + 1, 5),
    ]);
  },
);

it('[OS5][DL2] what was beyond the window at first is known when the window has come to it', async () => {
  const { client, increase } = await counting();
  const first = await Promise.all(from(0, 150).map((at) => increase(client, at)));
  await expect.poll(() => acknowledge(client)).toBeGreaterThan(0);
  await increase(client, 150);
  expect(await Promise.all(from(20, 60).map((at) => increase(client, at)))).toEqual(first.slice(20, 80));
});
