import type { Write } from '../sql/statements.ts';

/** What the committing thread is started with. */
export interface CommitterOptions {
  file: string;
  /** Whether a commit waits for the disk. Only a database that dies with its process may go without. */
  isDurable: boolean;
  /** Beyond so many pages the database is full. */
  pages_max: number;
}

export type CommitTask =
  | { id: number; task: 'commit'; writes: readonly Write[] }
  | { id: number; task: 'check' }
  | { id: number; task: 'close' };

/** The answer to a task; `id` 0 says that the thread has opened the database. */
export interface CommitAnswer {
  id: number;
  error?: { message: string; code: string };
}
