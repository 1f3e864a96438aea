import { expect, it } from 'vitest';
import { fakeServer } from '../fake-server.ts';

const increase = { groupID: 'g', key: 'k', value: 1 };
const outcome = (call: Promise<unknown>) => {
  const seen: { now: unknown } = { now: 'waiting' };
  call.then(
    () => {
      seen.now = 'resolved';
    },
    (error) => {
      seen.now = error;
    },
  );
  return seen;
};
const numbers = (server: ReturnType<typeof fakeServer>) =>
  server.requests.map(({ operation }) => operation?.seq);

it('[DL3] sends unanswered writes again after a reconnect, in order, with their ids, then what waited', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const calls = [1, 2, 3].map((value) => chat.increaseGroupCounter({ ...increase, value }));
  await server.clock.settle();
  const [, second] = server.requests;
  server.answer(second as never, { counters: [{ key: 'k', value: 3 }], version: 2 });
  await server.clock.settle();
  server.socket().cut();
  await server.clock.settle();
  const late = chat.increaseGroupCounter({ ...increase, value: 4 });
  server.requests.length = 0;
  server.onRequest = (request) => ({ counters: [{ key: 'k', value: request.operation?.seq }], version: 9 });
  await server.clock.advance(1_000);
  expect(
    server.requests.map(({ operation, input }) => [operation, (input as { counters: object[] }).counters[0]]),
  ).toEqual([
    [
      { seq: 1, low: 1 },
      { key: 'k', value: 1 },
    ],
    [
      { seq: 3, low: 1 },
      { key: 'k', value: 3 },
    ],
    [
      { seq: 4, low: 1 },
      { key: 'k', value: 4 },
    ],
  ]);
  expect((await Promise.all([...calls, late])).map(({ data }) => data.value)).toEqual([1, 3, 3, 4]);
});

it('[DL7] drops a call that found no connection for 15 s', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  server.sockets.refuses = true;
  server.socket().cut();
  await server.clock.settle();
  const seen = outcome(chat.increaseGroupCounter(increase));
  await server.clock.advance(14_999);
  expect(seen.now).toBe('waiting');
  await server.clock.advance(1);
  expect(seen.now).toMatchObject({
    code: 2801,
    name: 'NO_CONNECTION',
    retryable: true,
    data: { sent: false },
  });
  server.sockets.refuses = false;
  await server.clock.advance(60_000);
  expect(server.requests).toEqual([]);
  expect(chat.isReady()).toBe(true);
});

it('[DL7] goes on sending a write that left, under the same id, until it is answered', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const seen = outcome(chat.increaseGroupCounter(increase));
  await server.clock.advance(15_000);
  expect(seen.now).toMatchObject({ code: 2801, data: { sent: true } });
  server.socket().cut();
  await server.clock.advance(1_000);
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(numbers(server)).toEqual([1, 1, 1]);
  server.answer(server.requests[2] as never, { counters: [{ key: 'k', value: 1 }], version: 1 });
  await server.clock.settle();
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(numbers(server)).toEqual([1, 1, 1]);
});

it('asks a read again after a reconnect, and forgets it when nobody waits any more', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const seen = outcome(chat.getUserProfile({ userIDList: ['bob'] }));
  await server.clock.settle();
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(server.requests).toHaveLength(2);
  await server.clock.advance(14_000);
  expect(seen.now).toMatchObject({ code: 2801, data: { sent: true } });
  server.socket().cut();
  await server.clock.advance(1_000);
  expect(server.requests).toHaveLength(2);
});

it('[DL2] keeps 64 writes open and the rest waiting', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const calls = Array.from({ length: 70 }, () => chat.increaseGroupCounter(increase));
  await server.clock.settle();
  expect(numbers(server)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
  const output = { counters: [{ key: 'k', value: 1 }], version: 1 };
  server.onRequest = () => output;
  for (const request of server.requests.slice(0, 64)) server.answer(request, output);
  await Promise.all(calls);
  expect(numbers(server)).toHaveLength(70);
});

