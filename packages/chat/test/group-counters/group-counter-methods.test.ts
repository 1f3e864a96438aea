import type { GetGroupCountersOutput, RequestFrame, UpdateGroupCountersInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import type { ChatSDK } from '../../src/types/index.ts';
import { type FakeServer, fakeServer, groupView } from '../fake-server.ts';

interface Room {
  server: FakeServer;
  chat: ChatSDK;
  raised: string[];
}

async function room(version = 0, settings = {}): Promise<Room> {
  const server = fakeServer();
  server.login = { groups: [groupView('g', { countersVersion: version })] };
  const chat = server.chat(settings);
  const raised: string[] = [];
  chat.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) =>
    raised.push(`${data.key}@${data.version}=${data.value}`),
  );
  chat.on(EVENT.GROUP_COUNTER_DELETED, ({ data }) => raised.push(`${data.key}@${data.version}=gone`));
  await server.ready(chat);
  return { server, chat, raised };
}

const set = (
  version: number,
  counters: [string, number | string, number][],
  live = true,
): GetGroupCountersOutput => ({
  version,
  live,
  deleted: [],
  counters: counters.map(([key, value, its]) => ({ key, value, version: its })),
});
const inputOf = (request: RequestFrame | undefined) => request?.input as UpdateGroupCountersInput;

describe('writing', () => {
  it('[GC6] sets all keys in one command and resolves with the values set', async () => {
    const { server, chat, raised } = await room();
    const counters = { a: 1, ['__proto__']: 2 };
    const call = chat.setGroupCounters({ groupID: 'g', counters });
    await server.clock.settle();
    expect(inputOf(server.requests[0])).toEqual({
      groupID: 'g',
      mode: 'Set',
      counters: [
        { key: 'a', value: 1 },
        { key: '__proto__', value: 2 },
      ],
    });
    server.answer(server.requests[0] as RequestFrame, {
      counters: inputOf(server.requests[0]).counters,
      version: 4,
    });
    const { data } = await call;
    expect(data).toEqual({ groupID: 'g', counters, version: 4 });
    expect(Object.keys(data.counters)).toEqual(['a', '__proto__']);
    expect(raised).toEqual(['a@4=1', '__proto__@4=2']);
  });

  it("[GC7] resolves with this operation's own result, in the seed's shape and the original's", async () => {
    const { server, chat } = await room();
    server.onRequest = () => ({ counters: [{ key: 'k', value: -3 }], version: 2 });
    const { data } = await chat.decreaseGroupCounter({ groupID: 'g', key: 'k', value: 3 });
    expect(data).toEqual({ groupID: 'g', key: 'k', value: -3, counters: { k: -3 }, version: 2 });
    expect(inputOf(server.requests[0])).toMatchObject({ mode: 'Decrease' });
  });

  it('[GC11] raises the event of an own call before the call resolves, and once', async () => {
    const { server, chat, raised } = await room();
    const order: string[] = [];
    const call = chat
      .increaseGroupCounter({ groupID: 'g', key: 'k', value: 1 })
      .then(() => order.push('resolved'));
    await server.clock.settle();
    chat.on(EVENT.GROUP_COUNTER_UPDATED, () => order.push('raised'));
    server.answer(server.requests[0] as RequestFrame, { counters: [{ key: 'k', value: 1 }], version: 1 });
    await call;
    server.send({
      event: 'groupCounters',
      groupID: 'g',
      since: 0,
      version: 1,
      counters: [{ key: 'k', value: 1, version: 1 }],
      deleted: [],
    });
    await server.clock.settle();
    expect([order, raised]).toEqual([['raised', 'resolved'], ['k@1=1']]);
  });

  it('[GC16] resolves with the keys removed and raises them', async () => {
    const { server, chat, raised } = await room(5);
    server.onRequest = () => ({ keyList: ['a'], version: 6 });
    const { data } = await chat.deleteGroupCounters({ groupID: 'g', keyList: ['a', 'b'] });
    expect([data, raised]).toEqual([{ groupID: 'g', keyList: ['a'] }, ['a@6=gone']]);
    server.onRequest = () => ({ keyList: [], version: 7 });
    await chat.deleteGroupCounters({ groupID: 'g', keyList: [] });
    expect(server.requests.map(({ input }) => input)).toEqual([
      { groupID: 'g', keyList: ['a', 'b'] },
      { groupID: 'g', keyList: [] },
    ]);
  });

  it('[GC5] hands out a bigint where a number would be wrong, or always', async () => {
    const wire = [
      { key: 'k', value: '9223372036854775807' },
      { key: 's', value: 5 },
    ];
    const big = 9_223_372_036_854_775_807n;
    for (const [counterValues, small] of [
      [undefined, 5],
      ['exact', 5],
      ['bigint', 5n],
    ] as const) {
      const { server, chat, raised } = await room(0, { counterValues });
      server.onRequest = () => ({ counters: wire, version: 1 });
      const { data } = await chat.setGroupCounters({ groupID: 'g', counters: { k: big, s: 5 } });
      expect(data.counters).toEqual({ k: big, s: small });
      expect(inputOf(server.requests[0]).counters).toEqual(wire);
      expect(raised).toEqual([`k@1=${big}`, 's@1=5']);
    }
  });

  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1.5,
    2 ** 53,
    '5',
    null,
    undefined,
    2n ** 63n,
    {},
    true,
  ]) {
    it(`[GC4] rejects ${typeof value} ${value}, names the argument and sends nothing`, async () => {
      const { server, chat } = await room();
      const calls = [
        chat.increaseGroupCounter({ groupID: 'g', key: 'k', value: value as number }),
        chat.setGroupCounters({ groupID: 'g', counters: { k: value as number } }),
      ];
      for (const call of calls) {
        await expect(call).rejects.toMatchObject({
          code: 6017,
          message: expect.stringMatching(/value|counters\["k"\]/),
        });
      }
      expect(server.requests).toEqual([]);
    });
  }
});

