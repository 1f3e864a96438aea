/** The replay of messages to a reader, on logs that are made here. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../../tests/setup/database.ts';
import { conversationMismatches, folderMismatches, historyMismatches } from '../reader/reader-views.ts';
import { replayAsReader } from '../reader/replay-reader.ts';

const PEOPLE = ['ann', 'Bob|away', '@op', 'n'.repeat(40), '~reader', 'grüß'];
const FILES = ['2004-12-25.log', '2004-12-26.log', '2005-02-27.log'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-reader-test-'));
  for (const [at, file] of FILES.entries()) await writeFile(path.join(folder, file), log(40 + 7 * at));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Lines of every form, some of them without a word, with joins in between. */
function log(lines: number): string {
  return Array.from({ length: lines }, (_, at) => {
    const nick = PEOPLE[at % PEOPLE.length];
    const text = at % 9 === 0 ? '' : `line ${at} 👍 "quoted"`;
    const shapes = [`<${nick}> ${text}`, ` * ${nick} ${text}`, `=== ${nick} joins`];
    return `[12:34] ${shapes[at % 5 === 4 ? 2 : at % 2]}\n`;
  }).join('');
}

async function expectExact(storage?: string): Promise<void> {
  const reports = await replayAsReader({ logs: folder, storage });
  expect(reports.map(({ file }) => file)).toEqual(FILES);
  expect(reports.flatMap(({ mismatches }) => mismatches)).toEqual([]);
  for (const { writes } of reports) expect(writes).toBeGreaterThan(30);
}

it('[MS2] [MS6] [CG17] a reader has the lines of the files, their order, counts and badges', () =>
  expectExact());

it('[MS2] [MS6] [CG17] has the same in PostgreSQL', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  await expectExact(database.url);
});

it('notices what is not in the files', async () => {
  const seen = {
    getConversationList: async () => ({
      data: { conversationList: [{ unreadCount: 3, lastMessage: { lastSequence: 2, fromAccount: 'ann' } }] },
    }),
    getMessageList: async () => ({
      data: {
        messageList: [{ type: 'TIMTextElem', payload: { text: 'no' }, from: 'ann', sequence: 1 }],
        nextReqMessageID: '',
        isCompleted: true,
      },
    }),
    getConversationGroups: async () => ({
      data: [{ groupName: '2004', conversationIDList: [], unreadCount: 1, unreadConversationCount: 1 }],
    }),
  } as never;
  const messages = [{ author: 'ann', text: 'yes' }];
  const one = { file: 'a.log', year: '2004', groupID: 'g', messages, lines: 1 };
  expect(await conversationMismatches('a device', seen, one)).toHaveLength(2);
  expect(await historyMismatches(seen, one)).toMatchObject([
    { what: 'messages that are not the lines of the file' },
  ]);
  expect(await folderMismatches('a device', seen, [one], () => true)).toHaveLength(4);
});