it('asks again, with the same id, what the server could not do now', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const seen = outcome(chat.increaseGroupCounter(increase));
  await server.clock.settle();
  for (const name of ['INTERNAL', 'OVERLOADED', 'STOPPING', 'OPERATION_WINDOW_FULL', 'TOO_FREQUENT']) {
    server.refuse(server.requests.at(-1) as never, 1, name, true);
    await server.clock.advance(4_100);
    if (seen.now !== 'waiting') break;
  }
  expect(new Set(numbers(server))).toEqual(new Set([1]));
  expect(server.requests.length).toBeGreaterThan(3);
  // It is not known whether the fault at the beginning hid a success.
  expect(seen.now).toMatchObject({ code: 2801, data: { sent: true } });
});

it('rejects with the refusal itself, and asks no more, when it is sure that nothing was done', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const seen = outcome(chat.increaseGroupCounter(increase));
  server.onRequest = (request) => server.refuse(request, 2996, 'TOO_FREQUENT', true);
  await server.clock.settle();
  server.refuse(server.requests[0] as never, 2996, 'TOO_FREQUENT', true);
  await server.clock.advance(15_000);
  expect(seen.now).toMatchObject({ code: 2996, name: 'TOO_FREQUENT', retryable: true });
  const asked = server.requests.length;
  await server.clock.advance(60_000);
  expect(server.requests).toHaveLength(asked);
});

it('[DL2] gives open writes up honestly when the server forgot the device, and numbers anew', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const seen = outcome(chat.increaseGroupCounter(increase));
  await server.clock.settle();
  server.login = { device: 8, resumed: false };
  server.socket().cut();
  await server.clock.settle();
  const later = outcome(chat.increaseGroupCounter({ ...increase, value: 5 }));
  await server.clock.advance(1_000);
  expect(seen.now).toMatchObject({ code: 52003, name: 'OPERATION_CONFIRMED', data: { sent: true } });
  expect(server.requests.at(-1)).toMatchObject({ operation: { seq: 1, low: 1 } });
  expect(later.now).toBe('waiting');
});

it('[DL2] asks a new device for what the old one was refused for now: it is known not to count', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const unknown = outcome(chat.increaseGroupCounter({ ...increase, value: 1 }));
  const refused = outcome(chat.increaseGroupCounter({ ...increase, value: 2 }));
  await server.clock.settle();
  server.refuse(server.requests[1] as never, 60022, 'OVERLOADED', true);
  await server.clock.settle();
  server.login = { resumed: false, device: 8 };
  server.socket().cut();
  await server.clock.settle();
  const waits = outcome(chat.increaseGroupCounter({ ...increase, value: 3 }));
  server.requests.length = 0;
  server.onRequest = () => ({ counters: [{ key: 'k', value: 1 }], version: 1 });
  await server.clock.advance(1_000);
  expect(
    server.requests.map(({ operation, input }) => [
      operation?.seq,
      (input as { counters: { value: number }[] }).counters[0]?.value,
    ]),
  ).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect([unknown.now, refused.now, waits.now]).toMatchObject([{ code: 52003 }, 'resolved', 'resolved']);
});

it('ends what is open at logout, and says whether it had left', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const sent = outcome(chat.increaseGroupCounter(increase));
  await server.clock.settle();
  server.socket().cut();
  await server.clock.settle();
  const waiting = outcome(chat.increaseGroupCounter(increase));
  await server.clock.settle();
  await chat.logout();
  await server.clock.settle();
  expect(sent.now).toMatchObject({ code: 3005, data: { sent: true } });
  expect(waiting.now).toMatchObject({ code: 3005, data: { sent: false } });
});

it('[SE1] refuses by itself what is larger than a frame', async () => {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  const call = chat.createGroup({ name: 'x'.repeat(300_000) });
  await expect(call).rejects.toMatchObject({ code: 60002 });
  expect(server.requests).toEqual([]);
});
