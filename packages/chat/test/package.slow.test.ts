/** What is published, as those who install it see it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../build.ts';
import { type AnyMessage, type ChatSDK, EVENT, TYPES } from '../src/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'muster-package-'));
const dist = join(folder, 'app/node_modules/@muster/chat');

/** What a tool prints, whatever it thinks of its success. */
const run = (command: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules', command), ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).stdout;

beforeAll(() => build(dist), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('holds nothing but what it needs, and depends on nothing', () => {
  expect(readdirSync(dist).sort()).toEqual(
    expect.arrayContaining(['LICENSE', 'index.cjs', 'index.d.cts', 'index.d.ts', 'index.js', 'package.json']),
  );
  const manifest = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  for (const name of ['index.d.ts', 'index.js', 'index.cjs']) {
    expect(readFileSync(join(dist, name), 'utf8'), name).not.toMatch(
      /(from|import|require)\W*['"(]+@muster\/protocol/,
    );
  }
});

it('is imported and required, as one and the same shape', async () => {
  const imported = await import(pathToFileURL(join(dist, 'index.js')).href);
  const required = createRequire(import.meta.url)(join(dist, 'index.cjs'));
  expect(Object.keys(imported.default)).toEqual(['create', 'EVENT', 'TYPES', 'TSignaling', 'VERSION']);
  expect(required.default).toBe(required);
  expect(required.MusterChat).toBe(required);
  expect(required.EVENT).toEqual(imported.EVENT);
  const options = { SDKAppID: 5, proxyServer: 'ws://127.0.0.1:1' };
  const chat = imported.default.create(options);
  expect(required.create(options)).toBe(chat);
  await chat.destroy();
});

it('speaks with a server, though the names of its own properties are shortened', async () => {
  const { MusterChat } = await import(pathToFileURL(join(dist, 'index.js')).href);
  const muster = await startMuster();
  const login = async (userID: string): Promise<ChatSDK> => {
    const { SDKAppID, proxyServer } = muster;
    const chat: ChatSDK = MusterChat.create({ SDKAppID, proxyServer, instance: userID });
    const ready = new Promise((resolve) => chat.once(EVENT.SDK_READY, resolve));
    await chat.login({ userID, userSig: await muster.userSig(userID) });
    await ready;
    return chat;
  };
  const [alice, bob] = await Promise.all([login('alice'), login('bob')]);
  const received = new Promise<AnyMessage[]>((resolve) =>
    bob.on(EVENT.MESSAGE_RECEIVED, ({ data }) => resolve(data)),
  );
  const options = { to: 'bob', conversationType: TYPES.CONV_C2C, payload: { text: 'hi' } } as const;
  const { message } = (await alice.sendMessage(alice.createTextMessage(options))).data;
  expect((await received).map(({ ID, payload }) => [ID, payload.text])).toEqual([[message.ID, 'hi']]);
  const groupName = 'friends';
  await bob.createConversationGroup({ groupName, conversationIDList: ['C2Calice'] });
  const { conversationList } = (await bob.getConversationList({ groupName })).data;
  expect(conversationList).toMatchObject([{ conversationID: 'C2Calice', unreadCount: 1 }]);
  await alice.createGroup({ name: 'G', groupID: 'g', type: TYPES.GRP_WORK });
  await alice.setGroupCounters({ groupID: 'g', counters: { k: 3 } });
  expect((await alice.getGroupCounters({ groupID: 'g' })).data.counters).toEqual({ k: 3 });
  await Promise.all([alice.destroy(), bob.destroy()]);
  await muster.close();
});

it('passes publint and arethetypeswrong', () => {
  const packed = execFileSync('npm', ['pack', '--silent', dist], { cwd: folder, encoding: 'utf8' }).trim();
  expect(run('publint/src/cli.js', dist)).toContain('All good');
  expect(run('@arethetypeswrong/cli/dist/index.js', '--no-color', join(folder, packed))).toContain(
    'No problems found',
  );
}, 60_000);

const APP = `
import MusterChat, { type ChatSDK, type Group, TYPES } from '@muster/chat';
const chat: ChatSDK = MusterChat.create({ SDKAppID: 1, proxyServer: 'ws://127.0.0.1:1' });
const exact: ChatSDK<bigint> = MusterChat.create({ SDKAppID: 1, counterValues: 'bigint' });
chat.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => data.value.toFixed());
exact.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => data.value + 1n);
export const type: TYPES.GRP_WORK = TYPES.GRP_WORK;
export const groups: Promise<Group[]> = chat.getGroupList().then(({ data }) => data.groupList);
// @ts-expect-error A value is a number or a bigint.
void chat.increaseGroupCounter({ groupID: 'g', key: 'k', value: '1' });
`;

it('has types that compile for those who import and those who require', () => {
  const app = join(folder, 'app');
  mkdirSync(app, { recursive: true });
  for (const name of ['app.mts', 'app.cts']) writeFileSync(join(app, name), APP);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022'],
    types: [],
  };
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['app.mts', 'app.cts'] }),
  );
  expect(run('typescript/bin/tsc', '-p', join(app, 'tsconfig.json'))).toBe('');
}, 60_000);
