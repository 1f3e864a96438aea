/** The samples of the guide: that they are the guide's own words, and what comes of them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runsExample } from './example-run.ts';
import { sampleBlocks } from './sample-blocks.ts';

const EXAMPLE = new URL('../../examples/group-counters/index.js', import.meta.url);
/** The guide itself is no part of the project; whoever has it keeps it beside the checkout. */
const GUIDE = new URL('../../../shared/seeds/000_77d92b0d5378320d.txt', import.meta.url);
/** Of the samples' lines, joined by newlines. */
const SAMPLES_SHA256 = 'fc80fb7e1a8f031d9cdbec6b157bc8d697ea98a81ab38ca180ba8b52d1b3975a';
const SAMPLES = 6;

// Without a tick every change is an event of its own.
const { printed, warned } = runsExample(EXAMPLE, { tickMs: 0, limits: 'on' });

/** The lines from each heading "Sample" to the next empty one, without the indentation of the page. */
function samplesOfGuide(text: string): string[] {
  const lines: string[] = [];
  let isSample = false;
  for (const line of text.split('\n')) {
    if (line.trim() === 'Sample') isSample = true;
    else if (line.trim() === '') isSample = false;
    else if (isSample) lines.push(line.replace(/^ {4}/, ''));
  }
  return lines;
}

describe('the samples of the guide', () => {
  it('stand in the example word for word', () => {
    const own = sampleBlocks(EXAMPLE);
    expect(own).toHaveLength(SAMPLES);
    expect(createHash('sha256').update(own.flat().join('\n')).digest('hex')).toBe(SAMPLES_SHA256);
    if (existsSync(GUIDE)) expect(own.flat()).toEqual(samplesOfGuide(readFileSync(GUIDE, 'utf8')));
  });
});

describe('their outcome', () => {
  const results = () => printed.map(([first]) => first).filter((first) => typeof first === 'object');
  const seen = () => printed.map(([first]) => first).filter((first) => typeof first === 'string');
  const changed = (value: number) => ({
    groupID: 'group1',
    key: 'key1',
    value,
    counters: { key1: value },
    version: expect.any(Number),
  });

  it('[GC6] setting resolves with the values that were set', () => {
    expect(results()[0]).toEqual({ key1: 0, key2: 0 });
  });

  it('[GC7] an increase by 2 makes 8 to 10, and a decrease by 2 makes 8 to 6', () => {
    expect(results().slice(1, 3)).toEqual([changed(10), changed(6)]);
  });

  it('[GC8] getting resolves with the named counters, and with all', () => {
    expect(results().slice(3)).toEqual([
      { key1: 6, key2: 0 },
      { key1: 6, key2: 0 },
    ]);
  });

  it('[GC11] each change raises the event at another member, once per key', () => {
    const values = [
      'key1 at 0',
      'key2 at 0',
      'key1 at 8',
      'key1 at 10',
      'key1 at 8',
      'key1 at 6',
      'key2 at 1',
    ];
    expect(seen()).toEqual(values.map((value) => `the viewer sees ${value}`));
  });

  it('is without a failure', () => {
    expect(warned).toEqual([]);
  });
});
