import { expect, it } from 'vitest';
import { blank } from '../blank.ts';

it.each([
  ['a line comment', 'a; // if {\nb', 'a;        \nb'],
  ['a block comment over lines', 'a /* {\n} */ b', 'a     \n     b'],
  ['both kinds of strings', `f('{', "}")`, `f(' ', " ")`],
  ['an escaped quote', String.raw`f('\'{') + g`, `f('   ') + g`],
  ['an unclosed string, up to its line', "it's\n{", "it' \n{"],
  ['a template around what it substitutes', '`{${a}}` + {}', '` ${a} ` + {}'],
  ['a template in a template', '`{${`{${ {} }{`}{`', '` ${` ${ {} } `} `'],
  ['a regular expression with a slash in a class', 'x = /[/{]"/g;', 'x = /     /g;'],
  ['a regular expression after return', 'return /{/', 'return / /'],
])('blanks %s', (_what, source, expected) => {
  expect(blank(source)).toBe(expected);
});

it.each([
  ['division', 'a / b / c'],
  ['division after a call', 'f() / g[0] / 2'],
  ['closing markup', '<p></p>'],
])('leaves %s', (_what, source) => {
  expect(blank(source)).toBe(source);
});
