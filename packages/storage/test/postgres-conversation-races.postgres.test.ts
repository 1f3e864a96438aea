/** The races of messages, conversations and conversation groups, within one server and between two. */
import { accept, conversationKey, pairChat, refuse, rowOf, tallyOf } from '@muster/domain';
import { conversationWithUser, type Tally } from '@muster/protocol';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createGroup,
  endGroup,
  loginDevice,
  removeMember,
  replyOf,
  START,
} from '../src/conformance/fixtures.ts';
import {
  conversationRecord,
  joinGroup,
  page,
  putConversation,
  sayAll,
  sendToGroup,
  sendToUser,
} from '../src/conformance/message-deciders.ts';
import type { Outcome, Storage } from '../src/port.ts';
import { begin, beginTwo } from './postgres-databases.ts';

describe('while another transaction holds the lock', () => {
  it.each(['the removal', 'the addition'])(
    '[CG15] who is removed while he adds the conversation has it in none, %s coming first',
    async (first) => {
      const { storage, other, waiting } = await begin();
      await loginDevice(storage, 'bob');
      await joinGroup(storage, 'g', 'bob');
      await makeConversationGroup(storage, 'bob', 'A');
      await other.query('BEGIN');
      await other.query(`SELECT 1 FROM users WHERE user_id = 'bob' FOR UPDATE`);
      const removal = () => removeMember(storage, 'g', 'bob');
      const addition = async () => void (await addGroup(storage, 'bob', 'g'));
      const [one, two] = first === 'the removal' ? [removal, addition] : [addition, removal];
      const running = [one()];
      await waiting(1);
      running.push(two());
      await waiting(2);
      await other.query('COMMIT');
      await Promise.all(running);
      const mirror = await storage.conversations.mirror('bob');
      expect(mirror?.conversationGroups).toEqual([{ id: 1, name: 'A', members: [] }]);
      expect(mirror?.conversations).toEqual([]);
      await joinGroup(storage, 'g', 'bob');
      expect((await storage.conversations.mirror('bob'))?.conversationGroups[0]?.members).toEqual([]);
    },
  );

  it.each(['conversations', 'conversation_group_members'])(
    '[GR4] what is written anew while an ended group is swept stays: %s',
    async (table) => {
      const { storage, other, waiting } = await begin();
      await loginDevice(storage, 'owner');
      await putConversation(storage, 'owner', conversationRecord('GROUPg', { isPinned: true }));
      await makeConversationGroup(storage, 'owner', 'A');
      await addGroup(storage, 'owner', 'g');
      await endGroup(storage, 'g');
      await createGroup(storage, 'g');
      await other.query('BEGIN');
      await other.query(`UPDATE ${table} SET generation = 2 WHERE user_id = 'owner'`);
      const swept = storage.maintain(START);
      await waiting();
      await other.query('COMMIT');
      await swept;
      const { rows } = await other.query(`SELECT user_id, generation FROM ${table}`);
      expect(rows).toEqual([{ user_id: 'owner', generation: '2' }]);
    },
  );

  it('[MS2] users are locked in one order, whoever sends', async () => {
    const { storage, other, waiting } = await begin();
    for (const userID of ['alice', 'bob']) await loginDevice(storage, userID);
    for (const [from, to] of [
      ['alice', 'bob'],
      ['bob', 'alice'],
    ] as const) {
      await other.query('BEGIN');
      await other.query(`SELECT 1 FROM users WHERE user_id = 'alice' FOR UPDATE`);
      const sending = sendToUser(storage, { from, to });
      await waiting();
      // Who waits for alice holds nothing of bob yet.
      await other.query(`SELECT 1 FROM users WHERE user_id = 'bob' FOR UPDATE NOWAIT`);
      await other.query('COMMIT');
      expect(await sending).toMatchObject({ ok: true });
    }
    expect(await page(storage, pairChat('alice', 'bob'))).toEqual([2, 1]);
  });

  it('[DL5] a deletion tells the last message as it stands when it is told', async () => {
    const { storage, other, waiting } = await begin();
    await loginDevice(storage, 'owner');
    await sayAll(storage, 'g', [{ from: 'owner' }, { from: 'owner' }]);
    await other.query('BEGIN');
    await other.query(`SELECT 1 FROM groups WHERE group_id = 'g' FOR UPDATE`);
    const deletion = storage.conversations.update({
      userIDs: ['owner'],
      conversations: [{ userID: 'owner', conversationID: 'GROUPg' }],
      messages: { chat: 'group:g', sequenceList: [2] },
      lastMessage: { conversationID: 'GROUPg', without: [2] },
      now: START,
      decide: ({ lastMessage }) => accept({}, lastMessage),
    });
    await waiting();
    await other.query(
      `UPDATE messages SET body = jsonb_set(body::jsonb, '{isModified}', 'true') WHERE sequence = 1`,
    );
    await other.query('COMMIT');
    expect(await deletion).toMatchObject({ reply: { sequence: 1, isModified: true } });
  });

  it('[MS1] reading waits for no message to the group, and no message waits for a reader', async () => {
    const { storage, other } = await begin();
    await loginDevice(storage, 'owner');
    await sayAll(storage, 'g', [{ from: 'owner' }]);
    await other.query('BEGIN');
    await other.query(`SELECT 1 FROM groups WHERE group_id = 'g' FOR UPDATE`);
    expect(await readAll(storage, 'owner', 'g')).toMatchObject({ ok: true, reply: { sequence: 1 } });
    await other.query('COMMIT');
    await other.query('BEGIN');
    await other.query(`SELECT 1 FROM users WHERE user_id = 'owner' FOR UPDATE`);
    expect(await sendToGroup(storage, 'g', { from: 'owner' })).toMatchObject({ ok: true, reply: 2 });
    await other.query('COMMIT');
  });
});

