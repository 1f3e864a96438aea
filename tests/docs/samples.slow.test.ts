/** The samples of the documentation, as they stand there: every block that is marked `run`, against a server. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARIES = path.join(ROOT, 'node_modules/.bin');
const BLOCK = /^```(js|ts|sh) run\n(.*?)^```$/gms;

interface Sample {
  title: string;
  language: string;
  text: string;
}

/** What each sample prints, in the words of the page around it. */
const PRINTS: Record<string, RegExp> = {
  'README.md 1': /^likes is now 1$/m,
  'README.md 2': /^conversation groups: .*Clubs.*^Clubs: 0 unread$/ms,
  'README.md 3': /("value":1.*){3}/s,
  'README.md 4': /^1$/m,
  'README.md 5': /^a server for this command alone: ws:/m,
  'docs/guides/conversation-groups.md 1': /51007.*^Work holds .*^\[ 'C2Cbob' \]$.*unreadCount: 1,/ms,
  'docs/guides/conversation-groups.md 2': /(^Project: GROUPteam$.*){2}/ms,
  'docs/guides/conversation-groups.md 3':
    /"successConversationIDList":\["GROUPgarden"\].*"code":2500.*"Outside".*"conversationIDList":\["GROUPgarden"\]/s,
  'docs/guides/exactly-once.md 1': /^5 5$/m,
  'docs/guides/from-http.md 1': /"9223372036854775807".*COUNTER_OVERFLOW.*"9223372036854775807"/s,
  'docs/guides/from-http.md 2': /"gifts","value":5.*"givers","value":1/s,
  'docs/guides/from-http.md 3':
    /("sequence":1,.*){2}"messageList":\[.*"tally":\{"sequence":1,"counted":1,"own":1\}/s,
  'docs/guides/from-rest.md 1': /"Value":9223372036854775807\}.*"GroupName":"Halls"/s,
  'docs/guides/messages-and-conversations.md 1':
    /^ann, number 1: Lunch\?$.*^success 1 1$.*^bob has read 1$.*^0 0$.*^1 true$/ms,
  'docs/guides/testing-your-app.md 1': /^\[ 1 \]$/m,
  'docs/guides/testing-your-app.md 2': /^1 1$/m,
  'docs/guides/testing-your-app.md 3': /^\d+ ws:/m,
  'docs/guides/with-the-original-sdk.md 1': /^likes is now 1$.*'Trees'/ms,
  'docs/tutorial/first-live-room.md 1': /(?=.*^alice made it 1$)(?=.*^bob sees likes = 1$)/ms,
  'docs/tutorial/first-live-room.md 2': /^the laptop shows: .*Rooms \d+.*^in it: A live room$/ms,
};

const samples = ['README.md', ...pages('docs')].flatMap(samplesOf);
let muster: Muster;

beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

describe.concurrent('the samples', () => {
  it('are those whose output is known here', () => {
    expect(samples.map(({ title }) => title).sort()).toEqual(Object.keys(PRINTS).sort());
  });

  it.each(samples)('$title', async ({ title, language, text }) => {
    const printed = PRINTS[title] ?? /$^/;
    const { output, code } = await run({ language, text: placed(text), printed });
    expect(output).toMatch(printed);
    expect(code).toBe(0);
  });
});

function pages(folder: string): string[] {
  const names = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => path.posix.join(folder, name));
}

function samplesOf(page: string): Sample[] {
  const blocks = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(BLOCK)];
  return blocks.map(([, language = '', text = ''], index) => ({
    title: `${page} ${index + 1}`,
    language,
    text,
  }));
}

/** The address of the page's server becomes the test's, and its login for the asking a userSig. */
function placed(text: string): string {
  return text
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${muster.port}`)
    .replaceAll(/await \(await fetch\(`[^`]*\/dev\/login[^`]*`\)\)\.json\(\)/g, 'signed(userID)');
}

interface Run {
  language: string;
  text: string;
  /** What it prints: a program that has printed it is told so, and ends when it is done. */
  printed: RegExp;
}

function run({ language, text, printed }: Run): Promise<{ output: string; code: number | null }> {
  const isShell = language === 'sh';
  const child = isShell
    ? spawn('sh', ['-eu'], { cwd: ROOT, env: environment() })
    : spawn(path.join(BINARIES, 'node'), [`--input-type=module${language === 'ts' ? '-typescript' : ''}`], {
        cwd: ROOT,
        env: environment(),
        stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      });
  let output = '';
  let isTold = isShell;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
      if (!isTold && printed.test(output)) isTold = child.send('printed');
    });
  child.stdin?.end(
    isShell ? `curl() { node tests/docs/curl.ts "$@"; }\n${text}` : `${prelude()}\n${text}\n${ending}`,
  );
  return new Promise((resolve) => child.on('close', (code) => resolve({ output, code })));
}

/** What a page's words assume: a userSig at hand. */
function prelude(): string {
  const sigs = Object.fromEntries(['alice', 'bob'].map((userID) => [userID, muster.userSig(userID)]));
  return [
    `const sigs = ${JSON.stringify(sigs)};`,
    `const userSig = sigs.alice;`,
    `const signed = (userID) => ({ SDKAppID: ${muster.SDKAppID}, userSig: sigs[userID] });`,
    `const printed = new Promise((resolve) => process.once('message', resolve));`,
  ].join('\n');
}

/** A page goes on listening; a program of a test ends when it has printed what it has to, or after a while. */
const ending =
  'await Promise.race([printed, new Promise((resolve) => setTimeout(resolve, 20_000))]);\nprocess.exit(0);';

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${BINARIES}:${process.env['PATH']}`,
    MUSTER_SDK_APP_ID: String(muster.SDKAppID),
    MUSTER_SECRET_KEY: muster.secretKey,
  };
}
