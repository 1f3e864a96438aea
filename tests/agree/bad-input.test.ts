/** Whatever comes in, the answer is clear, nothing changes, and the next valid request works (SE2, SE3, DL10). */
import net from 'node:net';
import { COMMANDS, COMMON_ERRORS, type CommandName, ERRORS, type WireError } from '@muster/protocol';
import { SCHEMAS } from '@muster/protocol/schemas';
import { type Muster, startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';
import { RawDevice } from '@muster/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let muster: Muster;
let owner: RawDevice;
const GROUP = 'guarded';

beforeAll(async () => {
  muster = await startMuster();
  owner = await device('owner');
  await owner.write('createGroup', { type: 'Meeting', groupID: GROUP, name: 'guarded' });
  await owner.write('updateGroupCounters', { groupID: GROUP, counters: [{ key: 'kept', value: 1 }] });
});
afterAll(() => muster.close());

async function device(userID: string): Promise<RawDevice> {
  const made = await RawDevice.connect(muster.proxyServer);
  await made.login({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
  return made;
}

async function post(
  command: string,
  body: string,
  userSig = muster.userSig('owner'),
): Promise<{ status: number; body: WireError }> {
  const response = await fetch(`${muster.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${userSig}`, 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, body: (await response.json()) as WireError };
}

async function unchanged(): Promise<void> {
  const answer = await owner.request('getGroupCounters', { groupID: GROUP });
  expect(answer).toMatchObject({
    ok: true,
    output: { counters: [{ key: 'kept', value: 1, version: 1 }], version: 1 },
  });
}

const COMMAND_NAMES = (Object.keys(COMMANDS) as CommandName[]).filter(
  (name) => COMMANDS[name].doors === 'both',
);
const junk = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    '',
    ' ',
    -1,
    1.5,
    Number.MAX_VALUE,
    '\u0000',
    '\ud800',
    '__proto__',
    'x'.repeat(20_000),
    [],
    {},
  ),
);

/** An input of the command's own properties with junk for values, some missing, some that it does not know. */
function junkInput(name: CommandName): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.keys((SCHEMAS[name].input as { properties?: object }).properties ?? {});
  const known = Object.fromEntries(properties.map((property) => [property, junk]));
  return fc.record({ ...known, stray: junk }, { requiredKeys: [] });
}

function isClear(error: WireError): boolean {
  return (
    ERRORS[error.name]?.code === error.code &&
    error.message.length > 0 &&
    typeof error.retryable === 'boolean'
  );
}

