/** Replays every log of a folder, one after the other, against a server that is there for this alone. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Muster, startMuster } from '@muster/server/testing';
import { logIn } from './people.ts';
import { type FileReport, replayLog } from './run.ts';
import { KEEPER } from './user-ids.ts';

export interface ReplayOptions {
  /** The folder with the logs; every `*.log` in it is one group. */
  logs: string;
  /** `sqlite:<file>` or `postgres://…`; a SQLite file that is removed at the end unless given. */
  storage?: string | undefined;
  /** Hears how much is done, from 0 to 1, and which file is under way. */
  onProgress?: (done: number, file: string) => void;
}

export async function replay({ logs, storage, onProgress = () => {} }: ReplayOptions): Promise<FileReport[]> {
  const files = await logFiles(logs);
  return withServer(storage, async (server) => {
    const reports: FileReport[] = [];
    const keeper = await logIn(server, KEEPER);
    for (const [index, file] of files.entries()) {
      const advance = (answered: number, all: number): void =>
        onProgress((index + answered / all) / files.length, file);
      const bytes = await readFile(path.join(logs, file));
      reports.push(await replayLog({ server, keeper, onProgress: advance }, { file, bytes }));
    }
    await keeper.destroy();
    return reports;
  });
}

/** The names of the logs in a folder, in their order. */
export async function logFiles(logs: string): Promise<string[]> {
  const files = (await readdir(logs)).filter((name) => name.endsWith('.log')).sort();
  if (files.length === 0) throw new Error(`${logs} holds no file that ends with .log`);
  return files;
}

/** A server for this alone. */
export async function withServer<Result>(
  storage: string | undefined,
  work: (server: Muster) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-replay-'));
  const server = await startMuster({ storage: storage ?? `sqlite:${path.join(folder, 'replay.db')}` });
  try {
    return await work(server);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
