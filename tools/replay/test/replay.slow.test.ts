/** The replay itself, on logs that are made here: over real connections, and with every view compared. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../../tests/setup/database.ts';
import { logIn } from '../people.ts';
import { replay } from '../replay.ts';
import { replayLog } from '../run.ts';
import { KEEPER } from '../user-ids.ts';

const PEOPLE = [
  'ann',
  'Bob|away',
  'Cal[] John',
  '@op',
  'x\u0002y',
  'n'.repeat(40),
  '~keeper',
  'grüß',
  'administrator',
];
const WORDS = [
  'hi',
  'thanks!',
  'why?',
  'http://a.example/b',
  'www.example.org',
  '\ufeffok',
  'naïve',
  '\u0008',
  'ty',
];
const LINES = 300;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-replay-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A day in which everybody says something, in two encodings, with joins and leaves in between. */
function log(seed: number): Buffer {
  const lines = Array.from({ length: LINES }, (_, index) => {
    const nick = PEOPLE[(index * seed) % PEOPLE.length] as string;
    const text = Array.from(
      { length: index % 5 },
      (_, at) => WORDS[(index * 7 + at * seed) % WORDS.length],
    ).join(' ');
    const shapes = [`<${nick}> ${text}`, ` * ${nick} ${text}`, `-${nick}:#chat- ${text}`];
    const line =
      index % 11 === 0
        ? `=== ${nick} has joined #chat\n`
        : `[12:34] ${shapes[Math.floor(index / PEOPLE.length) % shapes.length]}\n`;
    return Buffer.from(line, index % 2 === 0 ? 'utf8' : 'latin1');
  });
  return Buffer.concat(lines);
}

async function expectExact(storage?: string): Promise<void> {
  await writeFile(path.join(folder, 'b.log'), log(7));
  await writeFile(path.join(folder, 'a.log'), log(5));
  await writeFile(path.join(folder, 'README.md'), '[12:34] <ann> not a log\n');
  const progress: [number, string][] = [];
  const reports = await replay({ logs: folder, storage, onProgress: (...step) => progress.push(step) });
  expect(reports.map(({ file }) => file)).toEqual(['a.log', 'b.log']);
  expect(reports.flatMap(({ mismatches }) => mismatches)).toEqual([]);
  for (const { writes, userIDs } of reports) {
    expect(writes).toBeGreaterThan(LINES);
    expect(userIDs.length).toBeGreaterThanOrEqual(PEOPLE.length);
  }
  expect(progress.at(-1)).toEqual([1, 'b.log']);
  expect(progress).toEqual([...progress].sort(([one], [other]) => one - other));
}

it('[GC7] [GC11] counts what people said, at the server and at every member', () => expectExact());

it('counts the same in PostgreSQL, and twice over the same database', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  await expectExact(database.url);
  await expectExact(database.url);
});

it('notices one increase too many', async () => {
  const server = await startMuster();
  onTestFinished(() => server.close());
  const keeper = await logIn(server, KEEPER);
  let isDone = false;
  const meddle = async (): Promise<void> => {
    if (isDone) return;
    isDone = true;
    const { data } = await keeper.getGroupList();
    await keeper.increaseGroupCounter({
      groupID: String(data.groupList[0]?.groupID),
      key: 'links',
      value: 1,
    });
  };
  const report = await replayLog(
    { server, keeper, onProgress: () => void meddle() },
    { file: 'a.log', bytes: log(5) },
  );
  const views = [
    'the server',
    ...report.userIDs.flatMap((userID) => [`the events of ${userID}`, `the memory of ${userID}`]),
  ];
  expect(report.mismatches.map(({ what }) => what).sort()).toEqual(
    views.map((view) => `links in ${view}`).sort(),
  );
  for (const { expected, actual } of report.mismatches) expect(actual).toBe(expected + 1);
  await keeper.destroy();
});

it('a log in which nobody says anything is exact too', async () => {
  await writeFile(path.join(folder, 'a.log'), '=== ann has joined #chat\n');
  const [report] = await replay({ logs: folder });
  expect(report).toMatchObject({ userIDs: [], writes: 0, mismatches: [] });
});

it('says that a folder holds no logs', async () => {
  await expect(replay({ logs: folder })).rejects.toThrow('holds no file that ends with .log');
});
