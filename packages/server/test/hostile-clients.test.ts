/** What a client does that means harm, or is broken, costs itself alone. */
import { connect, type Socket } from 'node:net';
import { LIMITS } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kickSessions } from '../src/sessions/login.ts';
import { post, rawDevice } from './device-setup.ts';

let muster: Muster;
beforeEach(async () => {
  muster = await startMuster();
});
afterEach(() => muster.close());

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A connection that says what it is given, and never closes by itself. */
async function plainSocket(text: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: muster.port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write(text);
  return socket;
}

const ELSEWHERE = 'GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

const UPGRADE =
  'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

describe('an upgrade that is refused', () => {
  it('[SE2] ends no server when its connection is reset meanwhile', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const socket = await plainSocket(ELSEWHERE);
      await pause(turn % 3);
      socket.resetAndDestroy();
    }
    await pause(50);
    expect((await fetch(`${muster.url}/healthz`)).status).toBe(200);
  });

  it('[SE1] holds no connection open', async () => {
    const socket = await plainSocket(ELSEWHERE);
    const answer = await new Promise((resolve) => socket.once('data', resolve));
    expect(String(answer)).toContain('404');
    await expect
      .poll(() => {
        // Whoever has closed both ways resets what still comes.
        socket.write('x');
        return socket.closed;
      })
      .toBe(true);
  });
});

describe('a connection that is closing', () => {
  const like = { groupID: 'g', mode: 'Increase' as const, counters: [{ key: 'likes', value: 1 }] };
  const likes = async (): Promise<unknown> =>
    (await post(muster, 'administrator', 'getGroupCounters', { groupID: 'g' })).body.counters;

  it('[US11] carries out nothing that comes after the kick', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g' });
    const late = ann.request('updateGroupCounters', like);
    kickSessions(muster.server().app, 'ann');
    expect(await late).toMatchObject({ ok: false });
    expect(await likes()).toEqual([]);
  });

  it('[SE2] carries out nothing of a message behind what is not understood', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g' });
    ann.send([{}, { id: 99, command: 'updateGroupCounters', input: like }]);
    expect(await ann.closed).toBe(4003);
    await muster.idle();
    expect(await likes()).toEqual([]);
  });
});

describe('connections of one address', () => {
  const STRANGER = '127.0.0.2';
  const NEIGHBOUR = '127.0.0.3';
  const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  let sockets: Socket[];

  beforeEach(async () => {
    sockets = [];
    await muster.close();
    muster = await startMuster({ config: { connectionsPerAddress: 2, proxies: new Set([NEIGHBOUR]) } });
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
  });

  /** The status that a fresh connection from the address is answered. */
  async function status(text: string, address: string): Promise<number> {
    const socket = await plainSocket(text, address);
    sockets.push(socket);
    const answer = await new Promise((resolve) => socket.once('data', resolve));
    return Number(String(answer).split(' ')[1]);
  }

  it('[SE1] are bounded at the WebSocket door, save those of a named proxy', async () => {
    for (const expected of [101, 101, 429]) expect(await status(UPGRADE, STRANGER)).toBe(expected);
    for (const expected of [101, 101, 101]) expect(await status(UPGRADE, NEIGHBOUR)).toBe(expected);
    expect(await status(HEALTH, STRANGER)).toBe(200);
    sockets[0]?.destroy();
    await expect.poll(() => status(UPGRADE, STRANGER)).toBe(101);
  });

  it('[SE1] are bounded at the HTTP door, also those that say nothing', async () => {
    for (let idle = 0; idle < 2; idle += 1) sockets.push(await plainSocket('GET', STRANGER));
    await pause(20);
    expect(await status(HEALTH, STRANGER)).toBe(429);
    sockets[0]?.destroy();
    await expect.poll(() => status(HEALTH, STRANGER)).toBe(200);
  });
});

describe('an HTTP request', () => {
  it('[DL10] with an address that cannot be read is refused in our form', async () => {
    for (const name of ['%ff', 'x'.repeat(300)]) {
      const response = await fetch(`${muster.url}/v1/commands/${name}`, { method: 'POST' });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: 60003,
        name: 'MALFORMED_REQUEST',
        retryable: false,
      });
    }
  });
});

it('[SE5] a device that does not answer the closing holds no server beyond its grace period', async () => {
  await muster.close();
  muster = await startMuster({ config: { gracePeriodMs: 300 } });
  const socket = await plainSocket(UPGRADE);
  await new Promise((resolve) => socket.once('data', resolve));
  const began = Date.now();
  await muster.close();
  expect(Date.now() - began).toBeLessThan(1_000);
  socket.destroy();
});

it('[SE1] requests of a connection beyond those that may wait are refused, and it goes on', async () => {
  const most = LIMITS.requestsInFlight_perConnection_max.value;
  const ann = await rawDevice(muster, 'ann');
  muster.faults.delayCommits(100);
  const answers = Array.from({ length: most + 44 }, (_, index) =>
    ann.request('updateMyProfile', { nick: `nick ${index}` }),
  );
  const refused = (await Promise.all(answers)).flatMap((answer) => (answer.ok ? [] : answer.error.code));
  muster.faults.delayCommits(0);
  expect(refused).toEqual(Array.from({ length: 44 }, () => 2996));
  expect(await ann.request('getGroupList', {})).toMatchObject({ ok: true });
});
