import { describe, expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import type { ChatSDK } from '../../src/types/index.ts';
import { fakeServer, groupView } from '../fake-server.ts';

const alice = { userID: 'alice', userSig: 'sig' };

function eventsOf(chat: ChatSDK): string[] {
  const heard: string[] = [];
  for (const [name, value] of Object.entries(EVENT)) {
    if (name !== 'NET_STATE_CHANGE') chat.on(value, () => heard.push(name));
  }
  return heard;
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 0,
    (error) => error.code,
  );

describe('logging in', () => {
  it('[US4] resolves first; lists follow in a later macrotask, each once, and then SDK_READY', async () => {
    const server = fakeServer();
    server.login = { groups: [groupView('g')] };
    const chat = server.chat();
    const heard = eventsOf(chat);
    const lists: unknown[] = [];
    chat.on(EVENT.CONVERSATION_LIST_UPDATED, (event) => lists.push([event.data, event.isSyncCompleted]));
    chat.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => lists.push(data.map(({ groupID }) => groupID)));
    const login = chat.login(alice).then((answer) => {
      heard.push('login');
      return answer;
    });
    await server.clock.settle();
    expect(heard).toEqual(['login']);
    expect(chat.isReady()).toBe(false);
    expect(await login).toEqual({ code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } });
    await server.clock.advance(1);
    expect(heard).toEqual([
      'login',
      'CONVERSATION_LIST_UPDATED',
      'GROUP_LIST_UPDATED',
      'CONVERSATION_GROUP_LIST_UPDATED',
      'SDK_READY',
    ]);
    expect(lists).toEqual([[[], true], ['g']]);
    expect([chat.isReady(), chat.getLoginUser()]).toEqual([true, 'alice']);
  });

  it('[US4] makes calls wait for readiness, save those of a room, which wait for login alone', async () => {
    const server = fakeServer();
    const chat = server.chat();
    const heard = eventsOf(chat);
    void chat.login(alice);
    const list = chat.getGroupList().then(() => heard.push('list'));
    void chat.getUserProfile({ userIDList: ['bob'] }).catch(() => {});
    void chat.joinGroup({ groupID: 'room' }).catch(() => {});
    await server.clock.settle();
    expect(server.requests.map(({ command }) => command)).toEqual(['joinGroup']);
    await server.clock.advance(1);
    await list;
    expect(heard.at(-1)).toBe('list');
    expect(server.requests.map(({ command }) => command)).toEqual(['joinGroup', 'getUserProfile']);
  });

  it('[US4] rejects calls without a login by what there was before', async () => {
    const server = fakeServer();
    const chat = server.chat();
    expect(await codeOf(chat.getGroupList())).toBe(2024);
    server.login = { error: { code: 70009, name: 'USERSIG_WRONG_KEY' } };
    const login = codeOf(chat.login(alice));
    const waiting = codeOf(chat.getGroupList());
    await server.clock.settle();
    expect([await login, await waiting, await codeOf(chat.getGroupList())]).toEqual([70009, 3001, 3001]);
    server.login = {};
    await server.ready(chat);
    void chat.logout();
    expect(await codeOf(chat.getGroupList())).toBe(3005);
  });

  it('tells of a refused call as an event too', async () => {
    const chat = fakeServer().chat();
    const told: number[] = [];
    chat.on(EVENT.ERROR, ({ data }) => told.push(data.code));
    await codeOf(chat.getGroupList());
    expect(told).toEqual([2024]);
  });

  it('[US5] gives the same promise while pending, and refuses another user', async () => {
    const server = fakeServer();
    const chat = server.chat();
    const first = chat.login(alice);
    expect(chat.login(alice)).toBe(first);
    await expect(chat.login({ userID: 'bob', userSig: 's' })).rejects.toMatchObject({ code: 2025 });
    await server.clock.advance(1);
    await first;
    await expect(chat.login({ userID: 'bob', userSig: 's' })).rejects.toMatchObject({ code: 2025 });
    expect(chat.getLoginUser()).toBe('alice');
    expect(server.logins).toHaveLength(1);
  });

  it('[US5] takes a valid new userSig in the place of the old', async () => {
    const server = fakeServer();
    const chat = server.chat();
    await server.ready(chat);
    server.login = { sessionKey: 'new key' };
    const again = chat.login({ userID: 'alice', userSig: 'new' });
    await server.clock.settle();
    expect((await again).data.repeatLogin).toBe(true);
    expect(server.logins[1]).toEqual({
      protocol: 1,
      SDKAppID: 1,
      userID: 'alice',
      userSig: 'new',
      device: 7,
    });
    server.login = { error: { code: 70001, name: 'USERSIG_EXPIRED' } };
    const refused = chat.login({ userID: 'alice', userSig: 'bad' });
    await expect(refused).rejects.toMatchObject({ code: 70001 });
    expect(chat.isReady()).toBe(true);
    server.login = {};
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins.at(-1)).toMatchObject({ sessionKey: 'new key' });
  });

  it('[DL7] rejects 2801 when there is no server for 15 s, and is failed then', async () => {
    const server = fakeServer();
    server.sockets.refuses = true;
    const chat = server.chat();
    const login = codeOf(chat.login(alice));
    await server.clock.advance(15_000);
    expect(await login).toBe(2801);
    expect(await codeOf(chat.getGroupList())).toBe(3001);
    const tried = server.sockets.ends.length;
    await server.clock.advance(60_000);
    expect(server.sockets.ends).toHaveLength(tried);
    expect(tried).toBeGreaterThan(2);
  });

  it('keeps trying while the server is overloaded, and says so when it stays so', async () => {
    const server = fakeServer();
    server.login = { error: { code: 60022, name: 'OVERLOADED', retryable: true } };
    const chat = server.chat();
    const login = codeOf(chat.login(alice));
    await server.clock.advance(15_000);
    expect(await login).toBe(60022);
    expect(server.logins.length).toBeGreaterThan(2);
  });

  it('[US7] tells the time of the server', async () => {
    const server = fakeServer();
    server.login = { serverTime: 5_000 };
    const chat = server.chat();
    await server.ready(chat);
    await server.clock.advance(1_000);
    expect(chat.getServerTime()).toBe(6_001);
  });
});

