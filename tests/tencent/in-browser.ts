/** The original SDK in a page of a browser, as tests hold it. This machine serves the page and the bundle. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { Caller, OriginalError, type Result, type ServerAddress } from './caller.ts';
import type { Heard } from './hearing.ts';

const BUNDLE = createRequire(import.meta.url).resolve('@tencentcloud/chat');
const PAGE = `<!doctype html><meta charset="utf-8"><title>The original SDK</title>
<script src="/chat.js"></script><script src="/page.js"></script>`;

/** What the page runs: it makes the SDK on request, tells what it hears, and makes calls. */
const SCRIPT = `
let chat;
function create(options) {
  if (new URL(options.proxyServer).hostname !== '127.0.0.1') throw new Error('not a server on loopback');
  chat = TencentCloudChat.create(options);
  chat.setLogLevel(4);
  for (const [event, name] of Object.entries(TencentCloudChat.EVENT))
    chat.on(name, ({ data }) => tell(JSON.stringify({ event, data: data ?? null }, plain)));
}
const plain = (key, value) => (key.startsWith('_') ? undefined : value);
async function call(method, args) {
  try {
    return JSON.stringify({ ok: true, result: (await chat[method](...args)) ?? null }, plain);
  } catch ({ code, message }) {
    return JSON.stringify({ ok: false, error: { code, message } });
  }
}
`;

/** Serves the page; its address, and how to end it. */
export async function servePage(): Promise<{ url: string; close(): void }> {
  const files: Record<string, { type: string; body: string | Buffer }> = {
    '/': { type: 'text/html', body: PAGE },
    '/chat.js': { type: 'text/javascript', body: readFileSync(BUNDLE) },
    '/page.js': { type: 'text/javascript', body: SCRIPT },
  };
  const server: Server = createServer(({ url = '' }, response) => {
    const file = files[url];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export class InBrowser extends Caller {
  /** Whatever the page asked for, and whatever it complained of. */
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  private readonly page: Page;

  private constructor(userID: string, page: Page) {
    super(userID);
    this.page = page;
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('websocket', (socket) => this.requests.push(socket.url()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** The SDK in a page of its own, logged in and ready. */
  static async login(
    userID: string,
    server: ServerAddress,
    where: { context: BrowserContext; url: string },
  ): Promise<InBrowser> {
    const page = await where.context.newPage();
    const one = new InBrowser(userID, page);
    await page.exposeFunction('tell', (line: string) => one.hear(JSON.parse(line) as Heard));
    await page.goto(where.url);
    const { SDKAppID, proxyServer } = server;
    await page.evaluate(`create(${JSON.stringify({ SDKAppID, proxyServer })})`);
    await one.call('login', { userID, userSig: server.userSig(userID) });
    await one.hears('SDK_READY');
    return one;
  }

  /** Calls a method; gives what its promise gives, or throws its refusal. */
  async call(method: string, ...args: unknown[]): Promise<Result> {
    const line = await this.page.evaluate<string>(`call(${JSON.stringify(method)}, ${JSON.stringify(args)})`);
    const answer = JSON.parse(line);
    if (!answer.ok) throw new OriginalError(answer.error);
    return answer.result;
  }

  end(): void {
    void this.page.close();
  }
}
