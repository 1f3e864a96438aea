import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KeeperAnswer } from './keeper.ts';

export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL on a free loopback port, gone when `stop` is called or this process ends in whatever way. */
export async function startPostgres(): Promise<PostgresServer> {
  const program = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  // A group of its own: an interrupt from the keyboard reaches the tests only, and they let the keeper finish in order.
  const keeper = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(keeper, 'exit');
  const answer = await firstAnswer(keeper.stdout);
  if ('error' in answer) throw new Error(answer.error);
  return {
    url: answer.url,
    stop: async () => {
      keeper.stdin.end();
      await ended;
    },
  };
}

async function firstAnswer(output: NodeJS.ReadableStream): Promise<KeeperAnswer> {
  for await (const line of createInterface({ input: output })) return JSON.parse(line) as KeeperAnswer;
  return { error: 'The process that keeps PostgreSQL ended before it said anything.' };
}
