/** What a client does that means harm, or is broken, costs itself alone. */
import { connect, type Socket } from 'node:net';
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
async function plainSocket(text: string): Promise<Socket> {
  const socket = connect({ port: muster.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write(text);
  return socket;
}

const ELSEWHERE = 'GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

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
