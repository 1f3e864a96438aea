import { expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import { fakeServer, groupView } from '../fake-server.ts';

function netStates(chat: ReturnType<ReturnType<typeof fakeServer>['chat']>): string[] {
  const states: string[] = [];
  chat.on(EVENT.NET_STATE_CHANGE, ({ data }) => states.push(data.state));
  return states;
}

it('[DL7] comes back after a loss with its device, session key and positions, and says so', async () => {
  const server = fakeServer();
  server.login = { seq: 5, groups: [groupView('g', { seq: 3 })] };
  const chat = server.chat();
  const states = netStates(chat);
  await server.ready(chat);
  server.socket().cut();
  await server.clock.advance(249);
  expect(server.sockets.ends).toHaveLength(1);
  await server.clock.advance(2);
  expect(states).toEqual(['connecting', 'connected', 'disconnected', 'connecting', 'connected']);
  expect(server.logins[1]).toEqual({
    protocol: 1,
    SDKAppID: 1,
    userID: 'alice',
    device: 7,
    sessionKey: 'key',
    positions: [
      { scope: 'user:alice', position: { epoch: 'e', seq: 5 } },
      { scope: 'group:g', position: { epoch: 'e', seq: 3 } },
    ],
    counters: [],
  });
});

it('[DL7] tries at once when the browser says that its network is back', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  server.sockets.refuses = true;
  server.socket().cut();
  await server.clock.advance(60_000);
  const tried = server.sockets.ends.length;
  expect(tried).toBeGreaterThan(4);
  server.sockets.refuses = false;
  server.networkChanges();
  await server.clock.settle();
  expect(server.sockets.ends).toHaveLength(tried + 1);
  expect(server.logins).toHaveLength(2);
});

it('[DL7] asks a silent server for a sign of life after 10 s, and leaves it when none comes for 5 s', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  await server.clock.advance(9_998);
  expect(server.pings).toHaveLength(0);
  await server.clock.advance(2);
  expect(server.pings).toHaveLength(1);
  await server.clock.advance(20_000);
  expect(server.sockets.ends).toHaveLength(1);
  server.socket().swallow();
  await server.clock.advance(16_000);
  expect(server.sockets.ends).toHaveLength(2);
});

it('[DL7] does not ask a server that talks', async () => {
  const server = fakeServer();
  await server.ready(server.chat());
  for (let second = 0; second < 30; second += 5) {
    server.send({ mark: second });
    await server.clock.advance(5_000);
  }
  expect(server.pings).toEqual([]);
  expect(server.marks).toEqual([0, 5, 10, 15, 20, 25]);
});

it('[SE5] spreads its return over the window of a goodbye, and asks nothing of the server that leaves', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  server.send({ event: 'goodbye', reason: 'stopping', withinMs: 8_000 });
  await server.clock.settle();
  const call = chat.getUserProfile({ userIDList: ['bob'] });
  await server.clock.advance(100);
  server.socket().close(4000);
  await server.clock.advance(3_900);
  expect(server.requests).toEqual([]);
  expect(server.logins).toHaveLength(1);
  server.onRequest = () => ({ profiles: [] });
  await server.clock.advance(200);
  expect(server.logins).toHaveLength(2);
  expect((await call).data).toEqual([]);
});

it('[US6] does not come back when the server closed the connection for good', async () => {
  const server = fakeServer();
  const chat = server.chat();
  const heard: unknown[] = [];
  chat.on(EVENT.KICKED_OUT, ({ data }) => heard.push(data));
  await server.ready(chat);
  server.socket().close(4500);
  await server.clock.advance(120_000);
  expect(heard).toEqual([{ type: 'multipleAccount' }]);
  expect(server.sockets.ends).toHaveLength(1);
});

it('sends what is asked in one turn as one message', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const before = server.socket().received.length;
  server.onRequest = () => ({ profiles: [] });
  await Promise.all(['a', 'b', 'c'].map((userID) => chat.getUserProfile({ userIDList: [userID] })));
  expect(server.socket().received.length).toBe(before + 1);
  expect(server.requests).toHaveLength(3);
});

it('[SE2] leaves a server whose message is not JSON, and comes back', async () => {
  const server = fakeServer();
  await server.ready(server.chat());
  server.socket().send('{');
  await server.clock.advance(2_000);
  expect(server.logins).toHaveLength(2);
});

it('[SE2] survives frames that it does not understand, and what came with them', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  for (const text of ['5', 'null', '[null]', '{"event":"log"}', '{"id":3}', '{"event":"later"}']) {
    server.socket().send(text);
    await server.clock.advance(20_000);
  }
  expect(chat.isReady()).toBe(true);
  server.onRequest = () => ({ profiles: [] });
  expect((await chat.getUserProfile({ userIDList: ['bob'] })).code).toBe(0);
});
