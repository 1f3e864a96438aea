/** The side of the load's process: starts a server in a process of its own, asks it and stops it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Question, Ready, ServerAnswer, ServerReport } from './questions.ts';

export type ServerKind = 'raw' | 'bare' | 'muster';

export interface ServerStart {
  kind: ServerKind;
  /** Where it keeps its counters, as `sqlite:<file>` or `postgres://…`. */
  storage?: string;
  /** Milliseconds between two counter events of a group at Muster; its default unless given. */
  tickMs?: number;
  /** A folder for a profile of the processor, written when the server stops. */
  profileFolder?: string | undefined;
}

interface Waiting {
  resolve(answer: ServerAnswer): void;
  reject(cause: Error): void;
}

const SMALLEST_ANSWER_MS = 60_000;

export class ServerProcess {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastID = 0;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    child.on('message', (answer: ServerAnswer) => this.settle(answer));
    child.on('exit', (code) => {
      for (const { reject } of this.waiting.values())
        reject(new Error(`A server process ended with ${code}.`));
    });
  }

  static async start({ kind, storage, tickMs, profileFolder }: ServerStart): Promise<ServerProcess> {
    const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
    const options = [storage, tickMs].filter((option) => option !== undefined).map(String);
    const child = fork(fileURLToPath(new URL(`./${kind}.ts`, import.meta.url)), options, {
      execArgv: ['--expose-gc', ...profile],
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The ${kind} server ended before it listened.`);
    });
    const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
    ended.catch(() => undefined);
    return new ServerProcess(child, url);
  }

  /** Names the group in which the next cell counts, from 0. */
  async begin(groupID: string): Promise<void> {
    await this.ask({ ask: 'begin', groupID });
  }

  async clear(): Promise<void> {
    await this.ask({ ask: 'clear' });
  }

  async report(): Promise<ServerReport> {
    const { report } = await this.ask({ ask: 'report' });
    if (!report) throw new Error('A server process gave no report.');
    return report;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    await this.ask({ ask: 'stop' });
    await ended;
  }

  private ask(question: Omit<Question, 'id'>): Promise<ServerAnswer> {
    this.lastID += 1;
    const id = this.lastID;
    const answer = new Promise<ServerAnswer>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('A server process does not answer.')),
        SMALLEST_ANSWER_MS,
      );
      this.waiting.set(id, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject,
      });
    });
    this.child.send({ id, ...question });
    return answer;
  }

  private settle(answer: ServerAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.fault) waiting?.reject(new Error(`A server process failed: ${answer.fault}`));
    else waiting?.resolve(answer);
  }
}
