import { Worker } from 'node:worker_threads';
import type { Write } from '../sql/statements.ts';
import type { CommitAnswer, CommitTask, CommitterOptions } from './commit-messages.ts';

/** A failed commit. The transaction was rolled back, unless the committing thread itself has died. */
export class CommitError extends Error {
  override readonly name = 'CommitError';
  /** SQLite's own code, such as SQLITE_FULL. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** Gives a task its number. */
type Numbered = (id: number) => CommitTask;

/** The main thread's end of the committing thread. */
export class Committer {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastID = 0;
  /** Why nothing can be committed any more. */
  private death: Error | undefined;

  private constructor(worker: Worker) {
    this.worker = worker;
    worker.on('message', (answer: CommitAnswer) => this.settle(answer));
    worker.on('error', (error) =>
      this.die(new CommitError(`The committing thread failed: ${error.message}`, '')),
    );
    worker.on('exit', () => this.die(new CommitError('The storage is closed.', 'CLOSED')));
  }

  /** Starts the thread and waits until it has opened the database. */
  static async start(options: CommitterOptions): Promise<Committer> {
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const url = new URL(`./commit-worker.${ending}`, import.meta.url);
    const committer = new Committer(new Worker(url, { workerData: options, execArgv: [] }));
    await committer.answered(0);
    return committer;
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.ask((id) => ({ id, task: 'commit', writes }));
  }

  /** Begins a transaction and ends it again. */
  check(): Promise<void> {
    return this.ask((id) => ({ id, task: 'check' }));
  }

  async close(): Promise<void> {
    if (this.death) return;
    await this.ask((id) => ({ id, task: 'close' }));
    await this.worker.terminate();
  }

  private ask(numbered: Numbered): Promise<void> {
    if (this.death) return Promise.reject(this.death);
    this.lastID += 1;
    const answered = this.answered(this.lastID);
    this.worker.postMessage(numbered(this.lastID));
    return answered;
  }

  /** While nothing is asked of it, the thread does not keep the process alive. */
  private answered(id: number): Promise<void> {
    if (this.waiting.size === 0) this.worker.ref();
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private settle({ id, error }: CommitAnswer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.worker.unref();
    if (error) waiting?.reject(new CommitError(error.message, error.code));
    else waiting?.resolve();
  }

  private die(error: Error): void {
    this.death ??= error;
    for (const { reject } of this.waiting.values()) reject(this.death);
    this.waiting.clear();
  }
}
