import type { GroupAttribute } from '@muster/protocol';
import { expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import type { ChatSDK } from '../../src/types/index.ts';
import { conversationView, type FakeServer, fakeServer, groupView, PROFILE } from '../fake-server.ts';

interface Room {
  server: FakeServer;
  chat: ChatSDK;
  /** What was raised: all attributes, those updated and those deleted. */
  raised: unknown[];
}

async function room(): Promise<Room> {
  const server = fakeServer();
  server.login = { groups: [groupView('g')], conversations: [], conversationGroups: [] };
  const chat = server.chat();
  const raised: unknown[] = [];
  chat.on(EVENT.GROUP_ATTRIBUTES_UPDATED, ({ data }) => {
    raised.push([data.groupAttributes, data.updatedKeyList, data.deletedKeyList]);
  });
  await server.ready(chat);
  return { server, chat, raised };
}

const entries = (attributes: Record<string, string>): GroupAttribute[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value }));

function tell(
  server: FakeServer,
  seq: number,
  now: Record<string, string>,
  updated: string[],
  deleted: string[],
) {
  const event = {
    name: 'groupAttributesUpdated',
    groupID: 'g',
    groupAttributes: entries(now),
    updatedKeyList: updated,
    deletedKeyList: deleted,
  } as const;
  server.send({ event: 'log', scope: 'group:g', seq, events: [event] });
}

const holding = (attributes: Record<string, string>, seq: number) => () => ({
  groupAttributes: entries(attributes),
  seq,
});
const allOf = async (chat: ChatSDK) => (await chat.getGroupAttributes({ groupID: 'g' })).data.groupAttributes;

it('[GR5] sends attributes as a list, and gives back what was given', async () => {
  const { server, chat } = await room();
  server.onRequest = ({ command }) =>
    command === 'deleteGroupAttributes' ? { keyList: ['a'] } : { groupID: 'g' };
  const groupAttributes = { a: '1', ['__proto__']: '2' };
  expect((await chat.initGroupAttributes({ groupID: 'g', groupAttributes })).data).toEqual({
    groupAttributes,
  });
  expect((await chat.setGroupAttributes({ groupID: 'g', groupAttributes })).data).toEqual({
    groupAttributes,
  });
  expect((await chat.deleteGroupAttributes({ groupID: 'g' })).data).toEqual({ keyList: ['a'] });
  const list = { groupID: 'g', groupAttributes: entries(groupAttributes) };
  expect(server.requests.map(({ command, input, operation }) => [command, input, operation?.seq])).toEqual([
    ['initGroupAttributes', list, 1],
    ['setGroupAttributes', list, 2],
    ['deleteGroupAttributes', { groupID: 'g' }, 3],
  ]);
});

it('[DL10][GR5] names the argument that is wrong, and sends nothing', async () => {
  const { server, chat } = await room();
  const wrong = [
    { groupID: 'g', groupAttributes: { a: 1 } },
    { groupID: 'g', groupAttributes: [] },
    { groupID: 'g' },
  ];
  for (const given of wrong) {
    const rejection = { code: 6017, message: expect.stringContaining('groupAttributes') };
    await expect(chat.setGroupAttributes(given as never)).rejects.toMatchObject(rejection);
  }
  expect(server.requests).toEqual([]);
});

it('[GR5] raises what is told, and answers from memory from then on', async () => {
  const { server, chat, raised } = await room();
  tell(server, 1, { a: '1', b: '2' }, ['b'], ['c']);
  await server.clock.settle();
  expect(raised).toEqual([[{ a: '1', b: '2' }, ['b'], ['c']]]);
  expect(await allOf(chat)).toEqual({ a: '1', b: '2' });
  const some = await chat.getGroupAttributes({ groupID: 'g', keyList: ['b', 'x'] });
  expect(some.data.groupAttributes).toEqual({ b: '2' });
  expect(server.requests).toEqual([]);
});

it('[GR5] asks once for what it has not heard of, and never goes back behind it', async () => {
  const { server, chat, raised } = await room();
  server.onRequest = holding({ a: '3' }, 3);
  expect([await allOf(chat), await allOf(chat)]).toEqual([{ a: '3' }, { a: '3' }]);
  expect(server.requests).toHaveLength(1);
  // What led there was still under way.
  for (const seq of [1, 2, 3]) tell(server, seq, { a: String(seq) }, ['a'], []);
  await server.clock.settle();
  expect(raised).toEqual([1, 2, 3].map(() => [{ a: '3' }, ['a'], []]));
  tell(server, 4, {}, [], ['a']);
  await server.clock.settle();
  expect(await allOf(chat)).toEqual({});
});

