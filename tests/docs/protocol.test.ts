/** The protocol as SPEC.md tells it to whoever writes a client: a bare WebSocket and fetch, and nothing of ours. */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Frame {
  [property: string]: unknown;
}

/** A bare connection: every frame that came, arrays taken apart. */
class Wire {
  readonly frames: Frame[] = [];
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as Frame | Frame[];
      this.frames.push(...(Array.isArray(message) ? message : [message]));
      for (const look of this.waiting) look();
    };
    this.closed = new Promise((resolve) => {
      this.socket.onclose = ({ code }) => resolve(code);
    });
  }

  opened(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.onopen = () => resolve();
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.socket.send(bytes);
  }

  frame(wanted: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.frames.find(wanted);
        if (!found) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  answer(id: number): Promise<Frame> {
    return this.frame((frame) => frame['id'] === id);
  }

  async ask(id: number, command: string, input: object, more: object = {}): Promise<Frame> {
    this.send({ id, command, input, ...more });
    return this.answer(id);
  }

  close(): void {
    this.socket.close();
  }
}

let muster: Muster;
let groupIDs = 0;
/** How far the server's clock is ahead of the test's, in milliseconds. */
let ahead = 0;

beforeAll(async () => {
  muster = await startMuster({ tickMs: 0, now: () => Date.now() + ahead });
});
afterAll(() => muster.close());

const proof = (userID: string) => ({
  protocol: 1,
  SDKAppID: muster.SDKAppID,
  userID,
  userSig: muster.userSig(userID),
});

async function connect(): Promise<Wire> {
  const wire = new Wire(`${muster.proxyServer}/ws`);
  await wire.opened();
  return wire;
}

async function loggedIn(userID: string): Promise<{ wire: Wire; output: Frame }> {
  const wire = await connect();
  const { output } = await wire.ask(0, 'login', proof(userID));
  return { wire, output: output as Frame };
}

async function groupOf(wire: Wire): Promise<string> {
  groupIDs += 1;
  const groupID = `protocol-${groupIDs}`;
  await wire.ask(100_000 + groupIDs, 'createGroup', { type: 'Public', groupID, name: 'Wire' });
  return groupID;
}

const likes = (groupID: string, value: unknown = 1) => ({
  groupID,
  mode: 'Increase',
  counters: [{ key: 'likes', value }],
});