describe('reading', () => {
  it('[GC8][GC15] asks for the whole set once, and then answers from memory, current by events', async () => {
    const { server, chat } = await room();
    server.onRequest = () =>
      set(3, [
        ['a', 1, 1],
        ['b', 2, 3],
      ]);
    expect((await chat.getGroupCounters({ groupID: 'g', keyList: ['b', 'x'] })).data).toEqual({
      counters: { b: 2 },
    });
    server.send({
      event: 'groupCounters',
      groupID: 'g',
      since: 3,
      version: 4,
      counters: [{ key: 'a', value: 9, version: 4 }],
      deleted: [],
    });
    await server.clock.settle();
    expect((await chat.getGroupCounter({ groupID: 'g' })).data.counters).toEqual({ a: 9, b: 2 });
    expect((await chat.getGroupCounters({ groupID: 'g', keyList: [] })).data.counters).toEqual({
      a: 9,
      b: 2,
    });
    expect(server.requests.map(({ input }) => input)).toEqual([{ groupID: 'g' }]);
  });

  it('[GC15] does not answer from memory while not connected, nor when it is not sent the events', async () => {
    const { server, chat } = await room();
    server.onRequest = () => set(1, [['a', 1, 1]], false);
    await chat.getGroupCounters({ groupID: 'g' });
    await chat.getGroupCounters({ groupID: 'g' });
    expect(server.requests).toHaveLength(2);
    server.onRequest = () => set(1, [['a', 1, 1]]);
    await chat.getGroupCounters({ groupID: 'g' });
    server.socket().cut();
    await server.clock.settle();
    const call = chat.getGroupCounters({ groupID: 'g' });
    await server.clock.advance(100);
    expect(server.requests).toHaveLength(3);
    await server.clock.advance(1_000);
    expect((await call).data.counters).toEqual({ a: 1 });
    expect(server.requests).toHaveLength(4);
  });

  it('[GC15] never shows less than a call that resolved before it', async () => {
    const { server, chat } = await room();
    server.onRequest = (request) =>
      request.command === 'updateGroupCounters'
        ? { counters: [{ key: 'a', value: 7 }], version: 7 }
        : set(6, [['a', 6, 6]]);
    await chat.increaseGroupCounter({ groupID: 'g', key: 'a', value: 1 });
    expect((await chat.getGroupCounters({ groupID: 'g' })).data.counters).toEqual({ a: 7 });
  });

  it('[GC14] after a reconnect names how far it is, and raises what the whole set says', async () => {
    const { server, chat, raised } = await room();
    server.onRequest = () =>
      set(3, [
        ['a', 1, 1],
        ['b', 2, 3],
      ]);
    await chat.getGroupCounters({ groupID: 'g' });
    raised.length = 0;
    server.beforeLogin = [
      {
        event: 'groupCounters',
        groupID: 'g',
        since: 0,
        version: 9,
        whole: true,
        deleted: [],
        counters: [{ key: 'b', value: 8, version: 8 }],
      },
    ];
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins[1]?.counters).toEqual([{ groupID: 'g', version: 3 }]);
    expect(raised).toEqual(['b@8=8', 'a@9=gone']);
    expect((await chat.getGroupCounters({ groupID: 'g' })).data.counters).toEqual({ b: 8 });
    expect(server.requests).toHaveLength(1);
  });

  it('[GC14] asks by itself for what it missed while connected', async () => {
    const { server, chat, raised } = await room();
    server.onRequest = () => set(3, [['a', 1, 3]]);
    await chat.getGroupCounters({ groupID: 'g' });
    raised.length = 0;
    server.onRequest = () =>
      set(8, [
        ['a', 1, 3],
        ['lost', 5, 5],
        ['k', 6, 8],
      ]);
    server.send({
      event: 'groupCounters',
      groupID: 'g',
      since: 7,
      version: 8,
      counters: [{ key: 'k', value: 6, version: 8 }],
      deleted: [],
    });
    await server.clock.settle();
    expect([server.requests.length, raised]).toEqual([2, ['k@8=6', 'lost@5=5']]);
    expect(chat.isReady()).toBe(true);
  });

  it('keeps nothing of a group that the device is not in', async () => {
    const { server, chat, raised } = await room();
    server.onRequest = () => set(3, [['a', 1, 3]], false);
    expect((await chat.getGroupCounters({ groupID: 'other' })).data.counters).toEqual({ a: 1 });
    server.onRequest = () => ({ counters: [{ key: 'a', value: 2 }], version: 4 });
    await chat.increaseGroupCounter({ groupID: 'other', key: 'a', value: 1 });
    expect(raised).toEqual([]);
  });
});

