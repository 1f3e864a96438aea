import { accept, pairChat, refuse } from '@muster/domain';
import type { Scope } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { loginDevice, replyOf, START } from './fixtures.ts';
import { conversationRecord, messageRecord, page, sendToUser, shownTo } from './message-deciders.ts';
import type { Subject } from './subject.ts';

const CHAT = pairChat('alice', 'bob');

/** What two users say to each other: one message, numbered by the pair, told to both. */
export function oneToOneMessages(subject: Subject): void {
  it('[MS2][DL4] keeps the message, both records and both events together', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    const outcome = await sendToUser(storage, { from: 'alice', to: 'bob', excludedFromUnreadCount: true });
    expect(outcome).toMatchObject({ ok: true, reply: 1, repeated: false });
    const second = await sendToUser(storage, { from: 'bob', to: 'alice' });
    const message = messageRecord({ from: 'bob', to: 'alice', sequence: 2 });
    expect(second.ok && second.events).toEqual([
      { scope: 'user:bob', seq: 2, event: { name: 'messageSent', conversationID: 'C2Calice', message } },
      { scope: 'user:alice', seq: 2, event: { name: 'messageSent', conversationID: 'C2Cbob', message } },
    ]);
    const [atAlice] = await storage.conversations.read('alice', ['C2Cbob']);
    const [atBob] = await storage.conversations.read('bob', ['C2Calice']);
    expect([atAlice?.record?.tally, atBob?.record?.tally]).toEqual([
      { sequence: 2, counted: 1, own: 0 },
      { sequence: 2, counted: 1, own: 1 },
    ]);
    expect([atAlice?.lastMessage, atBob?.lastMessage]).toEqual([message, message]);
    const first = messageRecord({ excludedFromUnreadCount: true });
    expect(await storage.conversations.messages({ chat: CHAT, userID: 'bob', after: 0, count: 9 })).toEqual([
      message,
      first,
    ]);
    expect(await sequencesTold(storage, 'user:alice')).toEqual([1, 2]);
    expect((await storage.users.read(['alice', 'bob'])).get('bob')?.seq).toBe(2);
  });

  it('[MS2] both sides at once: consecutive sequences, in one order at both', {
    timeout: 60_000,
  }, async () => {
    const { storage } = await subject.open();
    const devices = await begin(storage);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) => {
        const [from, to] = at % 2 === 0 ? (['alice', 'bob'] as const) : (['bob', 'alice'] as const);
        const operation = at < 100 ? devices[from].next() : undefined;
        return sendToUser(storage, { from, to }, operation);
      }),
    );
    const numbers = Array.from({ length: 200 }, (_, at) => at + 1);
    expect(outcomes.map(replyOf).sort((a, b) => a - b)).toEqual(numbers);
    expect(await sequencesTold(storage, 'user:alice')).toEqual(numbers);
    expect(await sequencesTold(storage, 'user:bob')).toEqual(numbers);
    expect(await page(storage, CHAT, { count: 500 })).toEqual(numbers.toReversed());
    const [row] = await storage.conversations.read('bob', ['C2Calice']);
    expect(row?.record?.tally).toEqual({ sequence: 200, counted: 200, own: 100 });
  });

  it('many users send to each other at once: nothing is lost or blocked', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    const users = ['a', 'b', 'c', 'd', 'e'];
    const pairs = users.flatMap((from) => users.map((to) => ({ from, to })));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => pairs.map((pair) => sendToUser(storage, pair))).flat(),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(200);
    // Everyone is told of 32 messages to others, of 32 from others and of 8 to himself.
    expect(await sequencesOf(storage, 'user:c')).toEqual(Array.from({ length: 72 }, (_, at) => at + 1));
    expect(await page(storage, pairChat('d', 'b'))).toHaveLength(16);
    expect(await page(storage, pairChat('d', 'd'))).toHaveLength(8);
  });

  it('[DL2] a message sent again is answered from its record, once', async () => {
    const { storage } = await subject.open();
    const { alice } = await begin(storage);
    const byApp = { app: { userID: 'alice', operationID: 'mine' }, hash: 1 };
    for (const operation of [alice.at(1), byApp]) {
      const message = { from: 'alice', to: 'bob' };
      const first = await sendToUser(storage, message, operation);
      const again = await sendToUser(storage, message, operation);
      expect(first).toMatchObject({ ok: true, repeated: false });
      expect(again).toEqual({ ok: true, repeated: true, reply: replyOf(first), events: [] });
    }
    expect(await page(storage, CHAT)).toEqual([2, 1]);
    expect(await sequencesTold(storage, 'user:bob')).toEqual([1, 2]);
  });

  it('[DL2] the same operation many times at once is stored once', async () => {
    const { storage } = await subject.open();
    const { alice } = await begin(storage);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => sendToUser(storage, { from: 'alice', to: 'bob' }, alice.at(1))),
    );
    expect(outcomes.map(replyOf)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.repeated)).toHaveLength(1);
    expect(await sequencesTold(storage, 'user:bob')).toEqual([1]);
  });

  it('[DL1][DL2] a message sent again after the storage was opened again is stored once', async () => {
    const opened = await subject.open();
    const { alice } = await begin(opened.storage);
    await sendToUser(opened.storage, { from: 'alice', to: 'bob' }, alice.at(1));
    await sendToUser(opened.storage, { from: 'bob', to: 'alice' });
    const storage = await opened.reopen();
    const again = await sendToUser(storage, { from: 'alice', to: 'bob' }, alice.at(1));
    if (subject.differs('volatile')) {
      expect([again.ok, await page(storage, CHAT)]).toEqual([false, []]);
      return;
    }
    expect(again).toEqual({ ok: true, repeated: true, reply: 1, events: [] });
    expect(await page(storage, CHAT)).toEqual([2, 1]);
    expect(await sendToUser(storage, { from: 'alice', to: 'bob' }, alice.at(2))).toMatchObject({ reply: 3 });
  });

  it('[DL2] a refusal or a mistake in a rule leaves nothing, no record either', async () => {
    const { storage } = await subject.open();
    const { alice } = await begin(storage);
    const base = { userIDs: ['alice', 'bob'], conversations: [], operation: alice.at(1), now: START };
    const refused = await storage.conversations.update({
      ...base,
      decide: () => refuse('USER_NOT_FOUND', 'there is nobody'),
    });
    expect(refused).toEqual({ ok: false, error: 'USER_NOT_FOUND', message: 'there is nobody' });
    const failing = storage.conversations.update({
      ...base,
      decide: () => {
        throw new Error('a mistake in a rule');
      },
    });
    await expect(failing).rejects.toThrow('a mistake in a rule');
    expect(await page(storage, CHAT)).toEqual([]);
    expect(await sequencesTold(storage, 'user:alice')).toEqual([]);
    expect(await sendToUser(storage, { from: 'alice', to: 'bob' }, alice.at(1))).toMatchObject({
      reply: 1,
      repeated: false,
    });
  });

  it('a rule that tells somebody whom the request does not name keeps nothing', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    const message = messageRecord();
    const event = { name: 'messageSent', conversationID: 'C2Calice', message } as const;
    for (const scope of ['user:bob', 'group:g'] as const) {
      const failing = storage.conversations.update({
        userIDs: ['alice'],
        conversations: [],
        now: START,
        decide: () => accept({ message: { chat: CHAT, message } }, null, [{ scope, event }]),
      });
      await expect(failing).rejects.toThrow(scope);
    }
    expect(await page(storage, CHAT)).toEqual([]);
    expect(await sequencesTold(storage, 'user:bob')).toEqual([]);
  });

  it('[MS2] a message to oneself is told once and counts as own', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    const outcome = await sendToUser(storage, { from: 'alice', to: 'alice' });
    expect(outcome.ok && outcome.events.map(({ scope, seq }) => [scope, seq])).toEqual([['user:alice', 1]]);
    const [row] = await storage.conversations.read('alice', ['C2Calice']);
    expect(row?.record?.tally).toEqual({ sequence: 1, counted: 1, own: 1 });
    expect(row?.peer?.userID).toBe('alice');
    expect(await page(storage, pairChat('alice', 'alice'))).toEqual([1]);
  });

  it('[MS5] a message takes the place of its older form, also what no database column can hold', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    await sendToUser(storage, { from: 'alice', to: 'bob' });
    const message = messageRecord({
      payload: { text: 'a\u0000b \ud800 👍', nested: [{ n: 1.5, none: null }] },
      nick: 'Ä\u0000',
      cloudCustomData: '\udc00',
      isModified: true,
      isRevoked: true,
      revoker: 'bob',
      revokeReason: "it's",
      excludedFromLastMessage: true,
    });
    await storage.conversations.update({
      userIDs: ['alice', 'bob'],
      conversations: [],
      now: START,
      decide: () => accept({ message: { chat: CHAT, message } }, null),
    });
    const { messages } = await shownTo(storage, {
      userIDs: ['bob'],
      conversations: [],
      messages: { chat: CHAT, sequenceList: [2, 1, 1] },
    });
    expect([...messages]).toEqual([[1, { chat: CHAT, message }]]);
    expect(await storage.conversations.messages({ chat: CHAT, userID: 'bob', after: 0, count: 9 })).toEqual([
      message,
    ]);
  });

  it('[MS1][US3] a user who has never logged in gets his message, and finds it when he comes', async () => {
    const { storage } = await subject.open();
    await loginDevice(storage, 'alice');
    await sendToUser(storage, { from: 'alice', to: 'bob' });
    expect(await storage.conversations.mirror('bob')).toBeUndefined();
    const [row] = await storage.conversations.read('alice', ['C2Cbob']);
    expect(row?.peer).toBeUndefined();
    await loginDevice(storage, 'bob');
    const mirror = await storage.conversations.mirror('bob');
    expect(mirror?.user.seq).toBe(1);
    expect(mirror?.conversations).toEqual([
      {
        conversationID: 'C2Calice',
        record: conversationRecord('C2Calice', {
          appearedAt: START,
          tally: { sequence: 1, counted: 1, own: 0 },
        }),
        group: undefined,
        member: undefined,
        peer: (await storage.users.read(['alice'])).get('alice'),
        lastMessage: messageRecord(),
        mentions: [],
      },
    ]);
  });
}

async function begin(storage: Storage) {
  return { alice: await loginDevice(storage, 'alice'), bob: await loginDevice(storage, 'bob') };
}

/** The sequences of the messages that a log tells of, in its order. */
async function sequencesTold(storage: Storage, scope: Scope): Promise<number[]> {
  return (await told(storage, scope)).flatMap(({ event }) => {
    return event.name === 'messageSent' ? [event.message.sequence] : [];
  });
}

/** The numbers of the events of a log. */
async function sequencesOf(storage: Storage, scope: Scope): Promise<number[]> {
  return (await told(storage, scope)).map(({ seq }) => seq);
}

async function told(storage: Storage, scope: Scope) {
  const position = { epoch: storage.epoch, seq: 0 };
  const [read] = await storage.log.read([{ scope, position }], 1_000);
  return read?.events ?? [];
}
