/** Two counts of the same, with no code in common: each is the test of the other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Amounts, KEYS, measure } from '../measure.ts';
import { amountsOf } from '../member.ts';
import { parseLog } from '../parse.ts';
import { plainCount } from '../plain-count.ts';

function measured(bytes: Uint8Array): Amounts {
  const amounts = parseLog(bytes).map(({ text }) => measure(text));
  return amountsOf((key) => amounts.reduce((sum, amount) => sum + amount[key], 0));
}

describe('what a message holds', () => {
  const cases: [string, Partial<Amounts>][] = [
    ['', {}],
    [' \t ', {}],
    ['one two\tthree', { words: 3 }],
    ['see http://a.example/b?c and WWW.example.org', { words: 4, links: 2 }],
    ['why? really?? (no?)', { words: 3, questions: 2 }],
    ['Thanks! thx, TY thank you', { words: 5, thanks: 4 }],
    ['thankful party thanks-a-lot', { words: 3 }],
    ['http://a.example/?', { words: 1, links: 1, questions: 1 }],
    ['a\u00a0b\u2003c', { words: 1 }],
  ];

  it.each(cases)('%j', (text, expected) => {
    const amounts = { lines: 1, words: 0, links: 0, questions: 0, thanks: 0, ...expected };
    expect(measure(text)).toEqual(amounts);
    expect(plainCount(Buffer.from(`[00:01] <ann> ${text}`))).toEqual(amounts);
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    ' ',
    '\t',
    '\n',
    '\r\n',
    '?',
    'thanks',
    'ThX',
    'ty',
    '!',
    '://',
    'www.',
    'http://',
    'word',
    ':',
    '-',
  ),
  fc.constantFrom(
    '[00:01] <',
    '> ',
    '[12:34]  * ',
    '[23:59] -',
    ':#c- ',
    '=== ',
    'nick',
    '\ufeff',
    'ü',
    '\u0002',
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
);
const line = fc
  .tuple(
    fc.constantFrom(
      '[00:01] <nick> ',
      '[12:34]  * nick ',
      '[23:59] -nick:#chat- ',
      '=== nick ',
      '[00:00] <',
      '',
    ),
    fc.array(piece, { maxLength: 12 }),
    fc.constantFrom<BufferEncoding>('utf8', 'latin1'),
  )
  .map(([head, pieces, encoding]) => Buffer.from(`${head}${pieces.join('')}\n`, encoding));

it('the plain count of any bytes is what parsing and measuring give', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const bytes = Buffer.concat(lines);
      expect(plainCount(bytes)).toEqual(measured(bytes));
    }),
    { numRuns: 500 },
  );
});

it('the keys of both are the same', () => {
  expect(Object.keys(plainCount(new Uint8Array()))).toEqual([...KEYS]);
});
