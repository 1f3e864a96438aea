/**
 * One user of the unmodified original SDK in a process of its own, because the SDK is one instance per app and process.
 * Takes calls as lines of JSON on its input, and says what became of them and what it heard as lines on its output.
 * It reaches loopback and nothing else.
 */
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Chat, ScriptedCalls } from './scripted-calls.ts';

type Call = { id: number; method: string; args: unknown[] };

const LOOPBACK = '127.0.0.1';

/** Whatever would leave the machine throws before a packet does. */
function stayOnLoopback(): void {
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as { host?: string }[];
    if (first?.host !== LOOPBACK) throw new Error(`the original SDK dials ${JSON.stringify(first)}`);
    return connect.apply(this, args);
  };
  // Nothing here is to speak HTTP at all.
  globalThis.fetch = () => Promise.reject(new Error('the original SDK fetches'));
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line, plain)}\n`);
}

/** Messages and groups of the SDK refer to its parts by names that begin with an underscore. */
function plain(key: string, value: unknown): unknown {
  return key.startsWith('_') ? undefined : value;
}

function errorOf(cause: unknown): object {
  const { code, message } = cause as { code?: number; message?: string };
  return { code, message };
}

async function carryOut(calls: ScriptedCalls, { id, method, args }: Call): Promise<void> {
  try {
    say({ id, ok: true, result: (await calls.carryOut(method, args)) ?? null });
  } catch (cause) {
    say({ id, ok: false, error: errorOf(cause) });
  }
}

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as { proxyServer: string };
  if (new URL(options.proxyServer).hostname !== LOOPBACK || 'testEnv' in options) {
    throw new Error(`not a server on loopback: ${options.proxyServer}`);
  }
  stayOnLoopback();
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => undefined;
  const { default: SDK } = (await import('@tencentcloud/chat')) as unknown as {
    default: { EVENT: Record<string, string>; create(options: object): Chat };
  };
  const chat = SDK.create(options);
  chat.setLogLevel?.(4);
  for (const [name, event] of Object.entries(SDK.EVENT)) {
    chat.on?.(event, ({ data, isSyncCompleted }: { data: unknown; isSyncCompleted?: boolean }) =>
      say({ event: name, data: data ?? null, isSyncCompleted }),
    );
  }
  process.on('unhandledRejection', (cause) => say({ event: 'UNHANDLED', data: errorOf(cause) }));
  const calls = new ScriptedCalls(chat, (name, args) => say({ event: 'CALLED_BACK', data: { name, args } }));
  say({ event: 'CREATED', data: null });
  for await (const line of createInterface(process.stdin)) void carryOut(calls, JSON.parse(line) as Call);
}

await main();
