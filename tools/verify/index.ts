/**
 * The whole check of the repository, which is what `npm test` runs: every step, also after one that failed, and at the
 * end the sum on a line of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from '../../tests/setup/tally.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Scripts of the root package.json. Each one that fails adds one to the failures. */
const CHECKS = ['check', 'lint', 'tidy'];

const failedChecks = CHECKS.filter((script) => !succeeds('npm', ['run', '--silent', script]));
const tests = runTests();
for (const script of failedChecks) console.log(`npm run ${script} failed; its messages are above.`);
const sum = { passed: tests.passed, failed: tests.failed + failedChecks.length };
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;

function succeeds(command: string, parameters: string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(command, parameters, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** A run that ends badly without a failed test, or without a tally, is one failure. */
function runTests(): Tally {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-tally-'));
  const file = path.join(folder, 'tally.json');
  try {
    const projects = ['--project', 'quick', '--project', 'full'];
    const reporters = ['--reporter', 'default', '--reporter', './tests/setup/tally.ts'];
    const isFine = succeeds('npx', ['vitest', 'run', ...projects, ...reporters], { MUSTER_TALLY: file });
    const tally = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Tally)
      : { passed: 0, failed: 0 };
    return isFine ? tally : { ...tally, failed: Math.max(tally.failed, 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