describe('two servers on one database', () => {
  it('[CG3] of two devices that create the same name at once one wins, and no id is given twice', async () => {
    const [one, two] = await beginTwo();
    await loginDevice(one, 'bob');
    const names = Array.from({ length: 15 }, (_, at) => `name ${at}`);
    const outcomes = await Promise.all(
      names.flatMap((name) => [one, two].map((storage) => makeConversationGroup(storage, 'bob', name))),
    );
    const ids = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.reply] : []));
    expect(ids.sort((a, b) => a - b)).toEqual(names.map((_, at) => at + 1));
    const mirror = await two.conversations.mirror('bob');
    expect(mirror?.conversationGroups.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it('[MS2] users whom nobody knows yet write to each other at once: one order', async () => {
    const [one, two] = await beginTwo();
    const chats = Array.from({ length: 10 }, (_, at) => [`a${at}`, `b${at}`] as const);
    const sends = chats.flatMap(([a, b]) => [
      sendToUser(one, { from: a, to: b }),
      sendToUser(two, { from: b, to: a }),
      sendToUser(two, { from: a, to: b }),
      sendToUser(one, { from: b, to: a }),
    ]);
    expect((await Promise.all(sends)).every(({ ok }) => ok)).toBe(true);
    for (const [a, b] of chats) {
      expect(await page(one, pairChat(a, b))).toEqual([4, 3, 2, 1]);
      const rows = await two.conversations.read(b, [conversationWithUser(a)]);
      expect(rows[0]?.record?.tally).toEqual({ sequence: 4, counted: 4, own: 2 });
      expect(await sequencesTold(two, a)).toEqual([1, 2, 3, 4]);
      expect(await sequencesTold(one, b)).toEqual([1, 2, 3, 4]);
    }
  });

  it('[MS2] the same two users write to each other from both', { timeout: 60_000 }, async () => {
    const [one, two] = await beginTwo();
    for (const userID of ['alice', 'bob']) await loginDevice(one, userID);
    const sends = Array.from({ length: 100 }, (_, at) => {
      const [from, to] = at % 2 === 0 ? (['alice', 'bob'] as const) : (['bob', 'alice'] as const);
      return sendToUser(at % 3 === 0 ? one : two, { from, to });
    });
    const numbers = Array.from({ length: 100 }, (_, at) => at + 1);
    expect((await Promise.all(sends)).map(replyOf).sort((a, b) => a - b)).toEqual(numbers);
    expect([await sequencesTold(one, 'alice'), await sequencesTold(two, 'bob')]).toEqual([numbers, numbers]);
  });

  it('[MS1] messages to a group and reading it at once: every read mark is of one moment', async () => {
    const [one, two] = await beginTwo();
    await loginDevice(one, 'owner');
    const said: Promise<unknown>[] = [];
    const read: Promise<Outcome<Tally>>[] = [];
    for (let at = 0; at < 40; at += 1) {
      said.push(sendToGroup(one, 'g', { from: 'owner' }));
      read.push(readAll(two, 'owner', 'g'));
    }
    await Promise.all(said);
    for (const { sequence, counted, own } of (await Promise.all(read)).map(replyOf)) {
      expect([counted, own]).toEqual([sequence, sequence]);
    }
    const last = replyOf(await readAll(two, 'owner', 'g'));
    expect(last).toEqual({ sequence: 40, counted: 40, own: 40 });
    expect((await one.conversations.read('owner', ['GROUPg']))[0]?.record?.read).toEqual(last);
  });
});

