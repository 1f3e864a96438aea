/**
 * One user of the unmodified original SDK in a process of its own, because the SDK is one instance per app and process.
 * Takes calls as lines of JSON on its input, and says what became of them and what it heard as lines on its output.
 * It reaches loopback and nothing else.
 */
import { createInterface } from 'node:readline';
import { stayOnLoopback } from '../setup/loopback.ts';
import { runSample } from './sample.ts';
import { type Chat, ScriptedCalls } from './scripted-calls.ts';

type Perform = (method: string, args: unknown[]) => unknown;
type Call = { id: number; method: string; args: unknown[] };

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

async function carryOut(perform: Perform, { id, method, args }: Call): Promise<void> {
  try {
    say({ id, ok: true, result: (await perform(method, args)) ?? null });
  } catch (cause) {
    say({ id, ok: false, error: errorOf(cause) });
  }
}

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as { proxyServer: string };
  // This option would win over the address.
  if ('testEnv' in options) throw new Error('testEnv names servers of others');
  stayOnLoopback(options.proxyServer);
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => undefined;
  const { default: SDK } = (await import('@tencentcloud/chat')) as unknown as {
    default: { VERSION: string; EVENT: Record<string, string>; create(options: object): Chat };
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
  const tell = (event: string, data: unknown[]): void => say({ event, data });
  const perform: Perform = (method, args) =>
    method === 'runSample' ? runSample({ chat, SDK, tell }, String(args[0])) : calls.carryOut(method, args);
  say({ event: 'CREATED', data: { version: SDK.VERSION, events: Object.keys(SDK.EVENT) } });
  for await (const line of createInterface(process.stdin)) void carryOut(perform, JSON.parse(line) as Call);
}

await main();
