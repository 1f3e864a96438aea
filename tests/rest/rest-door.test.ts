/** What is refused before any command is looked at, and the form of every answer. */
import { type Muster, startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listeningDevice } from './listening-device.ts';
import { type Query, rest, restOK, restURL } from './rest-client.ts';

const CHECK = 'im_open_login_svc/account_check';
const ASKED = { CheckItem: [{ UserID: 'administrator' }] };

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster({ administrators: ['administrator', 'backend'] });
});
afterAll(() => muster.close());

async function refused(code: number, query: Query, body: object | string = ASKED): Promise<void> {
  const answer = await rest(muster, CHECK, body, query);
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body).sort()).toEqual(['ActionStatus', 'ErrorCode', 'ErrorInfo']);
  expect(answer.body).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code });
  expect(answer.body.ErrorInfo).toMatch(/\w/);
}

const sigOf = (userID: string, changes: Partial<Parameters<typeof signUserSig>[0]> = {}): string =>
  signUserSig({
    SDKAppID: muster.SDKAppID,
    secretKey: muster.secretKey,
    userID,
    expireSeconds: 60,
    now: Date.now(),
    ...changes,
  });

describe('who may call', () => {
  it('[RS1][US10] every administrator, who is known from his first call on', async () => {
    const answer = await rest(muster, CHECK, ASKED);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ActionStatus: 'OK',
        ErrorInfo: '',
        ErrorCode: 0,
        ResultItem: [{ UserID: 'administrator', AccountStatus: 'Imported' }],
      },
    });
    const backend = { identifier: 'backend', usersig: muster.userSig('backend') };
    expect((await rest(muster, CHECK, ASKED, backend)).body.ErrorCode).toBe(0);
  });

  it.each<[string, number, () => Query]>([
    ['no sdkappid', 60012, () => ({ sdkappid: undefined })],
    ['an empty sdkappid', 60012, () => ({ sdkappid: '' })],
    ['another sdkappid', 60006, () => ({ sdkappid: 1_400_000_009 })],
    ['a sdkappid that is no number', 60006, () => ({ sdkappid: 'app' })],
    ['no identifier', 60004, () => ({ identifier: undefined })],
    ['no usersig', 70002, () => ({ usersig: undefined })],
    ['an empty usersig', 70002, () => ({ usersig: '' })],
    ['a malformed usersig', 70003, () => ({ usersig: 'sig' })],
    ['the usersig of another user', 70013, () => ({ usersig: sigOf('backend') })],
    ['a usersig for another app', 70014, () => ({ usersig: sigOf('administrator', { SDKAppID: 1 }) })],
    ['a usersig of another key', 70009, () => ({ usersig: sigOf('administrator', { secretKey: 'other' }) })],
    [
      'an expired usersig',
      70001,
      () => ({ usersig: sigOf('administrator', { now: Date.now() - 61_000, expireSeconds: 60 }) }),
    ],
    ['somebody else', 60010, () => ({ identifier: 'alice', usersig: sigOf('alice') })],
  ])('[RS1][US2] %s is refused %d', async (_what, code, query) => {
    await refused(code, query());
  });

  it('[RS1] nobody else becomes known by having asked', async () => {
    await refused(60010, { identifier: 'mallory', usersig: sigOf('mallory') });
    const checked = await restOK(muster, CHECK, { CheckItem: [{ UserID: 'mallory' }] });
    expect(checked.ResultItem).toMatchObject([{ AccountStatus: 'NotImported' }]);
  });

  it('[RS1] a parameter that is named twice is none', async () => {
    const url = `${restURL(muster, CHECK)}&identifier=backend`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(ASKED) });
    expect([response.status, await response.json()]).toMatchObject([200, { ErrorCode: 60004 }]);
  });

  it('[RS1][US11] a kick ends the usersigs that were signed before it', async () => {
    const old = { identifier: 'backend', usersig: sigOf('backend', { now: Date.now() - 5_000 }) };
    expect((await rest(muster, CHECK, ASKED, old)).body.ErrorCode).toBe(0);
    await restOK(muster, 'im_open_login_svc/kick', { UserID: 'backend' });
    await refused(70052, old);
  });

  it('[RS1][US2] takes the usersig of the published example', async () => {
    const published =
      'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwqXFqUWGUInilOzEgoLMFCUrQxMDKIDIlGTmpipZGZqjiqZWFGQWpSpZ' +
      'WZiZwISKM9OVrJQqfMo83AMDnKK8nHKyAnOCPHzLI5INgwtzc-3SgiwqisK8qgLLsguqgsyybZVqAZEQMYQ_';
    const app = { SDKAppID: 1_400_000_000, secretKey: '0123456789abcdef', administrators: ['user1'] };
    const example = await startMuster({ ...app, now: () => 1_700_000_000_000 });
    try {
      const query = { identifier: 'user1', usersig: published };
      expect((await rest(example, CHECK, ASKED, query)).body.ErrorCode).toBe(0);
    } finally {
      await example.close();
    }
  });
});

