/** Frames that no client sends: each is answered, or closes its connection, and harms nobody else (SE2). */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WireClient } from './wire-client.ts';

/** A value that no text or number can be made of. */
const UNSPEAKABLE = { toString: '', valueOf: '' };

let muster: Muster;
const clients: WireClient[] = [];
let people = 0;

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

async function loggedIn(): Promise<WireClient> {
  people += 1;
  const client = await connect();
  const userID = `hostile${people}`;
  expect(await client.login(userID, muster.userSig(userID))).toMatchObject({ ErrorCode: 0 });
  return client;
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

it('[SE2] a mark that is none is taken for none, also before a login', async () => {
  const client = await connect();
  for (const SessionData of [UNSPEAKABLE, [UNSPEAKABLE], null, 'x'])
    client.send({ head: { servcmd: 'openim.ws_msg_push_ack', seq: 1 }, body: { SessionData } });
  expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
});

it.each([0, 1])('[SE2] a body that is nested too deeply is refused, with the checksum %i', async (cs) => {
  const client = await loggedIn();
  const head = { servcmd: 'openim.modify_c2c_msg', seq: 8, a2: client.a2, cs };
  const answer = client.answerTo(8);
  client.send(`{"head":${JSON.stringify(head)},"body":{"To_Account":"x","MsgBody":${nested(20_000)}}}`);
  expect(await answer).toMatchObject({ ErrorCode: 60_003 });
  expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
});
