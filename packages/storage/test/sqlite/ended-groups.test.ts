import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, groupChat, pairChat } from '@muster/domain';
import { AT_ALL } from '@muster/protocol';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { createGroup, endGroup, replyOf, START } from '../../src/conformance/fixtures.ts';
import {
  conversationRecord,
  deleteMessages,
  putConversation,
  sayAll,
  sendToUser,
} from '../../src/conformance/message-deciders.ts';
import type { Storage } from '../../src/port.ts';
import { openSqlite } from '../../src/sqlite/open-sqlite.ts';

const TABLES = [
  'messages',
  'mentions',
  'deleted_messages',
  'conversations',
  'conversation_group_members',
  'members',
] as const;

async function opened(): Promise<{ storage: Storage; rows(): number[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'muster.db');
  const storage = await openSqlite({ file });
  onTestFinished(() => storage.close());
  const rows = () => {
    const database = new Database(file, { readonly: true });
    const count = (table: string) =>
      database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
    const counts = TABLES.map(count);
    database.close();
    return counts;
  };
  return { storage, rows };
}

/** Alice keeps something of each kind: of the group and, to compare, of her conversation with Bob. */
async function fill(storage: Storage, generation = 1): Promise<void> {
  await putConversation(storage, 'alice', conversationRecord('GROUPg', { generation }));
  const members = [
    { conversationID: 'GROUPg', generation },
    { conversationID: 'C2Cbob', generation: 0 },
  ];
  const conversationGroups = { put: { id: 1, name: 'work' }, added: { id: 1, members } };
  replyOf(
    await storage.conversations.update({
      userIDs: ['alice'],
      conversations: [],
      now: START,
      decide: () => accept({ conversationGroups }, null),
    }),
  );
}

it('[GR4] maintain deletes what an ended group has left, and nothing else', async () => {
  const { storage, rows } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  await createGroup(storage, 'h', ['owner', 'alice']);
  for (const groupID of ['g', 'h']) {
    await sayAll(storage, groupID, [{ from: 'owner', atUserList: ['alice', 'bob'] }]);
    await sayAll(storage, groupID, [{ from: 'owner', atUserList: [AT_ALL, 'alice'] }, { from: 'alice' }]);
    await deleteMessages(storage, 'alice', { chat: groupChat(groupID), sequenceList: [1, 2] });
  }
  replyOf(await sendToUser(storage, { from: 'bob', to: 'alice', atUserList: ['alice'] }));
  await deleteMessages(storage, 'alice', { chat: pairChat('alice', 'bob'), sequenceList: [1] });
  await fill(storage);
  expect(rows()).toEqual([7, 6, 5, 3, 2, 4]);
  await endGroup(storage, 'g');
  expect(rows()).toEqual([7, 6, 5, 3, 2, 4]);
  await storage.maintain(START);
  expect(rows()).toEqual([4, 3, 3, 2, 1, 2]);
});

it('[GR3] maintain deletes what a group left before it was made again, and nothing that came then', async () => {
  const { storage, rows } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  await sayAll(storage, 'g', [{ from: 'owner', atUserList: ['alice'] }, { from: 'alice' }]);
  await deleteMessages(storage, 'alice', { chat: groupChat('g'), sequenceList: [1] });
  await putConversation(storage, 'owner', conversationRecord('GROUPg'));
  await fill(storage);
  await endGroup(storage, 'g');
  await createGroup(storage, 'g', ['alice'], { messageSeq: 2, messagesCounted: 2, firstMessageSeq: 2 });
  await sayAll(storage, 'g', [{ from: 'alice', atUserList: ['owner'] }]);
  await deleteMessages(storage, 'alice', { chat: groupChat('g'), sequenceList: [3] });
  await fill(storage, 2);
  expect(rows()).toEqual([3, 2, 2, 2, 2, 2]);
  await storage.maintain(START);
  expect(rows()).toEqual([1, 1, 1, 1, 2, 1]);
  const [row] = await storage.conversations.read('alice', ['GROUPg']);
  expect(row).toMatchObject({ record: { generation: 2 }, group: { generation: 2, messageSeq: 3 } });
});

it('[CG15] leaving deletes the record and the places at once', async () => {
  const { storage, rows } = await opened();
  await createGroup(storage, 'g', ['owner', 'alice']);
  await fill(storage);
  replyOf(
    await storage.groups.update({
      groupID: 'g',
      userIDs: ['alice'],
      now: START,
      decide: () => accept({ members: [['alice', null]] }, null),
    }),
  );
  expect(rows()).toEqual([0, 0, 0, 0, 1, 1]);
});
