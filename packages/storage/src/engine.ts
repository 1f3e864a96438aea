import type { Storage } from './port.ts';

/**
 * A storage on a database, with what decorators must know of it. An engine that commits `one-at-a-time` gains from
 * everything that waits going into one commit; one that commits `per-scope` runs one commit per group at a time.
 */
export interface Engine extends Storage {
  readonly commits: 'one-at-a-time' | 'per-scope';
}
