import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** How many tests passed and failed. What could not be collected or was thrown beside the tests counts as failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Writes the tally of a run into the file that MUSTER_TALLY names. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    const file = process.env.MUSTER_TALLY;
    if (file) writeFileSync(file, JSON.stringify(count(modules, strayErrors.length)));
  }
}

function count(modules: readonly TestModule[], strayErrors: number): Tally {
  const tally: Tally = { passed: 0, failed: strayErrors };
  for (const module of modules) {
    const failedBefore = tally.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') tally.passed += 1;
      if (state === 'failed') tally.failed += 1;
    }
    if (!module.ok() && tally.failed === failedBefore) tally.failed += 1;
  }
  return tally;
}