it('asks as many questions for a mirror of many conversations as for one of few', async () => {
  const { storage } = await begin();
  await loginDevice(storage, 'bob');
  const fill = async (prefix: string, count: number) => {
    for (let at = 0; at < count; at += 1) {
      await sendToUser(storage, { from: `${prefix}${at}`, to: 'bob' });
      await createGroup(storage, `${prefix}${at}`, ['owner', 'bob']);
      await sayAll(storage, `${prefix}${at}`, [{ from: 'owner', atUserList: ['bob'] }]);
    }
  };
  const questions = async () => {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    onTestFinished(() => query.mockRestore());
    query.mockClear();
    const mirror = await storage.conversations.mirror('bob');
    return [mirror?.conversations.length, query.mock.calls.length];
  };
  await fill('few', 1);
  const [few, asked] = await questions();
  await fill('many', 20);
  expect([few, await questions()]).toEqual([2, [42, asked]]);
  expect(asked).toBeLessThan(12);
});

/** Makes a conversation group, if the user has none of the name. Answers its id. */
function makeConversationGroup(storage: Storage, userID: string, name: string): Promise<Outcome<number>> {
  return storage.conversations.update({
    userIDs: [userID],
    conversations: [],
    conversationGroups: true,
    now: START,
    decide: ({ conversationGroups = [], lastConversationGroupID = 0 }) => {
      if (conversationGroups.some((group) => group.name === name))
        return refuse('CONVERSATION_GROUP_NAME_TAKEN');
      const id = lastConversationGroupID + 1;
      return accept({ conversationGroups: { put: { id, name } } }, id);
    },
  });
}

/** Adds a group's conversation to the user's first conversation group, if he is in the group. */
function addGroup(storage: Storage, userID: string, groupID: string): Promise<Outcome<null>> {
  const conversationID = `GROUP${groupID}`;
  return storage.conversations.update({
    userIDs: [userID],
    conversations: [{ userID, conversationID }],
    now: START,
    decide: ({ conversations }) => {
      const row = conversations.get(conversationKey(userID, conversationID));
      if (!row?.group || !row.member) return refuse('CONVERSATION_NOT_FOUND');
      const members = [{ conversationID, generation: row.group.generation }];
      return accept({ conversationGroups: { added: { id: 1, members } } }, null);
    },
  });
}

/** Marks a group's conversation as read. Answers how far. */
function readAll(storage: Storage, userID: string, groupID: string): Promise<Outcome<Tally>> {
  const conversationID = `GROUP${groupID}`;
  return storage.conversations.update({
    userIDs: [userID],
    conversations: [{ userID, conversationID }],
    now: START,
    decide: (state) => {
      const read = tallyOf(rowOf(state, userID, conversationID));
      return accept({ conversations: [[userID, conversationRecord(conversationID, { read })]] }, read);
    },
  });
}

/** The sequences of the messages that a user's log tells of, in its order. */
async function sequencesTold(storage: Storage, userID: string): Promise<number[]> {
  const position = { epoch: storage.epoch, seq: 0 };
  const [read] = await storage.log.read([{ scope: `user:${userID}`, position }], 1_000);
  return (read?.events ?? []).flatMap(({ event }) => {
    return event.name === 'messageSent' ? [event.message.sequence] : [];
  });
}
