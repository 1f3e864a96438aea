/** Writes that wait share a commit: each sees what those before it did, before any of it is written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, type ConversationRow, conversationKey, groupChat, pairChat } from '@muster/domain';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import {
  createGroup,
  endGroup,
  loginDevice,
  type OperationSource,
  removeMember,
  replyOf,
  START,
} from '../../src/conformance/fixtures.ts';
import {
  conversationRecord,
  deleteMessages,
  putConversation,
  sendToGroup,
  sendToUser,
  shownTo,
} from '../../src/conformance/message-deciders.ts';
import type { Engine } from '../../src/engine.ts';
import type { Outcome, Storage } from '../../src/port.ts';
import { openSqlite } from '../../src/sqlite/open-sqlite.ts';

interface Opened {
  storage: Engine;
  file: string;
}

async function opened(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'muster.db');
  const storage = await openSqlite({ file });
  onTestFinished(() => storage.close());
  return { storage, file };
}

/** A commit writes one row of the journal, whatever the number of its operations. */
function commitsIn(file: string): number {
  const database = new Database(file, { readonly: true });
  const { n } = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM operation_journal').get() ?? {
    n: -1,
  };
  database.close();
  return n;
}

/** Starts a commit, so that what is asked for in the same turn waits and goes together into the next one. */
function together<Values extends readonly unknown[]>(
  storage: Storage,
  calls: { [At in keyof Values]: () => Promise<Values[At]> },
): Promise<unknown[]> {
  const first = storage.devices.login({ userID: 'nobody', now: START });
  const rest = calls.map((call) => call());
  return Promise.all([first, ...rest]).then(([, ...values]) => values);
}

/** Reads the conversation up to its end. */
function readAll(
  storage: Storage,
  userID: string,
  conversationID: string,
  source?: OperationSource,
): Promise<Outcome<number>> {
  return storage.conversations.update({
    userIDs: [userID],
    conversations: [{ userID, conversationID }],
    now: START,
    ...(source && { operation: source.next() }),
    decide: (state) => {
      const record = state.conversations.get(conversationKey(userID, conversationID))?.record;
      if (!record) return accept({}, 0);
      const read = record.tally;
      return accept({ conversations: [[userID, { ...record, read }]] }, read.sequence);
    },
  });
}

function rowOf(
  storage: Storage,
  userID: string,
  conversationID: string,
): Promise<ConversationRow | undefined> {
  return shownTo(storage, { userIDs: [userID], conversations: [{ userID, conversationID }] }).then((state) =>
    state.conversations.get(conversationKey(userID, conversationID)),
  );
}

it('[MS2] a message, the answer to it and a read mark in one commit see each other', async () => {
  const { storage, file } = await opened();
  const [alice, bob] = [await loginDevice(storage, 'alice'), await loginDevice(storage, 'bob')];
  const outcomes = await together(storage, [
    () => sendToUser(storage, { from: 'alice', to: 'bob' }, alice.next()),
    () => readAll(storage, 'bob', 'C2Calice', bob),
    () => sendToUser(storage, { from: 'bob', to: 'alice' }, bob.next()),
    () => sendToUser(storage, { from: 'alice', to: 'bob' }, alice.next()),
  ]);
  expect(outcomes).toMatchObject([1, 1, 2, 3].map((reply) => ({ ok: true, reply })));
  expect(commitsIn(file)).toBe(1);
  const [row] = await storage.conversations.read('bob', ['C2Calice']);
  expect(row?.record).toMatchObject({
    read: { sequence: 1, counted: 1, own: 0 },
    tally: { sequence: 3, counted: 3, own: 1 },
  });
  expect(row?.lastMessage).toMatchObject({ sequence: 3, from: 'alice' });
});

it('[MS2] messages to a group share a commit, and are numbered on', async () => {
  const { storage, file } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  const [owner, alice] = [await loginDevice(storage, 'owner'), await loginDevice(storage, 'alice')];
  const sends = Array.from({ length: 40 }, (_, at) => () => {
    const [from, source] = at % 2 === 0 ? (['owner', owner] as const) : (['alice', alice] as const);
    return sendToGroup(storage, 'g', { from }, source.next());
  });
  const outcomes = await together(storage, sends);
  expect(outcomes).toMatchObject(sends.map((_, at) => ({ ok: true, reply: at + 1 })));
  expect(commitsIn(file)).toBe(1);
  const { group, members } = await storage.groups.read('g', ['alice']);
  expect(group).toMatchObject({ messageSeq: 40, messagesCounted: 40 });
  expect(members.get('alice')).toMatchObject({ ownCounted: 20 });
});

