import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../setup/chromium.ts';

const MUSTER = fileURLToPath(new URL('../../packages/server/bin/muster.js', import.meta.url));
const READY = /^Muster is ready: (http:\/\/127\.0\.0\.1:\d+)\n/m;
const DEVICES_PER_USER_MAX = 10;
const SETTLED = { timeout: 10_000 };

type Person = 'alice' | 'bob';
type Key = 'likes' | 'views' | 'gifts';

let browser: Browser;
let folder: string;
let child: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-live-room-'));
  [browser] = await Promise.all([launchChromium(), startDev('0')]);
});

afterAll(async () => {
  await browser?.close();
  if (child) await stopDev();
  await rm(folder, { recursive: true, force: true });
});

/** `muster dev` as a developer starts it, in a folder of its own. */
async function startDev(port: string): Promise<void> {
  child = spawn(process.execPath, [MUSTER, 'dev', '--port', port], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const ready = READY.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.once('exit', (code) => reject(new Error(`muster dev ended with ${code}: ${said}`)));
  });
}

async function stopDev(): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

interface Watched {
  page: Page;
  /** Whatever the page asked for, and whatever went wrong in it. */
  requests: string[];
  complaints: string[];
}

async function openPage(): Promise<Watched> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const watched: Watched = { page, requests: [], complaints: [] };
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('websocket', (socket) => watched.requests.push(socket.url()));
  page.on('pageerror', (error) => watched.complaints.push(String(error)));
  page.on('console', (message) => {
    // A violation of the content security policy is told here, as an error.
    if (['error', 'warning'].includes(message.type())) watched.complaints.push(message.text());
  });
  await page.goto(url);
  await bothAreIn(page);
  return watched;
}

async function bothAreIn(page: Page): Promise<void> {
  for (const person of ['alice', 'bob'] as const)
    await expect.poll(() => canTap(page, person), SETTLED).toBe(true);
}

const canTap = (page: Page, person: Person): Promise<boolean> => button(page, person, 'likes').isEnabled();

function button(page: Page, person: Person, key: Key): Locator {
  return page.locator(`[data-person="${person}"] [data-key="${key}"]`);
}

async function valueAt(page: Page, person: Person, key: Key): Promise<number> {
  const text = await button(page, person, key).locator('.value').innerText();
  return Number(text.replaceAll(',', ''));
}

/** What every panel of the pages shows of a counter; one number when all agree. */
async function shown(pages: Page[], key: Key): Promise<number[]> {
  const values = pages.flatMap((page) => [valueAt(page, 'alice', key), valueAt(page, 'bob', key)]);
  return [...new Set(await Promise.all(values))];
}

const troubles = (page: Page): Promise<string[]> => page.locator('.trouble').allInnerTexts();

/** Every trouble that the page tells from now on, also those that it takes back. */
async function gatherTroubles(page: Page): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const words: string[] = [];
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) if (target.textContent) words.push(target.textContent);
    });
    for (const element of document.querySelectorAll('.trouble'))
      observer.observe(element, { childList: true });
    return words;
  });
  return () => seen.jsonValue();
}

