import type { GroupProfile, LoggedEvent } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import type { ChatSDK, Group } from '../../src/types/index.ts';
import { conversationView, type FakeServer, fakeServer, groupView, PROFILE } from '../fake-server.ts';

function listsOf(chat: ChatSDK): Group[][] {
  const lists: Group[][] = [];
  chat.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => lists.push(data));
  return lists;
}

async function inGroup(): Promise<{ server: FakeServer; chat: ChatSDK; lists: Group[][] }> {
  const server = fakeServer();
  server.login = { seq: 4, groups: [groupView('g', { seq: 10 })] };
  const chat = server.chat();
  await server.ready(chat);
  return { server, chat, lists: listsOf(chat) };
}

const renamed = (name: string): LoggedEvent => ({
  name: 'groupProfileUpdated',
  profile: { ...(groupView('g').profile as GroupProfile), name },
  operatorID: 'bob',
});
const JOINED = { conversation: conversationView('GROUPh'), reason: 'joined' as const, operatorID: 'alice' };
const NO_CONVERSATIONS = { conversations: [], conversationGroups: [] };
const names = (lists: Group[][]) => lists.map((list) => list.map(({ name }) => name).join());

describe('logged events', () => {
  it('[DL4] are applied in order, each once', async () => {
    const { server, lists } = await inGroup();
    server.send({ event: 'log', scope: 'group:g', seq: 11, events: [renamed('one')] });
    server.send({ event: 'log', scope: 'group:g', seq: 11, events: [renamed('one'), renamed('two')] });
    server.send({ event: 'log', scope: 'group:g', seq: 9, events: [renamed('old')] });
    await server.clock.settle();
    expect(names(lists)).toEqual(['one', 'two']);
  });

  it('[DL4] a gap is healed by a new login that names the position before it', async () => {
    const { server, lists } = await inGroup();
    server.send({ event: 'log', scope: 'group:g', seq: 12, events: [renamed('two')] });
    server.beforeLogin = [
      { event: 'log', scope: 'group:g', seq: 11, events: [renamed('one'), renamed('two')] },
    ];
    await server.clock.advance(1_000);
    expect(server.logins[1]?.positions).toContainEqual({
      scope: 'group:g',
      position: { epoch: 'e', seq: 10 },
    });
    expect(names(lists)).toEqual(['two']);
  });

  it('of a user tell of profiles and groups', async () => {
    const { server, chat, lists } = await inGroup();
    const profiles: string[][] = [];
    chat.on(EVENT.PROFILE_UPDATED, ({ data }) => profiles.push(data.map(({ nick }) => nick)));
    const events: LoggedEvent[] = [
      { name: 'profileUpdated', profile: { ...PROFILE, nick: 'Al' } },
      { name: 'groupJoined', group: groupView('h'), ...JOINED },
      { name: 'groupLeft', groupID: 'g', reason: 'removed', operatorID: 'bob' },
    ];
    server.send({ event: 'log', scope: 'user:alice', seq: 5, events });
    await server.clock.settle();
    expect([profiles, names(lists)]).toEqual([[['Al']], ['h']]);
    expect((await chat.getMyProfile()).data.nick).toBe('Al');
  });

  it('[DL5] leaving a group and joining it again at once tells what its counters have become', async () => {
    const { server, chat, lists } = await inGroup();
    const told: string[] = [];
    chat.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => told.push(`${data.key}=${data.value}`));
    chat.on(EVENT.GROUP_COUNTER_DELETED, ({ data }) => told.push(`${data.key} is gone`));
    const counter = (key: string, value: number, version: number) => ({ key, value, version });
    server.onRequest = () => ({
      counters: [counter('a', 1, 2), counter('b', 7, 6)],
      deleted: [],
      version: 6,
      live: true,
    });
    server.send({
      event: 'groupCounters',
      groupID: 'g',
      since: 0,
      version: 4,
      counters: [counter('a', 1, 2), counter('b', 5, 3), counter('c', 9, 4)],
      deleted: [],
    });
    await server.clock.settle();
    const events: LoggedEvent[] = [
      { name: 'groupLeft', groupID: 'g', reason: 'quit', operatorID: 'alice' },
      { name: 'groupJoined', group: groupView('g', { seq: 12, countersVersion: 6 }), ...JOINED },
    ];
    server.send({ event: 'log', scope: 'user:alice', seq: 5, events });
    await server.clock.settle();
    expect(told).toEqual(['a=1', 'b=5', 'c=9', 'b=7', 'c is gone']);
    expect((await chat.getGroupCounters({ groupID: 'g' })).data.counters).toEqual({ a: 1, b: 7 });
    expect(lists.length).toBeLessThanOrEqual(1);
  });

  it('of a group tell of its members, and of the own role', async () => {
    const { server, lists } = await inGroup();
    const roles = [{ userID: 'alice', role: 'Admin' as const }];
    const event: LoggedEvent = {
      name: 'groupMembersUpdated',
      groupID: 'g',
      memberCount: 3,
      joined: ['x'],
      left: [],
      roles,
      operatorID: 'bob',
    };
    server.send({ event: 'log', scope: 'group:g', seq: 11, events: [event] });
    await server.clock.settle();
    expect(lists[0]?.[0]).toMatchObject({ memberCount: 3, selfInfo: { role: 'Admin' } });
  });

  it('[GR4] of a dismissed group end it, and nothing of it follows', async () => {
    const { server, chat, lists } = await inGroup();
    const heard: unknown[] = [];
    chat.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => heard.push(data));
    server.send(
      {
        event: 'log',
        scope: 'group:g',
        seq: 11,
        events: [{ name: 'groupDismissed', groupID: 'g', operatorID: 'bob' }],
      },
      {
        event: 'groupCounters',
        groupID: 'g',
        since: 0,
        version: 1,
        counters: [{ key: 'k', value: 1, version: 1 }],
        deleted: [],
      },
      { event: 'log', scope: 'group:g', seq: 12, events: [renamed('ghost')] },
    );
    await server.clock.settle();
    expect([names(lists), heard]).toEqual([[''], []]);
    expect(server.logins).toHaveLength(1);
  });
});

