import { onTestFinished } from 'vitest';
import type { Storage } from '../port.ts';
import type { Difference } from './differences.ts';

/** A storage under test. */
export interface Opened {
  storage: Storage;
  /** Closes the storage and opens another one on the same data. */
  reopen(): Promise<Storage>;
  /** Closes the storage that is open now and removes its data. */
  close(): Promise<void>;
}

/** Opens an empty storage; every test takes one of its own. */
export type OpenStorage = () => Promise<Opened>;

export interface Subject {
  /** An empty storage, which goes when the test is over. */
  open(): Promise<Opened>;
  differs(difference: Difference): boolean;
}

export function subjectOf(open: OpenStorage, differences: readonly Difference[]): Subject {
  return {
    open: async () => {
      const opened = await open();
      onTestFinished(() => opened.close());
      return opened;
    },
    differs: (difference) => differences.includes(difference),
  };
}
