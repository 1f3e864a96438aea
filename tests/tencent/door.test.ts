/** The sockets of the original SDK, frame by frame. */
import { limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { a2Of } from '@muster/tencent';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WireClient } from './wire-client.ts';

const PUSH = 'im_open_push.msg_push';
const COUNT = 'group_open_http_svc.update_group_counter';
const hit = (groupID: string) => ({
  GroupId: groupID,
  Mode: 'Increase',
  GroupCounter: [{ Key: 'hits', Value: 1 }],
});

let muster: Muster;
let now = 0;
const clients: WireClient[] = [];
let people = 0;

beforeAll(async () => {
  muster = await startMuster({ now: () => Date.now() + now });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  now = 0;
});
afterAll(() => muster.close());

async function connect(path: '/binfo' | '/info' = '/binfo'): Promise<WireClient> {
  const client = await WireClient.connect(muster.proxyServer, path);
  clients.push(client);
  return client;
}

async function loggedIn(): Promise<WireClient> {
  people += 1;
  const userID = `user${people}`;
  const client = await connect();
  expect(await client.login(userID, muster.userSig(userID))).toMatchObject({ ErrorCode: 0 });
  return client;
}

let groups = 0;

async function groupOf(client: WireClient): Promise<string> {
  groups += 1;
  const body = { Type: 'Public', Name: 'team', GroupId: `g${groups}` };
  expect(await client.ask('group_open_http_svc.create_group', body)).toMatchObject({ ErrorCode: 0 });
  return body.GroupId;
}