describe('the rate of calls', () => {
  const output = { counters: [{ key: 'k', value: 1 }], version: 1 };
  const call = (chat: ChatSDK) => chat.increaseGroupCounter({ groupID: 'g', key: 'k', value: 1 });

  async function limited(): Promise<Room> {
    const server = fakeServer();
    server.login = {
      groups: [groupView('g')],
      calls: { counterWrites: 20, counterReads: 20, window: 5_000 },
    };
    const chat = server.chat();
    await server.ready(chat);
    server.onRequest = () => output;
    return { server, chat, raised: [] };
  }

  it('[GC10] lets 20 writes through in 5 s from the first, refuses 2996 and sends nothing', async () => {
    const { server, chat } = await limited();
    await server.clock.advance(3_000);
    const writes = Array.from({ length: 20 }, () => call(chat));
    await expect(call(chat)).rejects.toMatchObject({ code: 2996, name: 'TOO_FREQUENT', retryable: true });
    await Promise.all(writes);
    expect(server.requests).toHaveLength(20);
    await server.clock.advance(4_999);
    await expect(call(chat)).rejects.toMatchObject({ code: 2996 });
    await server.clock.advance(1);
    await call(chat);
  });

  it('[GC10] counts set, increase, decrease and delete together, and reads apart', async () => {
    const { server, chat } = await limited();
    const one = { groupID: 'g', key: 'k', value: 1 };
    server.onRequest = ({ command }) =>
      command === 'getGroupCounters'
        ? set(1, [], false)
        : command === 'deleteGroupCounters'
          ? { keyList: [], version: 1 }
          : output;
    for (let round = 0; round < 5; round += 1) {
      await chat.setGroupCounters({ groupID: 'g', counters: { k: 1 } });
      await chat.increaseGroupCounter(one);
      await chat.decreaseGroupCounter(one);
      await chat.deleteGroupCounters({ groupID: 'g' });
    }
    await expect(chat.deleteGroupCounters({ groupID: 'g' })).rejects.toMatchObject({ code: 2996 });
    for (let read = 0; read < 20; read += 1) await chat.getGroupCounters({ groupID: 'g' });
    await expect(chat.getGroupCounters({ groupID: 'g' })).rejects.toMatchObject({ code: 2996 });
  });

  it('[GC10] does not count wrong arguments, answers from memory and repeats', async () => {
    const { server, chat } = await limited();
    server.onRequest = ({ command }) => (command === 'getGroupCounters' ? set(1, []) : undefined);
    for (let time = 0; time < 30; time += 1) {
      await chat.increaseGroupCounter({ groupID: 'g', key: 'k', value: 0.5 }).catch(() => {});
      await chat.getGroupCounters({ groupID: 'g' });
    }
    const writes = Array.from({ length: 20 }, () => call(chat));
    for (let time = 0; time < 3; time += 1) {
      server.socket().cut();
      await server.clock.advance(500);
    }
    server.onRequest = () => output;
    server.socket().cut();
    await server.clock.advance(500);
    await Promise.all(writes);
  });

  it('[GC10] knows no limit when the server says so', async () => {
    const { server, chat } = await room();
    server.onRequest = () => output;
    await Promise.all(Array.from({ length: 50 }, () => call(chat)));
  });
});

