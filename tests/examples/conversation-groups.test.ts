/** The samples of the guide: that they are the guide's own words, and what comes of them on both devices. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runsExample } from './example-run.ts';
import { sampleBlocks } from './sample-blocks.ts';

const EXAMPLE = new URL('../../examples/conversation-groups/index.js', import.meta.url);
/** The guide itself is no part of the project; whoever has it keeps it beside the checkout. */
const GUIDE = new URL('../../../shared/seeds/004_80d0ee0742ccbfd0.txt', import.meta.url);
/** Of the samples' lines, joined by newlines. */
const SAMPLES_SHA256 = 'c16c4ff5fc15067446990e058fb3d26acefb72484c989443e28608a4866bac0c';
/** The guide's sample of the list of conversation groups declares `promise` twice: it is two blocks here. */
const BLOCKS = 9;

const { printed, warned } = runsExample(EXAMPLE, { limits: 'on' });

/** The lines after each heading "Sample" that are indented as the page is, without the stray commas. */
function samplesOfGuide(text: string): string[] {
  const lines: string[] = [];
  let isSample = false;
  for (const line of text.split('\n')) {
    if (line.trim() === 'Sample') isSample = true;
    else if (!line.startsWith('    ') || line.trim() === 'Contact Us') isSample = false;
    else if (isSample) lines.push(line.slice(4).replace('],,', '],').trimEnd());
  }
  // What is empty at the end of a sample belongs to the page around it.
  return lines.filter((line, at) => line !== '' || /^\/\//.test(lines[at + 1] ?? ''));
}

describe('the samples of the guide', () => {
  it('stand in the example word for word', () => {
    const own = sampleBlocks(EXAMPLE);
    expect(own).toHaveLength(BLOCKS);
    expect(createHash('sha256').update(own.flat().join('\n')).digest('hex')).toBe(SAMPLES_SHA256);
    if (existsSync(GUIDE)) expect(own.flat()).toEqual(samplesOfGuide(readFileSync(GUIDE, 'utf8')));
  });
});

describe('their outcome', () => {
  const words = () => printed.map(([word]) => word);
  const results = () => words().filter((word) => !String(word).startsWith('the second device'));
  const seen = () =>
    words()
      .map(String)
      .filter((word) => word.startsWith('the second device'));
  const both = { successConversationIDList: ['GROUPtest', 'C2Cexample'], failureConversationIDList: [] };

  it('[CG5] [CG11] creating, adding and removing resolve with both conversations', () => {
    expect([results()[0], results()[3], results()[4]]).toEqual([both, both, both]);
  });

  it('[CG10] the list has the new name after the renaming', () => {
    expect(results()[1]).toEqual(['Suppliers_new']);
  });

  it('[CG12] the conversations of a conversation group are those that were put into it', () => {
    expect(results()[2]).toBe('C2Cexample');
  });

  it('[CG13] the second device hears of each change, and of what is in a conversation group', () => {
    expect(seen()).toEqual(
      [
        // What a login shows first (US4).
        'has none',
        'has Suppliers',
        'has none',
        'has Suppliers_old',
        'has Suppliers_new',
        'has Suppliers_new Suppliers',
        'has Suppliers_new Suppliers',
        'has in Suppliers_new: C2Cexample GROUPtest',
        'has Suppliers_new Suppliers',
        'has in Suppliers_new: ',
        'has Suppliers_new Suppliers Customers',
        'has Suppliers_new Suppliers Customers',
        'has in Customers: C2Cexample',
      ].map((words) => `the second device ${words}`),
    );
  });

  it('is without a failure', () => {
    expect(warned).toEqual([]);
  });
});
