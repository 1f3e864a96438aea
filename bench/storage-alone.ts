/** Does it matter how many devices a storage knows? The storage alone, with combining, and no server around it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StorageAnswer, StorageQuestion } from './servers/storage.ts';
import { openStorages } from './targets.ts';

export interface StorageAloneOptions {
  engines: readonly ('sqlite' | 'postgres')[];
  /** Numbers of known devices, the fewest first: what the others are held against. */
  devices: readonly number[];
  inFlight: readonly number[];
  warmUpSeconds: number;
  seconds: number;
  rounds: number;
  profileFolder?: string | undefined;
  progress?(what: string): void;
}

export interface StorageAloneResult extends StorageAnswer {
  engine: 'sqlite' | 'postgres';
  devices: number;
  inFlight: number;
}

export async function benchStorageAlone(options: StorageAloneOptions): Promise<StorageAloneResult[]> {
  const storages = await openStorages();
  const results: StorageAloneResult[] = [];
  try {
    for (const engine of options.engines) {
      for (const inFlight of options.inFlight) {
        for (const devices of options.devices) {
          options.progress?.(`${engine} alone, ${devices} devices known, ${inFlight} increases in flight`);
          const { warmUpSeconds, seconds, rounds } = options;
          const storage = await storages.fresh(engine);
          const question = { storage, devices, inFlight, warmUpSeconds, seconds, rounds };
          results.push({ engine, devices, inFlight, ...(await ask(question, options.profileFolder)) });
        }
      }
    }
    return results;
  } finally {
    await storages.remove();
  }
}

/** A process for each question, so that none inherits the heap of another. */
async function ask(question: StorageQuestion, profileFolder: string | undefined): Promise<StorageAnswer> {
  const program = fileURLToPath(new URL('./servers/storage.ts', import.meta.url));
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const child = fork(program, [JSON.stringify(question)], { execArgv: profile });
  let answer: StorageAnswer | undefined;
  child.on('message', (message) => {
    answer = message as StorageAnswer;
  });
  await once(child, 'exit');
  if (!answer) throw new Error('The process of a storage ended without an answer.');
  return answer;
}
