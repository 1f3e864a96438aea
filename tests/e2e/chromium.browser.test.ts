import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../setup/chromium.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

async function servePage(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('runs the scripts of a page on this machine', async () => {
  const page = await browser.newPage();
  await page.goto(
    await servePage('<p>0</p><script>document.querySelector("p").textContent = 6 * 7</script>'),
  );
  expect(await page.textContent('p')).toBe('42');
});

it('reaches no other host', async () => {
  const page = await browser.newPage();
  await expect(page.goto('http://muster.example/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
});
