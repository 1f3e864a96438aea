import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, groupChat } from '@muster/domain';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { groupRecord, memberRecord, replyOf, START } from '../../src/conformance/fixtures.ts';
import { sendToGroup } from '../../src/conformance/message-deciders.ts';
import type { Engine } from '../../src/engine.ts';
import { SQLITE } from '../../src/sql/dialect.ts';
import { createMeta, MIGRATIONS } from '../../src/sql/schema.ts';
import { openSqlite } from '../../src/sqlite/open-sqlite.ts';

const GROUP_OF_THEN = JSON.stringify({
  name: 'A group',
  avatar: '',
  introduction: '',
  notification: '',
  joinOption: 'FreeAccess',
  inviteOption: 'FreeAccess',
  maxMemberCount: 6_000,
  muteAllMembers: false,
  groupCustomField: [],
  createTime: START / 1_000,
});

/** Opens a file as a server of that version of the schema has left it: with a group of two members. */
async function openedFrom(version: number, more: readonly string[] = []): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'muster.db');
  const old = new Database(file);
  old.exec(createMeta(SQLITE));
  for (const migration of MIGRATIONS.slice(0, version)) {
    for (const statement of migration(SQLITE)) old.exec(statement);
  }
  old.exec(`INSERT INTO meta (name, value) VALUES ('epoch', 'old'), ('schema_version', '${version}')`);
  old
    .prepare("INSERT INTO groups VALUES ('g', 1, 'Public', 'owner', 0, 2, 0, ?, 7, 3, 1)")
    .run(GROUP_OF_THEN);
  old.exec(`INSERT INTO members VALUES ('g', 'owner', 1, 'Owner', ${START / 1_000}, '""', 0),
    ('g', 'alice', 1, 'Member', ${START / 1_000}, '""', 0)`);
  old.exec(`INSERT INTO users VALUES ('alice', '{"userID":"alice"}', 4, 0, 1)`);
  for (const statement of more) old.exec(statement);
  old.close();
  const storage = await openSqlite({ file });
  onTestFinished(() => storage.close());
  return storage;
}

const stored = groupRecord('g', { memberCount: 2, seq: 7, countersVersion: 3 });

it('brings a file of the first version of the schema up to date, with what is in it', async () => {
  const storage = await openedFrom(1);
  expect(storage.epoch).toBe('old');
  const attributes = new Map([['a', '1']]);
  const decide = () => accept({ attributes }, null);
  await storage.groups.update({ groupID: 'g', userIDs: [], now: START, decide });
  const state = await storage.groups.readWithAttributes('g', [], []);
  expect(state).toMatchObject({ group: stored, attributes });
});

it('[CV1] groups from before there were messages have a conversation in which nothing was said', async () => {
  const storage = await openedFrom(2, [`INSERT INTO group_attributes VALUES ('g', '[["a","1"]]')`]);
  const state = await storage.groups.readWithAttributes('g', ['alice'], []);
  expect(state).toMatchObject({ group: stored, attributes: new Map([['a', '1']]) });
  expect(state.members.get('alice')).toEqual(memberRecord('alice'));
  const mirror = await storage.conversations.mirror('alice');
  expect(mirror?.conversations).toEqual([
    {
      conversationID: 'GROUPg',
      record: undefined,
      group: stored,
      member: memberRecord('alice'),
      peer: undefined,
      lastMessage: undefined,
      mentions: [],
    },
  ]);
  expect(replyOf(await sendToGroup(storage, 'g', { from: 'owner' }))).toBe(1);
  const [row] = await storage.conversations.read('alice', ['GROUPg']);
  expect(row?.lastMessage).toMatchObject({ sequence: 1, from: 'owner' });
  expect(row?.group).toMatchObject({ messageSeq: 1, messagesCounted: 1, seq: 8 });
  const page = { chat: groupChat('g'), userID: 'alice', after: 0, count: 10 };
  expect(await storage.conversations.messages(page)).toHaveLength(1);
});