describe('framing', () => {
  it.each(['/binfo', '/info'] as const)(
    '[OS1] %s speaks one kind of frames and takes no other',
    async (path) => {
      const client = await connect(path);
      expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
      const other = await connect(path);
      if (path === '/binfo') other.sendText('{"head":{"servcmd":"heartbeat.alive","seq":1},"body":{}}');
      else other.send('not JSON');
      expect(await other.closed).toBe(4_003);
    },
  );

  it('[OS1][SE2] a wrong checksum is answered, and nothing is done', async () => {
    const client = await loggedIn();
    const groupID = await groupOf(client);
    expect(await client.ask(COUNT, hit(groupID), { cs: 1 })).toMatchObject({ ErrorCode: 60_003 });
    expect(await client.ask(COUNT, hit(groupID))).toMatchObject({ GroupCounter: [{ Value: 1 }] });
  });

  it('[SE1] a large frame is taken from a session, and from nobody else', async () => {
    const large = { GroupId: 'x'.repeat(limit('frameBeforeLogin_bytes_max')) };
    const stranger = await connect();
    void stranger.ask(COUNT, large);
    expect(await stranger.closed).toBe(4_004);
    const client = await loggedIn();
    expect(await client.ask(COUNT, large)).toMatchObject({ ErrorCode: 10_004 });
  });

  it('[SE2] mutated frames end in an answer to themselves or in a closing', async () => {
    const [witness, donor] = [await loggedIn(), await loggedIn()];
    const groupID = await groupOf(donor);
    const frame = JSON.stringify({ head: { servcmd: COUNT, seq: 1, a2: donor.a2 }, body: hit(groupID) });
    const mutation = fc.tuple(fc.nat(frame.length - 1), fc.nat(3), fc.string({ maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const mutated = mutations.reduce(
          (text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length),
          frame,
        );
        const client = await connect();
        client.send(mutated);
        const alive = client.ask('heartbeat.alive').then(() => 'alive');
        await Promise.race([alive, client.closed]);
        client.close();
      }),
      { numRuns: 60 },
    );
    expect(await witness.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
  });
});

describe('sessions', () => {
  it('[OS2][US11] any request with a genuine key brings the session back, without a login', async () => {
    const first = await loggedIn();
    const groupID = await groupOf(first);
    first.close();
    const second = await connect();
    second.a2 = first.a2;
    expect(await second.ask(COUNT, hit(groupID))).toMatchObject({ GroupCounter: [{ Value: 1 }] });
    // The caller's own connection is told, too.
    await expect.poll(() => second.pushes.some(({ head }) => head.servcmd === PUSH)).toBe(true);
    expect(await second.ask('im_open_status.wslogin')).toMatchObject({ ErrorCode: 0, A2Key: first.a2 });
  });

  it('[OS2][US11] a key that is not genuine, or was ended, logs its client out', async () => {
    const client = await connect();
    client.a2 = a2Of('somebody', '1.forged');
    expect(await client.ask('im_open_status.wslogin')).toMatchObject({ ErrorCode: 70_001 });
    expect(await client.ask(COUNT, hit('g'))).toMatchObject({ ErrorCode: 70_001 });
    const ended = await loggedIn();
    const { a2 } = ended;
    expect(await ended.ask('im_open_status.wslogout')).toMatchObject({ ErrorCode: 0 });
    const late = await connect();
    late.a2 = a2;
    expect(await late.ask('im_open_status.wshello')).toMatchObject({ ErrorCode: 70_001 });
    expect(await late.ask('im_open_status.wslogout')).toMatchObject({ ErrorCode: 0 });
  });

  it('[OS2][SE3] a request is proven by its own key, and by none it is refused', async () => {
    const [ann, bob] = [await loggedIn(), await loggedIn()];
    const groupID = await groupOf(ann);
    expect(await bob.ask(COUNT, hit(groupID), { a2: ann.a2 })).toMatchObject({ ErrorCode: 2_024 });
    bob.a2 = '';
    expect(await bob.ask(COUNT, hit(groupID))).toMatchObject({ ErrorCode: 2_024 });
  });

  it('[OS5][DL2] a frame that is sent again changes nothing, also over a new connection', async () => {
    const client = await loggedIn();
    const groupID = await groupOf(client);
    const first = await client.again(COUNT, hit(groupID), { seq: 9_000 });
    expect(first).toMatchObject({ GroupCounter: [{ Key: 'hits', Value: 1 }] });
    expect(await client.again(COUNT, hit(groupID), { seq: 9_000 })).toEqual(first);
    client.close();
    const second = await connect();
    second.a2 = client.a2;
    expect(await second.again(COUNT, hit(groupID), { seq: 9_000 })).toEqual(first);
    expect(await second.again(COUNT, hit(groupID), { seq: 9_001 })).toMatchObject({
      GroupCounter: [{ Value: 2 }],
    });
  });

  it('[OS4] a login answers everything that the client needs, and no expiry that is over at once', async () => {
    const client = await connect();
    const answer = await client.login('whole', muster.userSig('whole'));
    expect(answer).toMatchObject({ ErrorCode: 0, CustomStatus: '' });
    expect(answer.TinyId).toMatch(/^[0-9]+$/);
    expect(answer.InstId).toBeGreaterThan(0);
    expect(Math.abs(answer.TimeStamp - Date.now() / 1_000)).toBeLessThan(5);
    expect(answer.HelloInterval).toBeLessThanOrEqual(30);
    await expect
      .poll(() => client.pushes.map(({ head }) => head.servcmd))
      .toContain('im_sdk_config_mgr.push_configv2');
    expect(client.pushes[0]?.body.uint32_expired_time).toBeGreaterThanOrEqual(3_600);
  });

  it('[OS3][SE1] a connection may wait long for its login, and not for ever', async () => {
    const client = await connect();
    now = limit('loginTime_ms_max') * 2;
    await client.ask('heartbeat.alive');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
    now = limit('foreignLoginTime_ms_max') + 1_000;
    await client.ask('heartbeat.alive');
    expect(await client.closed).toBe(4_005);
  });

  it('[DL6] a client that gives no mark back is cut off, one that does goes on', async () => {
    const [quiet, polite] = [await loggedIn(), await loggedIn()];
    const [one, other] = [await groupOf(quiet), await groupOf(polite)];
    const isMark = ({ body }: { body: { NeedAck?: number } }) => body.NeedAck === 1;
    for (const [client, groupID] of [
      [quiet, one],
      [polite, other],
    ] as const) {
      await client.ask(COUNT, hit(groupID));
      await expect.poll(() => client.pushes.length).toBeGreaterThan(1);
    }
    now = limit('mark_ms') + 100;
    for (const [client, groupID] of [
      [quiet, one],
      [polite, other],
    ] as const) {
      await client.ask(COUNT, hit(groupID));
      await expect.poll(() => client.pushes.some(isMark), { timeout: 3_000 }).toBe(true);
    }
    const SessionData = polite.pushes.find(isMark)?.body.SessionData;
    polite.send({ head: { servcmd: 'openim.ws_msg_push_ack', seq: 1, cs: 0 }, body: { SessionData } });
    await polite.ask('heartbeat.alive');
    now += limit('markAnswer_ms_max') + 1_000;
    expect(await quiet.closed).toBe(4_001);
    expect(await polite.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
  });
});

it('[OS8] a command that is not served is refused and counted, by name if clients are known to send it', async () => {
  const client = await loggedIn();
  const refused = { ErrorCode: 60_009, ActionStatus: 'FAIL' };
  expect(await client.ask('group_open_http_svc.pin_message')).toMatchObject(refused);
  expect(await client.ask('made.up')).toMatchObject(refused);
  const metrics = await (await fetch(`${muster.url}/metrics`)).text();
  for (const command of ['group_open_http_svc.pin_message', 'other'])
    expect(metrics).toContain(`muster_refusals_total{command="${command}",error="UNKNOWN_COMMAND"}`);
});

it('what clients report of themselves is taken without a session', async () => {
  const client = await connect();
  expect(await client.ask('imopenstat.tim_web_report_v2')).toMatchObject({ ErrorCode: 0 });
});
