import { describe, expect, it } from 'vitest';
import { replayCommand } from '../command.ts';
import type { ReplayOptions } from '../replay.ts';
import type { Output } from '../report.ts';
import type { FileReport } from '../run.ts';

const report = (file: string, parts: Partial<FileReport> = {}): FileReport => ({
  file,
  userIDs: ['ann', 'bob'],
  writes: 1_000,
  seconds: 1.25,
  mismatches: [],
  ...parts,
});

const paper = (isTTY = false): Output & { text: string } => ({
  text: '',
  isTTY,
  write(text) {
    this.text += text;
  },
});

async function run(args: string[], reports: FileReport[], err = paper()) {
  const out = paper();
  const asked: ReplayOptions[] = [];
  const askedAsReader: ReplayOptions[] = [];
  const noting = (notes: ReplayOptions[]) => async (options: ReplayOptions) => {
    notes.push(options);
    options.onProgress?.(0.5, 'a.log');
    return reports;
  };
  const parts = { replay: noting(asked), replayAsReader: noting(askedAsReader), out, err };
  const code = await replayCommand(args, parts);
  return { code, asked, askedAsReader, out: out.text, err: err.text };
}

describe('the exit code', () => {
  it('is 0 when everything is exact', async () => {
    const { code, err } = await run(['--logs', 'folder'], [report('a.log')]);
    expect([code, err]).toEqual([0, '']);
  });

  it('is 1 when something is not, which is named', async () => {
    const mismatch = { file: 'a.log', what: 'words in the server', expected: 12, actual: 13 };
    const { code, err } = await run(['--logs', 'folder'], [report('a.log', { mismatches: [mismatch] })]);
    expect([code, err]).toEqual([1, 'a.log: words in the server: expected 12, found 13\n']);
  });

  it('is 1 when the replay fails', async () => {
    const err = paper();
    const replay = (): Promise<never> => Promise.reject(new Error('no such folder'));
    expect(
      await replayCommand(['--logs', 'folder'], { replay, replayAsReader: replay, out: paper(), err }),
    ).toBe(1);
    expect(err.text).toContain('no such folder');
  });

  it.each([[[]], [['--lgos', 'folder']], [['--logs']], [['--logs', 'folder', '--as', 'writer']]])(
    'is 2 after %j, with the usage',
    async (args) => {
      const { code, asked, err } = await run(args, []);
      expect([code, asked]).toEqual([2, []]);
      expect(err).toContain('npm run replay -- --logs <folder>');
    },
  );
});

it('hands the folder and the storage on', async () => {
  const { asked } = await run(['--logs', 'folder', '--storage', 'sqlite:file'], []);
  expect(asked).toEqual([{ logs: 'folder', storage: 'sqlite:file', onProgress: expect.any(Function) }]);
});

it('replays messages to a reader when asked to', async () => {
  const { asked, askedAsReader, out } = await run(['--logs', 'folder', '--as', 'reader'], [report('a.log')]);
  expect([asked.length, askedAsReader.length]).toEqual([0, 1]);
  expect(out).toMatch(/^file +people +messages /);
});

it('the table has a row a file and one for all, in which everybody counts once', async () => {
  const other = report('2015-01-20.log', { userIDs: ['bob', 'eve', 'joe'], writes: 20, seconds: 0.5 });
  const { out } = await run(['--logs', 'folder'], [report('a.log'), other]);
  expect(out.split('\n')).toEqual([
    'file            people  increases  seconds  mismatches',
    '──────────────  ──────  ─────────  ───────  ──────────',
    'a.log                2       1000      1.3           0',
    '2015-01-20.log       3         20      0.5           0',
    '──────────────  ──────  ─────────  ───────  ──────────',
    '2 files              4       1020      1.8           0',
    '',
  ]);
});

it('names the first mismatches only, and says how many there are', async () => {
  const mismatch = { file: 'a.log', what: 'words in the server', expected: 0, actual: 1 };
  const mismatches = Array.from({ length: 50 }, () => mismatch);
  const { out, err } = await run(['--logs', 'folder'], [report('a.log', { mismatches })]);
  expect(out).toMatch(/^1 files .* 50$/m);
  expect(err.trim().split('\n')).toHaveLength(21);
  expect(err).toMatch(/and 30 more\n$/);
});

it('the bar is for terminals alone', async () => {
  expect((await run(['--logs', 'folder'], [])).err).toBe('');
  expect((await run(['--logs', 'folder'], [], paper(true))).err).toContain('█░');
});