describe('the WebSocket door', () => {
  it('[WP1] takes a frame or an array of frames', async () => {
    const { wire } = await loggedIn('ann');
    wire.send([
      { id: 1, command: 'getGroupList', input: {} },
      { id: 2, command: 'getGroupList', input: {} },
    ]);
    expect(await wire.answer(1)).toMatchObject({ output: { groups: [] } });
    expect(await wire.answer(2)).toMatchObject({ output: { groups: [] } });
    wire.close();
  });

  it('[WP1] closes with 4003 what is no JSON text of objects', async () => {
    for (const message of ['nonsense', '7', '[1]']) {
      const wire = await connect();
      wire.send(message);
      expect(await wire.closed).toBe(4003);
    }
    const wire = await connect();
    wire.sendBytes(new Uint8Array([123, 125]));
    expect(await wire.closed).toBe(4003);
  });

  it('[WP2] answers each request under its id, and refuses properties that do not belong', async () => {
    const { wire } = await loggedIn('ann');
    wire.send({ id: 3, command: 'getGroupList' });
    expect(await wire.answer(3)).toEqual({ id: 3, output: { groups: [] } });
    expect(await wire.ask(4, 'getGroupProfile', { groupID: 'nowhere' })).toEqual({
      id: 4,
      error: { code: 10010, name: 'GROUP_NOT_FOUND', message: expect.any(String), retryable: false },
    });
    expect(await wire.ask(5, 'getGroupList', {}, { extra: 1 })).toMatchObject({ error: { code: 60003 } });
    wire.close();
  });

  it('[WP3] carries a safe counter value as a number and any other as a string', async () => {
    const { wire } = await loggedIn('ann');
    const groupID = await groupOf(wire);
    const set = (id: number, value: unknown) =>
      wire.ask(id, 'updateGroupCounters', { groupID, counters: [{ key: 'likes', value }] });
    for (const value of [Number.MAX_SAFE_INTEGER, '9223372036854775807', '-9223372036854775808']) {
      const answer = await set(10 + wire.frames.length, value);
      expect(answer).toMatchObject({ output: { counters: [{ key: 'likes', value }] } });
    }
    expect(await set(90, '007')).toMatchObject({ error: { code: 6017 } });
    expect(await set(91, '9223372036854775808')).toMatchObject({ error: { code: 10004 } });
    wire.close();
  });

  it('[WP4] tells a repeated write by its operation', async () => {
    const { wire } = await loggedIn('ann');
    const groupID = await groupOf(wire);
    const operation = { seq: 1, low: 1 };
    const first = await wire.ask(20, 'updateGroupCounters', likes(groupID), { operation });
    const again = await wire.ask(21, 'updateGroupCounters', likes(groupID), { operation });
    expect(again['output']).toEqual(first['output']);
    const wrong = await wire.ask(22, 'updateGroupCounters', likes(groupID), {
      operation: { seq: 1, low: 2 },
    });
    expect(wrong).toMatchObject({ error: { code: 60003 } });
    const own = { operationID: 'like-1' };
    await wire.ask(23, 'updateGroupCounters', likes(groupID), own);
    const ownAgain = await wire.ask(24, 'updateGroupCounters', likes(groupID), own);
    expect(ownAgain).toMatchObject({ output: { counters: [{ value: 2 }], version: 2 } });
    wire.close();
  });

  it('[WP5] serves nobody before the login, and speaks one version', async () => {
    const wire = await connect();
    expect(await wire.ask(1, 'getGroupList', {})).toMatchObject({ error: { code: 2024 } });
    const other = await wire.ask(2, 'login', { ...proof('ann'), protocol: 2 });
    expect(other).toMatchObject({ error: { code: 2997 } });
    const { output } = await wire.ask(3, 'login', proof('ann'));
    expect(output).toEqual({
      device: expect.any(Number),
      sessionKey: expect.any(String),
      serverTime: expect.any(Number),
      epoch: expect.any(String),
      seq: expect.any(Number),
      snapshot: {
        profile: expect.objectContaining({ userID: 'ann' }),
        groups: expect.any(Array),
        conversations: expect.any(Array),
        conversationGroups: expect.any(Array),
      },
      calls: null,
      resumed: false,
    });
    expect(await wire.ask(4, 'login', proof('ann'))).toMatchObject({ output: { resumed: true } });
    expect(await wire.ask(5, 'login', proof('bob'))).toMatchObject({ error: { code: 2025 } });
    wire.close();
  });

  it('[WP6] brings a device back, and ends its older connection with 4002', async () => {
    const { wire: older, output } = await loggedIn('bob');
    const newer = await connect();
    const { device, sessionKey } = output;
    const back = { protocol: 1, SDKAppID: muster.SDKAppID, userID: 'bob', sessionKey, device };
    expect(await newer.ask(0, 'login', back)).toMatchObject({ output: { device, resumed: true } });
    expect(await older.closed).toBe(4002);
    const stranger = await connect();
    const answer = await stranger.ask(0, 'login', { ...proof('ann'), device });
    expect(answer).toMatchObject({ output: { resumed: false } });
    expect((answer['output'] as Frame)['device']).not.toBe(device);
    newer.close();
    stranger.close();
  });
});

describe('events', () => {
  it('[WP7] what a device missed comes before the answer of its login', async () => {
    const { wire, output } = await loggedIn('cat');
    const groupID = await groupOf(wire);
    const profile = await wire.ask(1, 'getGroupProfile', { groupID });
    const { seq, countersVersion } = (profile['output'] as { group: Frame }).group;
    wire.close();
    await wire.closed;
    const { wire: other } = await loggedIn('cat');
    await other.ask(1, 'updateGroupProfile', { groupID, name: 'Renamed' });
    await other.ask(2, 'updateGroupCounters', likes(groupID));

    const { epoch, device } = output;
    const at = (scope: string, of: unknown) => ({ scope, position: { epoch, seq: of } });
    const back = await connect();
    const userSeq = 1;
    const answer = await back.ask(0, 'login', {
      ...proof('cat'),
      device,
      positions: [at('user:cat', userSeq), at(`group:${groupID}`, seq)],
      counters: [{ groupID, version: countersVersion }],
    });
    expect(answer).toMatchObject({ output: { snapshot: null, resumed: true } });
    expect(back.frames.at(-1)).toBe(answer);
    expect(back.frames).toContainEqual(
      expect.objectContaining({ event: 'log', scope: `group:${groupID}`, seq: Number(seq) + 1 }),
    );
    expect(back.frames).toContainEqual(
      expect.objectContaining({ event: 'groupCounters', groupID, whole: true, version: 1 }),
    );
    const elsewhere = await connect();
    const unknown = await elsewhere.ask(0, 'login', {
      ...proof('cat'),
      positions: [{ scope: 'user:cat', position: { epoch: 'another', seq: 1 } }],
    });
    expect(unknown).toMatchObject({ output: { snapshot: { groups: [{ profile: { groupID } }] } } });
    for (const one of [other, back, elsewhere]) one.close();
  });

  it('[WP8] a log frame numbers its events and names the device that caused them', async () => {
    const { wire, output } = await loggedIn('dan');
    const operation = { seq: 1, low: 1 };
    await wire.ask(1, 'updateMyProfile', { nick: 'Dan' }, { operation });
    const frame = await wire.frame(({ event }) => event === 'log');
    expect(frame).toMatchObject({
      event: 'log',
      scope: 'user:dan',
      seq: Number(output['seq']) + 1,
      events: [
        { name: 'profileUpdated', profile: { nick: 'Dan' }, by: { device: output['device'], seq: 1 } },
      ],
    });
    wire.close();
  });

  it('[WP9] a counter frame holds every key that changed since', async () => {
    const { wire } = await loggedIn('eve');
    const groupID = await groupOf(wire);
    await wire.ask(1, 'updateGroupCounters', likes(groupID));
    await wire.frame(({ event, version }) => event === 'groupCounters' && version === 1);
    await wire.ask(2, 'deleteGroupCounters', { groupID });
    expect(await wire.frame(({ event, version }) => event === 'groupCounters' && version === 2)).toEqual({
      event: 'groupCounters',
      groupID,
      since: 1,
      version: 2,
      counters: [],
      deleted: [{ key: 'likes', version: 2 }],
    });
    wire.close();
  });

  it('[WP10] a ping is answered, and a mark is sent after 2 s of pushes', async () => {
    const { wire } = await loggedIn('fay');
    wire.send({ ping: 7 });
    expect(await wire.frame(({ pong }) => pong === 7)).toEqual({ pong: 7 });
    await wire.ask(1, 'updateMyProfile', { nick: 'Fay' });
    ahead += 2_000;
    await wire.ask(2, 'updateMyProfile', { nick: 'Fay again' });
    const { mark } = await wire.frame((frame) => 'mark' in frame);
    wire.send({ mark });
    expect(await wire.ask(3, 'getGroupList', {})).toMatchObject({ output: { groups: [] } });
    wire.close();
  });

  it('[WP11] a kick is announced, and closes with a code from 4500 on', async () => {
    const { wire } = await loggedIn('gus');
    const { wire: administrator } = await loggedIn('administrator');
    await administrator.ask(1, 'kickUser', { userID: 'gus' });
    expect(await wire.closed).toBe(4500);
    expect(wire.frames.at(-1)).toEqual({ event: 'kickedOut', type: 'REST_API_Kick' });
    administrator.close();
  });
});

