/** The page of examples/vite in a browser, as its reader runs it: `muster dev`, `vite`, and two people. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchChromium } from '../setup/chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = 'Muster is ready: ';

let folder: string;
let server: ReturnType<typeof spawn> | undefined;
let vite: ViteDevServer | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-vite-'));
  vi.stubEnv('VITE_MUSTER', await startDev());
  vite = await createServer({
    root: path.join(ROOT, 'examples/vite'),
    cacheDir: path.join(folder, 'vite'),
    logLevel: 'silent',
    server: { port: 0 },
  });
  await vite.listen();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await vite?.close();
  const ended = new Promise((resolve) => server?.once('exit', resolve) ?? resolve(undefined));
  server?.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

/** `muster dev` in an empty folder; gives its address. */
async function startDev(): Promise<string> {
  const command = path.join(ROOT, 'packages/server/bin/muster.js');
  const args = [command, 'dev', '--port', '0'];
  const started = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  server = started;
  for await (const line of createInterface({ input: started.stdout })) {
    if (line.startsWith(READY)) return line.slice(READY.length);
  }
  throw new Error('muster dev ended before it was ready');
}

async function open(user: string): Promise<Page> {
  const page = await (browser as Browser).newPage();
  await page.goto(`${vite?.resolvedUrls?.local[0]}?user=${user}`);
  await page.locator('#likes:enabled').waitFor();
  return page;
}

it('[GC11] the page shows two people each other’s likes and gifts', async () => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')]);
  expect(await alice.textContent('#user')).toBe('alice');
  await alice.click('#likes');
  await bob.click('#likes');
  await bob.click('#gifts');
  for (const page of [alice, bob]) {
    await page.locator('#likes-value', { hasText: /^2$/ }).waitFor();
    await page.locator('#gifts-value', { hasText: /^10$/ }).waitFor();
    expect(await page.textContent('#problem')).toBe('');
  }
});

it('[GC8] whoever opens the page later sees what was counted before', async () => {
  const carol = await open('carol');
  expect(await carol.textContent('#likes-value')).toBe('2');
  expect(await carol.textContent('#gifts-value')).toBe('10');
});