describe('bad input', () => {
  it.each(COMMAND_NAMES)('[DL10] %s answers junk with a clear refusal, never a fault', async (name) => {
    await fc.assert(
      fc.asyncProperty(junkInput(name), async (input) => {
        const text = JSON.stringify(input);
        const answer = await owner.request(name, JSON.parse(text));
        if (!answer.ok) {
          expect(isClear(answer.error)).toBe(true);
          expect([...COMMANDS[name].errors, ...COMMON_ERRORS]).toContain(answer.error.name);
          expect(answer.error.name).not.toBe('INTERNAL');
        }
      }),
      { numRuns: 60 },
    );
    await unchanged();
  });

  it('[DL10] a missing or wrong argument is 6017 and named, over the socket and over HTTP', async () => {
    const cases: [object, string][] = [
      [{}, 'groupID'],
      [{ groupID: 5, counters: [{ key: 'a', value: 1 }] }, 'groupID'],
      [{ groupID: GROUP }, 'counters'],
      [{ groupID: GROUP, counters: {} }, 'counters'],
      [{ groupID: GROUP, counters: [{ key: 'a' }] }, 'value'],
      [{ groupID: GROUP, counters: [{ key: 'a', value: null }] }, 'value'],
      [{ groupID: GROUP, counters: [{ key: 1, value: 1 }] }, 'key'],
      [{ groupID: GROUP, mode: 'Add', counters: [{ key: 'a', value: 1 }] }, 'mode'],
      [{ groupID: GROUP, counters: [{ key: 'a', value: 1 }], stray: 1 }, 'stray'],
    ];
    for (const [input, named] of cases) {
      const raw = await owner.request('updateGroupCounters', input as never);
      const http = await post('updateGroupCounters', JSON.stringify(input));
      expect(raw).toMatchObject({ ok: false, error: { code: 6017, name: 'INVALID_ARGUMENT' } });
      expect(http).toMatchObject({ status: 400, body: { code: 6017 } });
      for (const text of [raw.ok ? '' : raw.error.message, http.body.message]) expect(text).toContain(named);
    }
    await unchanged();
  });

  it('[GC2] a key that is empty, too long, ill-formed or holds U+0000 is 10004', async () => {
    for (const key of ['', 'k'.repeat(129), '\ud800', 'a\u0000b']) {
      const answer = await owner.write('updateGroupCounters', {
        groupID: GROUP,
        counters: [{ key, value: 1 }],
      });
      expect(answer).toMatchObject({ ok: false, error: { code: 10004 } });
    }
    await unchanged();
  });

  it('[GC9] a non-member is refused every counter call', async () => {
    const stranger = await device('stranger');
    const answers = [
      await stranger.write('updateGroupCounters', {
        groupID: GROUP,
        mode: 'Increase',
        counters: [{ key: 'kept', value: 1 }],
      }),
      await stranger.write('updateGroupCounters', { groupID: GROUP, counters: [{ key: 'other', value: 1 }] }),
      await stranger.write('deleteGroupCounters', { groupID: GROUP }),
      await stranger.request('getGroupCounters', { groupID: GROUP }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 10007 } });
    stranger.close();
    await unchanged();
  });

  it('[SE2] an unknown command is refused by name over both doors', async () => {
    const raw = await owner.request('fly' as CommandName, {} as never);
    expect(raw).toMatchObject({ ok: false, error: { code: 60009 } });
    for (const name of ['fly', '__proto__', 'constructor', 'login']) {
      expect(await post(name, '{}')).toMatchObject({ status: 404, body: { code: 60009 } });
    }
  });

  it.each([
    ['text that is no JSON', 'hello'],
    ['a truncated frame', '{"id":1,"command":"getGro'],
    ['a JSON value that is no frame', '42'],
    ['an array with something else in it', '[{"ping":1},7]'],
    ['a frame of no kind', '{"hello":1}'],
    ['bytes', Buffer.from([0, 1, 2, 255])],
  ])('[SE2] %s closes the connection with a reason', async (_what, frame) => {
    const bad = await device('clumsy');
    bad.send(frame);
    expect(await bad.closed).toBe(4003);
    await unchanged();
  });

  it('[SE1] a frame above the limit closes the connection, before login and after', async () => {
    const early = await RawDevice.connect(muster.proxyServer);
    early.send(JSON.stringify({ ping: 1, pad: 'x'.repeat(70_000) }));
    expect(await early.closed).toBe(4004);
    const late = await device('large');
    late.send(JSON.stringify({ ping: 1, pad: 'x'.repeat(300_000) }));
    expect([1009, 4004]).toContain(await late.closed);
  });

  it('[SE2] a request with faults of its frame is answered under its id', async () => {
    const before = owner.events.length;
    for (const extra of [
      { operation: { seq: 0, low: 0 } },
      { operation: { seq: 1, low: 2 } },
      { operationID: '' },
    ]) {
      const answer = await owner.request('getGroupList', {}, extra as never);
      expect(answer).toMatchObject({ ok: false, error: { code: 60003 } });
    }
    expect(owner.events.length).toBe(before);
  });

  it('[US2] forged, expired and foreign userSigs are told apart', async () => {
    const { SDKAppID, secretKey } = muster;
    const now = Date.now();
    const sign = (more: object): string =>
      signUserSig({ SDKAppID, secretKey, userID: 'owner', expireSeconds: 60, now, ...more });
    const cases: [string, number][] = [
      [sign({ now: now - 3_600_000 }), 70001],
      ['no userSig', 70003],
      [sign({ secretKey: 'another key' }), 70009],
      [sign({ userID: 'mallory' }), 70013],
      [sign({ SDKAppID: SDKAppID + 1 }), 70014],
    ];
    for (const [userSig, code] of cases) {
      const raw = await RawDevice.connect(muster.proxyServer);
      const answer = await raw.request('login', { protocol: 1, SDKAppID, userID: 'owner', userSig });
      expect(answer).toMatchObject({ ok: false, error: { code } });
      raw.close();
    }
    expect(await post('getGroupList', '{}', sign({ now: now - 3_600_000 }))).toMatchObject({
      status: 401,
      body: { code: 70001 },
    });
    expect(await post('getGroupList', '{}', 'garbage')).toMatchObject({ status: 401, body: { code: 70003 } });
  });

  it('[US4] a call before login is 2024 and the connection goes on', async () => {
    const raw = await RawDevice.connect(muster.proxyServer);
    const answer = await raw.request('getGroupList', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 2024 } });
    await raw.login({ SDKAppID: muster.SDKAppID, userID: 'late', userSig: muster.userSig('late') });
    raw.close();
  });

  it('[SE2] a body that is no JSON, too large or empty is answered in our form', async () => {
    expect(await post('getGroupList', '{')).toMatchObject({ status: 400, body: { code: 60003 } });
    expect(await post('getGroupList', JSON.stringify({ pad: 'x'.repeat(300_000) }))).toMatchObject({
      status: 413,
    });
    expect(await post('getGroupCounters', '[]')).toMatchObject({ status: 400, body: { code: 6017 } });
  });

  it('[SE2] bytes that are no HTTP do not end the server', async () => {
    await new Promise<void>((resolve) => {
      const socket = net.connect(muster.port, '127.0.0.1', () => socket.end('\u0000\u0001nonsense\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.resume();
    });
    await unchanged();
  });
});