describe('the end of a login', () => {
  it('[US7] logs out at the server, and the next login is a new device', async () => {
    const server = fakeServer();
    const chat = server.chat();
    const heard = eventsOf(chat);
    await server.ready(chat);
    server.onRequest = () => ({});
    await chat.logout();
    expect(server.requests.map(({ command }) => command)).toEqual(['logout']);
    expect(heard.at(-1)).toBe('SDK_NOT_READY');
    expect([chat.isReady(), chat.getLoginUser()]).toEqual([false, '']);
    await server.ready(chat);
    expect(server.logins[1]).not.toHaveProperty('device');
    expect(server.sockets.ends).toHaveLength(2);
  });

  it('does not wait for long when nobody answers the logout, and a login meanwhile waits for it', async () => {
    const server = fakeServer();
    const chat = server.chat();
    await server.ready(chat);
    const logout = chat.logout();
    const login = chat.login({ userID: 'bob', userSig: 's' });
    await server.clock.advance(1_999);
    expect(server.logins).toHaveLength(1);
    await server.clock.advance(2);
    await logout;
    await login;
    expect(server.logins[1]).toMatchObject({ userID: 'bob' });
  });

  for (const [type, code] of [
    ['multipleAccount', 3003],
    ['userSigExpired', 3004],
    ['REST_API_Kick', 3006],
  ] as const) {
    it(`[US6] raises KICKED_OUT ${type}, then SDK_NOT_READY, and calls reject ${code}`, async () => {
      const server = fakeServer();
      const chat = server.chat();
      await server.ready(chat);
      const heard = eventsOf(chat);
      const types: string[] = [];
      chat.on(EVENT.KICKED_OUT, ({ data }) => types.push(data.type));
      const open = codeOf(chat.getUserProfile({ userIDList: ['bob'] }));
      await server.clock.settle();
      server.send({ event: 'kickedOut', type });
      await server.clock.settle();
      expect([heard, types]).toEqual([['KICKED_OUT', 'SDK_NOT_READY'], [type]]);
      expect([await open, await codeOf(chat.getGroupList())]).toEqual([code, code]);
      await server.clock.advance(60_000);
      expect(server.logins).toHaveLength(1);
    });
  }

  it('[US11] tries the userSig when the session key is refused, and ends when that is refused too', async () => {
    const server = fakeServer();
    const chat = server.chat();
    await server.ready(chat);
    const heard = eventsOf(chat);
    server.login = { error: { code: 70052, name: 'SESSION_ENDED' } };
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins.slice(1).map(({ sessionKey, userSig }) => [sessionKey, userSig])).toEqual([
      ['key', undefined],
      [undefined, 'sig'],
    ]);
    expect(heard).toEqual(['KICKED_OUT', 'SDK_NOT_READY']);
    expect(await codeOf(chat.getGroupList())).toBe(3006);
  });

  it('[US7] destroy logs out and forgets the handlers', async () => {
    const server = fakeServer();
    let destroyed = 0;
    const chat = server.chat({ onDestroy: () => (destroyed += 1) });
    const heard = eventsOf(chat);
    await server.ready(chat);
    server.onRequest = () => ({});
    await chat.destroy();
    expect(heard.slice(-2)).toEqual(['SDK_NOT_READY', 'SDK_DESTROY']);
    expect(destroyed).toBe(1);
  });

  it('[US7] a destroyed instance does not come back, also when a handler logs in at its end', async () => {
    const server = fakeServer();
    const chat = server.chat();
    await server.ready(chat);
    server.onRequest = () => ({});
    let again: Promise<number> | undefined;
    chat.on(EVENT.SDK_NOT_READY, () => {
      again = codeOf(chat.login(alice));
    });
    await chat.destroy();
    expect(await again).toBe(3001);
    expect(await codeOf(chat.login(alice))).toBe(3001);
    await server.clock.advance(60_000);
    expect(server.logins).toHaveLength(1);
  });

  it('[US4] a call that waited for one login is not made under the next', async () => {
    const server = fakeServer();
    const chat = server.chat();
    void chat.login(alice);
    const waiting = [
      codeOf(chat.updateMyProfile({ nick: 'Alice' })),
      codeOf(chat.getMyProfile()),
      codeOf(chat.getGroupList()),
    ];
    chat.once(EVENT.SDK_READY, () => {
      void chat.logout();
      void chat.login({ userID: 'bob', userSig: 's' });
    });
    await server.clock.advance(5_000);
    expect(server.logins.map(({ userID }) => userID)).toEqual(['alice', 'bob']);
    expect(server.requests.map(({ command }) => command)).toEqual(['logout']);
    expect(await Promise.all(waiting)).toEqual([3005, 3005, 3005]);
  });

  it('[US7] a handler that logs out is the last to hear of that login', async () => {
    const server = fakeServer();
    const group = (groupID: string) => groupView(groupID, { countersVersion: 1 });
    server.login = { groups: [group('g')] };
    server.onRequest = () => ({});
    const chat = server.chat();
    await server.ready(chat);
    const told = { groupID: 'g', groupAttributes: [], updatedKeyList: ['a'], deletedKeyList: [] };
    const events = [{ name: 'groupAttributesUpdated' as const, ...told }];
    server.send({ event: 'log', scope: 'group:g', seq: 1, events });
    await server.clock.settle();
    chat.on(EVENT.GROUP_LIST_UPDATED, () => void chat.logout());
    const heard = eventsOf(chat);
    const counters = [{ key: 'a', value: 1, version: 5 }];
    server.send(
      { event: 'groupSnapshot', groupID: 'h', group: group('h'), conversation: null },
      { event: 'groupSnapshot', groupID: 'g', group: { ...group('g'), seq: 5 }, conversation: null },
      { event: 'groupCounters', groupID: 'g', since: 4, version: 5, counters, deleted: [] },
    );
    await server.clock.advance(1);
    expect(heard).toEqual(['SDK_NOT_READY', 'GROUP_LIST_UPDATED']);
    expect(server.requests.map(({ command }) => command)).toEqual(['logout']);
  });

  it('[US4] a handler of the first list that logs out stops the others', async () => {
    const server = fakeServer();
    server.onRequest = () => ({});
    const chat = server.chat();
    chat.on(EVENT.CONVERSATION_LIST_UPDATED, () => void chat.logout());
    const heard = eventsOf(chat);
    const login = chat.login(alice);
    await server.clock.advance(1);
    await login;
    expect(heard).toEqual(['CONVERSATION_LIST_UPDATED']);
  });

  it('a handler of SDK_READY may log out', async () => {
    const server = fakeServer();
    server.onRequest = () => ({});
    const chat = server.chat();
    chat.on(EVENT.GROUP_LIST_UPDATED, () => void chat.logout());
    const heard = eventsOf(chat);
    const login = chat.login(alice);
    await server.clock.advance(1);
    await login;
    expect(heard).not.toContain('SDK_READY');
  });
});
