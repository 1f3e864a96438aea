/** What is shown: a bar while it runs, on a terminal only, and a table at the end. */
import type { FileReport } from './run.ts';

const BAR_CHARACTERS = 30;
const REDRAW_MS = 100;
const MISMATCHES_SHOWN = 20;

export interface Bar {
  /** `done` is from 0 to 1. */
  show(done: number, words: string): void;
  clear(): void;
}

/** What stdout and stderr have in common with what a test puts in their place. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

export function barOn(terminal: Output): Bar {
  if (!terminal.isTTY) return { show: () => {}, clear: () => {} };
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    show(done, words) {
      if (performance.now() - drawn < REDRAW_MS) return;
      drawn = performance.now();
      const full = Math.round(done * BAR_CHARACTERS);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_CHARACTERS - full);
      terminal.write(`\r\x1b[K${bar} ${Math.floor(done * 100)} %  ${words}`);
    },
    clear: () => terminal.write('\r\x1b[K'),
  };
}

/** What was written, in the words of a heading. */
export type Writes = 'increases' | 'messages';

/** A row a file and one for all. Somebody who is in several files counts once in the last. */
export function table(reports: readonly FileReport[], writes: Writes): string {
  const headings = ['file', 'people', writes, 'seconds', 'mismatches'];
  const row = (file: string, people: number, all: readonly FileReport[]): string[] => [
    file,
    String(people),
    String(sum(all, ({ writes }) => writes)),
    sum(all, ({ seconds }) => seconds).toFixed(1),
    String(sum(all, ({ mismatches }) => mismatches.length)),
  ];
  const everybody = new Set(reports.flatMap(({ userIDs }) => userIDs));
  const rows = reports.map((report) => row(report.file, report.userIDs.length, [report]));
  const total = row(`${reports.length} files`, everybody.size, reports);
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...rows, total].map((cells) => cells[column]?.length ?? 0)),
  );
  const print = (cells: string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [print(headings), rule, ...rows.map(print), rule, print(total)].join('\n');
}

/** The first mismatches in words; nothing when there are none. */
export function mismatchList(reports: readonly FileReport[]): string[] {
  const all = reports.flatMap(({ mismatches }) => mismatches);
  const lines = all
    .slice(0, MISMATCHES_SHOWN)
    .map(({ file, what, expected, actual }) => `${file}: ${what}: expected ${expected}, found ${actual}`);
  return all.length > lines.length ? [...lines, `and ${all.length - lines.length} more`] : lines;
}

function sum(reports: readonly FileReport[], of: (report: FileReport) => number): number {
  return reports.reduce((total, report) => total + of(report), 0);
}