it('[GR5] keeps nothing of a group that the device is not in, or no longer', async () => {
  const { server, chat, raised } = await room();
  server.onRequest = holding({ a: '1' }, 0);
  for (let time = 0; time < 2; time += 1) {
    const { data } = await chat.getGroupAttributes({ groupID: 'other' });
    expect(data.groupAttributes).toEqual({ a: '1' });
  }
  expect(server.requests).toHaveLength(2);
  tell(server, 1, { a: '1' }, ['a'], []);
  server.send({
    event: 'log',
    scope: 'group:g',
    seq: 2,
    events: [{ name: 'groupDismissed', groupID: 'g', operatorID: 'bob' }],
  });
  await server.clock.settle();
  await allOf(chat);
  expect([server.requests.length, raised.length]).toEqual([3, 1]);
});

it('[DL4][DL5][GR5] after a snapshot asks again for what it knew, and raises what differs', async () => {
  const { server, chat, raised } = await room();
  tell(server, 1, { a: '1', b: '2', c: '3' }, ['a', 'b', 'c'], []);
  await server.clock.settle();
  raised.length = 0;
  server.onRequest = holding({ a: '1', b: '9', d: '4' }, 700);
  server.beforeLogin = [
    { event: 'groupSnapshot', groupID: 'g', group: groupView('g', { seq: 700 }), conversation: null },
  ];
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(raised).toEqual([[{ a: '1', b: '9', d: '4' }, ['b', 'd'], ['c']]]);
  expect(await allOf(chat)).toEqual({ a: '1', b: '9', d: '4' });
  expect(server.requests).toHaveLength(1);
});

it('[DL4][GR5] an event that comes before the answer tells all of it', async () => {
  const { server, chat, raised } = await room();
  tell(server, 1, { a: '1', b: '2' }, ['a', 'b'], []);
  server.send({
    event: 'groupSnapshot',
    groupID: 'g',
    group: groupView('g', { seq: 50 }),
    conversation: null,
  });
  await server.clock.settle();
  raised.length = 0;
  tell(server, 51, { b: '3', c: '4' }, ['c'], []);
  await server.clock.settle();
  expect(raised).toEqual([[{ b: '3', c: '4' }, ['b', 'c'], ['a']]]);
  const [request] = server.requests;
  if (request) server.answer(request, holding({ b: '3' }, 50)());
  await server.clock.settle();
  expect([raised.length, await allOf(chat)]).toEqual([1, { b: '3', c: '4' }]);
});

it('[DL4][GR5] raises nothing after a snapshot that changed nothing, and takes another history as it is', async () => {
  const { server, chat, raised } = await room();
  tell(server, 1, { a: '1' }, ['a'], []);
  await server.clock.settle();
  raised.length = 0;
  server.onRequest = holding({ a: '1' }, 0);
  server.login = {
    epoch: 'other',
    snapshot: { profile: PROFILE, groups: [groupView('g')], conversations: [], conversationGroups: [] },
  };
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(raised).toEqual([]);
  expect(await allOf(chat)).toEqual({ a: '1' });
  expect(server.requests).toHaveLength(1);
  tell(server, 1, { a: '0' }, ['a'], []);
  await server.clock.settle();
  expect(raised).toEqual([[{ a: '0' }, ['a'], []]]);
});

it('[GR5] goes on asking when the connection is lost before the answer', async () => {
  const { server, raised } = await room();
  tell(server, 1, { a: '1' }, ['a'], []);
  server.send({
    event: 'groupSnapshot',
    groupID: 'g',
    group: groupView('g', { seq: 50 }),
    conversation: null,
  });
  await server.clock.settle();
  raised.length = 0;
  server.isDeaf = true;
  server.socket().cut();
  await server.clock.advance(60_000);
  server.isDeaf = false;
  server.onRequest = holding({ a: '2' }, 50);
  await server.clock.advance(60_000);
  expect(raised).toEqual([[{ a: '2' }, ['a'], []]]);
});

it('[GR5] a group that is made again begins without what it had', async () => {
  const { server, chat, raised } = await room();
  tell(server, 1, { a: '1' }, ['a'], []);
  await server.clock.settle();
  server.onRequest = holding({}, 2);
  const joined = {
    name: 'groupJoined',
    group: groupView('g', { seq: 2 }),
    conversation: conversationView('GROUPg'),
    reason: 'joined',
    operatorID: 'alice',
  } as const;
  server.send({ event: 'log', scope: 'user:alice', seq: 1, events: [joined] });
  await server.clock.settle();
  expect(raised.at(-1)).toEqual([{}, [], ['a']]);
  expect(await allOf(chat)).toEqual({});
});
