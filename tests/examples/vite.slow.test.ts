/** The page of examples/vite compiles and builds as it stands, with what this repository has installed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, it, onTestFinished } from 'vitest';

const PAGE = fileURLToPath(new URL('../../examples/vite', import.meta.url));
const COMPILER = path.join(
  path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

it('the page is free of type errors under its own settings', async () => {
  const checking = promisify(execFile)(process.execPath, [COMPILER, '--project', PAGE]);
  await expect(checking).resolves.toMatchObject({ stdout: '' });
});

it('vite builds the page, the SDK in it', async () => {
  const outDir = await mkdtemp(path.join(tmpdir(), 'muster-vite-'));
  onTestFinished(() => rm(outDir, { recursive: true, force: true }));
  await build({ root: PAGE, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
  const scripts = (await readdir(path.join(outDir, 'assets'))).filter((name) => name.endsWith('.js'));
  expect(scripts).toHaveLength(1);
  const html = await readFile(path.join(outDir, 'index.html'), 'utf8');
  expect(html).toContain(`assets/${scripts[0]}`);
  expect(await readFile(path.join(outDir, 'assets', String(scripts[0])), 'utf8')).toContain(
    'onGroupCounterUpdated',
  );
});
