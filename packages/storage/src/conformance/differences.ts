/**
 * What engines may differ in: this list and nothing else. Where an engine differs, the suite checks the other
 * behaviour instead of the usual one; no test is ever skipped.
 */
export const DIFFERENCES = {
  volatile:
    'Keeps nothing after it is closed, and then begins a new epoch: the oracle in memory has no disk.',
  oneGroupPerUpdate: 'Takes requests of one group in one call: PostgreSQL fences one group in one statement.',
  ownCommits:
    'Gives each request of a call a commit of its own choosing: combining puts together what waits.',
} as const;

export type Difference = keyof typeof DIFFERENCES;