describe('what is sent', () => {
  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['half an object', '{"CheckItem":'],
    ['a list', '[]'],
    ['a number', '5'],
    ['null', 'null'],
  ])('[RS1] %s as a body is refused 60003', async (_what, body) => {
    await refused(60003, {}, body);
  });

  it('[RS1] a body is read whatever type it says it has', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'a/b']) {
      const response = await fetch(restURL(muster, CHECK), {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(ASKED),
      });
      expect(await response.json()).toMatchObject({ ErrorCode: 0 });
    }
  });

  it('[SE4] an address that cannot be read is refused without being quoted', async () => {
    const response = await fetch(`${muster.url}/v4/%zz?usersig=secret`, { method: 'POST', body: '{}' });
    expect([response.status, await response.text()]).toEqual([400, expect.not.stringContaining('secret')]);
  });

  it('[RS2][SE2] what is given back of a request keeps its digits', async () => {
    const body = '{"Accounts":["exact",{"Value":12345678901234567890}]}';
    const { text } = await rest(muster, 'im_open_login_svc/multiaccount_import', body);
    expect(text).toContain('"FailAccounts":[{"Value":12345678901234567890}]');
  });

  it('[SE2] a body that is nested too deeply is none', async () => {
    const body = `{"Accounts":${'['.repeat(100)}${']'.repeat(100)}}`;
    await refused(60003, {}, body);
  });

  it('[RS1] another method than POST, and a body above the limit, are refused 60002', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(restURL(muster, CHECK), { method });
      expect([response.status, await response.json()]).toMatchObject([200, { ErrorCode: 60002 }]);
    }
    await refused(60002, {}, { ...ASKED, padding: 'x'.repeat(262_144) });
  });

  it('[RS7] a command that is not served is refused 60009, and counted by its name when it is known', async () => {
    const unknown = [
      'group_open_http_svc/get_pinned_messages',
      'group_open_http_svc/no_such_command',
      'nothing/at/all',
      '',
      '__proto__/constructor',
    ];
    for (const command of unknown) {
      const { status, body } = await rest(muster, command);
      expect([status, body]).toMatchObject([200, { ActionStatus: 'FAIL', ErrorCode: 60009 }]);
    }
    const metrics = await (await fetch(`${muster.url}/metrics`)).text();
    const counted = (name: string): string =>
      `muster_refusals_total{command="${name}",error="UNKNOWN_COMMAND"}`;
    expect(metrics).toContain(`${counted('group_open_http_svc.get_pinned_messages')} 1`);
    expect(metrics).toContain(`${counted('other')} 4`);
  });

  it('[RS1] of several faults the first in its order is told', async () => {
    const faults: [Query, number][] = [
      [{ sdkappid: undefined, identifier: undefined, usersig: 'sig' }, 60012],
      [{ sdkappid: 5, identifier: undefined, usersig: 'sig' }, 60006],
      [{ identifier: undefined, usersig: undefined }, 60004],
      [{ identifier: 'alice', usersig: 'sig' }, 70003],
      [{ identifier: 'alice', usersig: sigOf('alice') }, 60010],
    ];
    for (const [query, code] of faults) {
      const { body } = await rest(muster, 'no/command', 'no JSON', query);
      expect(body.ErrorCode).toBe(code);
    }
    expect((await rest(muster, 'no/command', 'no JSON')).body.ErrorCode).toBe(60009);
  });
});

describe('a server that fails', () => {
  it('[RS1] says so, and nothing of what failed', async () => {
    const { users } = muster.server().app.storage;
    vi.spyOn(users, 'signaturesFrom').mockRejectedValueOnce(new Error('the disk is gone'));
    const { status, text, body } = await rest(muster, CHECK, ASKED);
    expect([status, body]).toMatchObject([200, { ActionStatus: 'FAIL', ErrorCode: 60008 }]);
    expect(text).not.toContain('disk');
    expect((await rest(muster, CHECK, ASKED)).body.ErrorCode).toBe(0);
  });
});

describe('a server that stops', () => {
  it('[RS1][SE5] refuses 60008', async () => {
    const stopping = await startMuster();
    const device = await listeningDevice(stopping, 'alice');
    const closing = stopping.server().close();
    const { status, body } = await rest(stopping, CHECK, ASKED);
    expect([status, body]).toMatchObject([200, { ActionStatus: 'FAIL', ErrorCode: 60008 }]);
    device.close();
    await closing;
  });
});

describe('how often', () => {
  it('[RS6] each command 200 times in a second, whoever asks', async () => {
    let now = 1_700_000_000_000;
    const limited = await startMuster({ limits: 'on', now: () => now });
    try {
      const call = (command: string) => rest(limited, command, {}).then(({ body }) => body.ErrorCode);
      const GET = 'group_open_http_svc/get_group_counter';
      const codes = await Promise.all(Array.from({ length: 203 }, () => call(GET)));
      expect(codes.filter((code) => code === 60007)).toHaveLength(3);
      expect(codes.filter((code) => code === 10004)).toHaveLength(200);
      expect(await call('group_open_http_svc/update_group_counter')).toBe(10004);
      now += 1_000;
      expect(await call(GET)).toBe(10004);
    } finally {
      await limited.close();
    }
  });

  it('[RS6] without limits any number of times', async () => {
    const codes = await Promise.all(
      Array.from({ length: 300 }, () => rest(muster, 'group_open_http_svc/get_group_counter')),
    );
    expect(codes.filter(({ body }) => body.ErrorCode === 60007)).toEqual([]);
  });
});
