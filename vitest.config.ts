import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everything = ['packages/*/test/**/*.test.ts', 'tests/**/*.test.ts', 'tools/**/*.test.ts'];
const full = ['slow', 'postgres', 'browser'].map((kind) => `**/*.${kind}.test.ts`);
const soak = ['**/*.soak.test.ts'];

/** A project's set-up starts only when one of its files runs, so that the quick ones never wait for PostgreSQL. */
export default defineConfig({
  test: {
    environment: 'node',
    passWithNoTests: false,
    // Many tests wait for a disk or a process: on a small machine two share the time well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: everything, exclude: [...full, ...soak, '**/node_modules/**'] },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: within(everything, full),
          globalSetup: ['tests/setup/postgres.ts'],
          testTimeout: 60_000,
          // The first browser test may have to install the browser.
          hookTimeout: 4 * 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'soak',
          include: within(everything, soak),
          globalSetup: ['tests/setup/postgres.ts'],
          testTimeout: 30 * 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

/** The folders of `places` with the endings of `kinds`: a project must not claim files outside the test folders. */
function within(places: string[], kinds: string[]): string[] {
  return places.flatMap((place) => kinds.map((kind) => place.replace('**/*.test.ts', kind)));
}