describe('HTTP', () => {
  const post = (command: string, init: { body?: unknown; headers?: Record<string, string> } = {}) =>
    fetch(`${muster.url}/v1/commands/${command}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${muster.userSig('hal')}`,
        'content-type': 'application/json',
        ...init.headers,
      },
      body: JSON.stringify(init.body ?? {}),
    });

  it('[WP12] another path is refused with 404 and an error', async () => {
    const response = await fetch(`${muster.url}/elsewhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 60009, retryable: false });
    const wire = new Wire(`${muster.proxyServer}/elsewhere`);
    expect(await wire.closed).toBe(1006);
  });

  it('[WP13] answers 200 with the output, or the refusal', async () => {
    const made = await post('createGroup', { body: { type: 'Public', groupID: 'http', name: 'HTTP' } });
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ group: { profile: { groupID: 'http', ownerID: 'hal' } } });
    const refused = await post('getGroupProfile', { body: { groupID: 'nowhere' } });
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ code: 10010, name: 'GROUP_NOT_FOUND', retryable: false });
    const stranger = await post('getGroupList', { headers: { authorization: 'Bearer nonsense' } });
    expect(stranger.status).toBe(401);
    const device = await post('login');
    expect([device.status, await device.json()]).toMatchObject([404, { code: 60009 }]);
  });

  it('[WP13] Idempotency-Key makes a retry count once', async () => {
    await post('createGroup', { body: { type: 'Public', groupID: 'once', name: 'Once' } });
    const headers = { 'idempotency-key': 'order-17' };
    const first = await post('updateGroupCounters', { body: likes('once'), headers });
    const again = await post('updateGroupCounters', { body: likes('once'), headers });
    expect(await again.json()).toEqual(await first.json());
    const other = await post('updateGroupCounters', { body: likes('once', 2), headers });
    expect([other.status, await other.json()]).toMatchObject([409, { code: 52002 }]);
  });

  it('[US10] an administrator is whom the configuration names, over both doors', async () => {
    const kick = async (userID: string) => {
      const headers = { authorization: `Bearer ${muster.userSig(userID)}` };
      return (await post('kickUser', { body: { userID: 'ida' }, headers })).status;
    };
    const { wire: ida } = await loggedIn('ida');
    expect(await ida.ask(1, 'kickUser', { userID: 'ida' })).toMatchObject({ error: { code: 60010 } });
    expect([await kick('ida'), await kick('administrator')]).toEqual([403, 200]);
    expect(await ida.closed).toBe(4500);
  });

  it('[WP14] tells whether it is alive, ready, and what it has counted', async () => {
    expect((await fetch(`${muster.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${muster.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${muster.url}/metrics`)).text();
    expect(metrics).toContain('# TYPE muster_operations_total counter');
  });
});