describe('snapshots', () => {
  it('[DL4] replace what the device had, with one event for what changed', async () => {
    const { server, chat, lists } = await inGroup();
    server.login = {
      seq: 9,
      snapshot: {
        profile: { ...PROFILE, nick: 'Al' },
        groups: [groupView('h', { seq: 2 }), groupView('i')],
        ...NO_CONVERSATIONS,
      },
    };
    const heard: string[] = [];
    chat.on(EVENT.PROFILE_UPDATED, () => heard.push('profile'));
    server.socket().cut();
    await server.clock.advance(1_000);
    expect([names(lists), heard]).toEqual([['h,i'], ['profile']]);
    server.login = {};
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins[2]?.positions?.map(({ scope, position }) => [scope, position.seq])).toEqual([
      ['user:alice', 9],
      ['group:h', 2],
      ['group:i', 0],
    ]);
  });

  it('raise nothing when nothing changed', async () => {
    const { server, lists } = await inGroup();
    server.login = {
      snapshot: { profile: PROFILE, groups: [groupView('g', { seq: 30 })], ...NO_CONVERSATIONS },
    };
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(lists).toEqual([]);
  });

  it('of one group replace it or end it', async () => {
    const { server, lists } = await inGroup();
    const profile = { ...groupView('g').profile, name: 'new' };
    server.send({
      event: 'groupSnapshot',
      groupID: 'g',
      group: groupView('g', { seq: 50, profile }),
      conversation: null,
    });
    await server.clock.settle();
    server.send({ event: 'log', scope: 'group:g', seq: 51, events: [renamed('newer')] });
    await server.clock.settle();
    server.send({ event: 'groupSnapshot', groupID: 'g', group: null, conversation: null });
    await server.clock.settle();
    expect(names(lists)).toEqual(['new', 'newer', '']);
  });
});

it('[DI5] gives copies: what an app writes into them changes nothing here', async () => {
  const { chat } = await inGroup();
  const read = async () => (await chat.getGroupList()).data.groupList[0] as Group;
  const group = await read();
  group.name = 'mine';
  group.selfInfo.role = 'Owner';
  group.groupCustomField.push({ key: 'a', value: 'b' });
  expect(await read()).toMatchObject({ name: 'g', selfInfo: { role: 'Member' }, groupCustomField: [] });
  expect(JSON.parse(JSON.stringify(await read()))).toEqual(await read());
});
