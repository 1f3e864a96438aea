import { verifyUserSig } from '@muster/tencent';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { setErrorHandlers } from '../src/doors/http-door.ts';
import { addDevLogin } from '../src/pages/dev-login.ts';

const NOW = 1_790_000_000_000;
const SETTINGS = {
  SDKAppID: 1_400_000_001,
  secretKey: 'k'.repeat(64),
  administrators: new Set(['administrator', 'root']),
};
const LOCAL = { host: '127.0.0.1:8080' };

interface Asked {
  query?: string;
  headers?: Record<string, string>;
  devHosts?: string[];
}

/** What the address answers; only what it reads of an app is there. */
async function ask({ query = '?userID=alice', headers = LOCAL, devHosts = [] }: Asked) {
  const server = Fastify();
  const warned: string[] = [];
  const log = { warn: (_fields: object, words: string) => warned.push(words), error: () => {} };
  const app = { settings: SETTINGS, now: () => NOW, log } as never;
  setErrorHandlers(server, app);
  addDevLogin(server, app, new Set(devHosts));
  const answer = await server.inject({ url: `/dev/login${query}`, headers });
  await server.close();
  return { status: answer.statusCode, headers: answer.headers, body: answer.json(), warned };
}

it('gives a login that the server itself takes', async () => {
  const { status, headers, body } = await ask({});
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['SDKAppID', 'userID', 'userSig']);
  expect(body).toMatchObject({ SDKAppID: SETTINGS.SDKAppID, userID: 'alice' });
  expect(verifyUserSig(body.userSig, { ...SETTINGS, userID: 'alice', now: NOW })).toMatchObject({ ok: true });
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

it('takes a userID as it stands in a query', async () => {
  const { body } = await ask({ query: `?userID=${encodeURIComponent('小明 & co')}` });
  expect(body.userID).toBe('小明 & co');
});

it.each([
  ['', 'Name the user: /dev/login?userID=alice'],
  ['?userID=', 'The userID is empty.'],
  ['?userID=a&userID=b', 'Name one user: userID stands there more than once.'],
  ['?userID=%40TGS', "The userID begins with '@'."],
  [`?userID=${'x'.repeat(33)}`, 'The userID is longer than 32 bytes.'],
  ['?userID=a%0Ab', 'The userID holds a control character.'],
])('[US1] says what is wrong with %j', async (query, message) => {
  const { status, body } = await ask({ query });
  expect(status).toBe(400);
  expect(body).toEqual({ code: 6017, name: 'INVALID_ARGUMENT', message, retryable: false });
});

it.each(['administrator', 'root'])('gives none of the administrator %s', async (userID) => {
  const { status, body } = await ask({ query: `?userID=${userID}` });
  expect(status).toBe(403);
  expect(body.message).toContain(`muster usersig ${userID}`);
  expect(JSON.stringify(body)).not.toContain('userSig":');
});

it.each(['localhost', 'localhost:5173', 'LocalHost:80', '127.0.0.1:8080', '[::1]:8080', '[::1]'])(
  'answers under the name %s',
  async (host) => {
    expect((await ask({ headers: { host } })).status).toBe(200);
  },
);

it.each([
  'evil.example:8080',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1.evil.example:8080',
  '127.0.0.2:8080',
  '192.168.1.5:8080',
  '0.0.0.0:8080',
  '[::2]:8080',
  'localhost@evil.example',
  'evil.example#localhost',
  ':8080',
])('[SE3] answers nothing under the foreign name %j', async (host) => {
  const { status, body, headers } = await ask({ headers: { host } });
  expect(status).toBe(403);
  expect(body.name).toBe('NOT_PERMITTED');
  expect(body.userSig).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

it.each(['http://localhost:5173', 'http://127.0.0.1:3000', 'http://[::1]:5173', 'https://localhost'])(
  'lets a page from %s read the answer',
  async (origin) => {
    const { status, headers } = await ask({ headers: { ...LOCAL, origin } });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers.vary).toContain('Origin');
  },
);

it.each([
  'http://evil.example',
  'https://localhost.evil.example',
  'null',
  'file://',
  'http://localhost/x',
  'x://localhost',
])('[SE3] gives a page from %s nothing', async (origin) => {
  const { status, headers, body } = await ask({ headers: { ...LOCAL, origin } });
  expect(status).toBe(403);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(body.userSig).toBeUndefined();
});

it('says how to allow another host, to the caller and in the log, and then allows it', async () => {
  const headers = { host: 'laptop.local:8080', origin: 'http://laptop.local:5173' };
  const refused = await ask({ headers });
  expect(refused.body.message).toContain('MUSTER_DEV_HOSTS=laptop.local');
  expect(refused.warned).toEqual([`refused a login: ${refused.body.message}`]);
  expect((await ask({ headers, devHosts: ['laptop.local'] })).status).toBe(200);
});

it('says how to allow another origin under an own name', async () => {
  const { body } = await ask({ headers: { ...LOCAL, origin: 'http://laptop.local:5173' } });
  expect(body.message).toContain('The Origin laptop.local');
  expect(body.message).toContain('MUSTER_DEV_HOSTS=laptop.local');
});