describe('a connection that is lost', () => {
  it('[GC14] with the first call still open: the group is brought up to date', async () => {
    const { server, chat } = await room(6);
    void chat.increaseGroupCounter({ groupID: 'g', key: 'a', value: 1 }).catch(() => {});
    await server.clock.settle();
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins.at(-1)?.counters).toEqual([{ groupID: 'g', version: 6 }]);
  });

  it('[GC14] for longer than a missing set is waited for: the next login asks for it', async () => {
    const { server, raised } = await room(10);
    const counters = [{ key: 'b', value: 1, version: 16 }];
    server.send({ event: 'groupCounters', groupID: 'g', since: 15, version: 16, counters, deleted: [] });
    await server.clock.settle();
    expect(server.requests.map(({ command }) => command)).toEqual(['getGroupCounters']);
    server.sockets.refuses = true;
    server.socket().cut();
    await server.clock.advance(20_000);
    server.sockets.refuses = false;
    await server.clock.advance(30_000);
    expect(server.logins.at(-1)?.counters).toEqual([{ groupID: 'g', version: 10 }]);
    expect(raised).toEqual(['b@16=1']);
  });

  it('[GC10] the limits of the login hold for calls that were made before it was answered', async () => {
    const server = fakeServer();
    server.login = { groups: [groupView('g')], calls: null };
    const chat = server.chat();
    void chat.login({ userID: 'alice', userSig: 'sig' });
    const calls = Array.from({ length: 30 }, () =>
      chat.increaseGroupCounter({ groupID: 'g', key: 'a', value: 1 }),
    );
    const failed: unknown[] = [];
    for (const call of calls) call.catch((error) => failed.push(error.code));
    await server.clock.advance(1);
    expect(failed).toEqual([]);
    expect(server.requests).toHaveLength(30);
  });
});