it('[MS1] a message that waits to be written is found by its sequence', async () => {
  const { storage } = await opened();
  await createGroup(storage, 'g', ['owner']);
  const chat = pairChat('alice', 'bob');
  const [, , ofUsers, ofGroup] = (await together(storage, [
    () => sendToUser(storage, { from: 'alice', to: 'bob' }),
    () => sendToGroup(storage, 'g', { from: 'owner' }),
    () => shownTo(storage, { userIDs: ['bob'], conversations: [], messages: { chat, sequenceList: [1, 2] } }),
    () =>
      shownTo(storage, {
        userIDs: ['owner'],
        conversations: [],
        messages: { chat: groupChat('g'), sequenceList: [1] },
      }),
  ])) as [unknown, unknown, ...Awaited<ReturnType<typeof shownTo>>[]];
  expect([...(ofUsers?.messages.keys() ?? [])]).toEqual([1]);
  expect(ofGroup?.messages.get(1)?.message).toMatchObject({ from: 'owner', sequence: 1 });
});

it('[CG15] who leaves has no record and no place in the rest of the commit, nor afterwards', async () => {
  const { storage } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  await putConversation(storage, 'alice', conversationRecord('GROUPg', { isPinned: true }));
  const before = await rowOf(storage, 'alice', 'GROUPg');
  expect(before).toMatchObject({ record: { isPinned: true }, member: { userID: 'alice' } });
  const add = () =>
    storage.conversations.update({
      userIDs: ['alice'],
      conversations: [{ userID: 'alice', conversationID: 'GROUPg' }],
      conversationGroups: true,
      now: START,
      decide: (state) => {
        const isMember = state.conversations.get('alice\nGROUPg')?.member !== undefined;
        return accept({}, { isMember, lists: state.conversationGroups });
      },
    });
  const [, row, added] = (await together(storage, [
    () => removeMember(storage, 'g', 'alice'),
    () => rowOf(storage, 'alice', 'GROUPg'),
    add,
  ])) as [unknown, ConversationRow, Awaited<ReturnType<typeof add>>];
  expect([row.record, row.member]).toEqual([undefined, undefined]);
  expect(replyOf(added)).toEqual({ isMember: false, lists: [] });
  expect((await rowOf(storage, 'alice', 'GROUPg'))?.record).toBeUndefined();
});

it('[GR3][GR4] nothing of a group that ended and was made again in one commit is left in it', async () => {
  const { storage } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  await putConversation(storage, 'alice', conversationRecord('GROUPg'));
  replyOf(await sendToGroup(storage, 'g', { from: 'owner' }));
  const named = { chat: groupChat('g'), sequenceList: [1] };
  const look = () =>
    shownTo(storage, {
      userIDs: ['alice'],
      conversations: [{ userID: 'alice', conversationID: 'GROUPg' }],
      messages: named,
    });
  const [, ended, , again] = (await together(storage, [
    () => endGroup(storage, 'g'),
    look,
    () => createGroup(storage, 'g', ['alice'], { messageSeq: 1, firstMessageSeq: 1 }),
    look,
  ])) as Awaited<ReturnType<typeof look>>[];
  for (const state of [ended, again]) {
    expect(state?.messages.size).toBe(0);
    expect(state?.conversations.get('alice\nGROUPg')?.record).toBeUndefined();
  }
  expect(ended?.conversations.get('alice\nGROUPg')?.member).toBeUndefined();
  expect(again?.conversations.get('alice\nGROUPg')).toMatchObject({ member: { role: 'Owner' } });
});

it('[MS5] a request for the newest message sees what came before it in the queue', async () => {
  const { storage } = await opened();
  const last = () =>
    shownTo(storage, {
      userIDs: ['bob'],
      conversations: [{ userID: 'bob', conversationID: 'C2Calice', through: 1 }],
      lastMessage: { conversationID: 'C2Calice', without: [] },
    });
  const [, , , state] = (await together(storage, [
    () => sendToUser(storage, { from: 'alice', to: 'bob' }),
    () => sendToUser(storage, { from: 'alice', to: 'bob' }),
    () => deleteMessages(storage, 'bob', { chat: pairChat('alice', 'bob'), sequenceList: [2] }),
    last,
  ])) as Awaited<ReturnType<typeof last>>[];
  expect(state?.lastMessage).toMatchObject({ sequence: 1 });
  expect(state?.tallies.get('bob\nC2Calice')).toEqual({ sequence: 1, counted: 1, own: 0 });
});