/** Clicks as fast as the browser's own loop takes them. */
function hammer(
  page: Page,
  person: Person,
  { taps, everyMs }: { taps: number; everyMs: number },
): Promise<void> {
  return button(page, person, 'likes').evaluate(
    async (element, { taps, everyMs }) => {
      for (let tap = 0; tap < taps; tap += 1) {
        (element as HTMLButtonElement).click();
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    },
    { taps, everyMs },
  );
}

it('[GC11] a tap of one moves the number at both', async () => {
  const { page } = await openPage();
  for (const [person, key] of [
    ['alice', 'likes'],
    ['bob', 'views'],
    ['alice', 'gifts'],
  ] as const) {
    const before = await valueAt(page, 'bob', key);
    await button(page, person, key).click();
    await expect.poll(() => shown([page], key), SETTLED).toEqual([before + 1]);
  }
  expect(await page.locator('.state').allInnerTexts()).toEqual(['connected', 'connected']);
});

it('[GC10] counts every one of 200 taps in a few seconds, and never sees 2996', async () => {
  const { page } = await openPage();
  const before = await valueAt(page, 'bob', 'likes');
  const seen = await gatherTroubles(page);
  await Promise.all([
    hammer(page, 'alice', { taps: 200, everyMs: 12 }),
    hammer(page, 'bob', { taps: 100, everyMs: 25 }),
  ]);
  await expect.poll(() => shown([page], 'likes'), SETTLED).toEqual([before + 300]);
  await expect.poll(() => page.locator('.waiting:visible').count(), SETTLED).toBe(0);
  expect(await seen()).toEqual([]);
});

it('[DL1] shows the same numbers after a reload, and in a second window', async () => {
  const { page } = await openPage();
  const value = (await valueAt(page, 'alice', 'gifts')) + 1;
  await button(page, 'bob', 'gifts').click();
  await expect.poll(() => shown([page], 'gifts'), SETTLED).toEqual([value]);
  await page.reload();
  await bothAreIn(page);
  expect(await shown([page], 'gifts')).toEqual([value]);

  const other = await openPage();
  await button(other.page, 'alice', 'gifts').click();
  await expect.poll(() => shown([page, other.page], 'gifts'), SETTLED).toEqual([value + 1]);
});

it('[DL7] goes on where it was after the server was restarted, with the taps made meanwhile', async () => {
  const { page } = await openPage();
  const before = await valueAt(page, 'alice', 'likes');
  await stopDev();
  await expect.poll(() => page.locator('.state').first().innerText(), SETTLED).not.toBe('connected');
  await hammer(page, 'alice', { taps: 5, everyMs: 10 });
  await startDev(new URL(url).port);
  await expect.poll(() => shown([page], 'likes'), { timeout: 30_000 }).toEqual([before + 5]);
  expect(await troubles(page)).toEqual(['', '']);
});

it('asks no foreign host for anything, and keeps its own content security policy', async () => {
  const { page, requests, complaints } = await openPage();
  await button(page, 'alice', 'likes').click();
  await expect.poll(() => page.locator('.waiting:visible').count(), SETTLED).toBe(0);
  const { host } = new URL(url);
  expect(requests.length).toBeGreaterThan(4);
  expect(requests.filter((asked) => new URL(asked).host !== host)).toEqual([]);
  expect(complaints).toEqual([]);
});

it('tells browsers to load nothing from elsewhere and to let nobody frame it', async () => {
  const { headers } = await fetch(url);
  const { host } = new URL(url);
  expect(headers.get('content-security-policy')?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

it('says in words what is wrong', async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.route('**/dev/login*', (route) => route.abort());
  await page.goto(url);
  await expect
    .poll(() => page.locator('[data-person="alice"] .trouble').innerText(), SETTLED)
    .toBe('The server does not answer. Is muster dev still running? Reload the page when it is.');
  expect(await canTap(page, 'alice')).toBe(false);
});

it('gives a login to a page of an own app on another port of this machine', async () => {
  const app = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>An own app</title>');
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  onTestFinished(() => {
    app.close();
    app.closeAllConnections();
  });
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`http://localhost:${(app.address() as AddressInfo).port}/`);
  const login = await page.evaluate(
    async (address) => (await fetch(address)).json(),
    `${url}/dev/login?userID=carol`,
  );
  expect(login).toMatchObject({ userID: 'carol', userSig: expect.any(String) });
});

it('[US6] says why it has ended when the same two log in on too many devices', async () => {
  const { page } = await openPage();
  const others = await Promise.all(Array.from({ length: DEVICES_PER_USER_MAX }, () => openPage()));
  await expect.poll(() => page.locator('.state').allInnerTexts(), SETTLED).toEqual(['ended', 'ended']);
  expect((await troubles(page)).join()).toContain('Alice logged in on too many devices');
  expect(await canTap(page, 'alice')).toBe(false);
  expect(others.flatMap(({ complaints }) => complaints)).toEqual([]);
});
