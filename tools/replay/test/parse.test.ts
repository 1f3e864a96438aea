import { describe, expect, it } from 'vitest';
import { authorsOf, type Message, parseLog } from '../parse.ts';

const parse = (text: string, encoding: BufferEncoding = 'utf8'): Message[] =>
  parseLog(Buffer.from(text, encoding));

describe('what is a message', () => {
  it('is something said, done or noticed', () => {
    const log = '[00:01] <ann> hi there\n[23:59]  * bob waves\n[05:12] -bot-1:#chat- a - b\n';
    expect(parse(log)).toEqual([
      { author: 'ann', text: 'hi there' },
      { author: 'bob', text: 'waves' },
      { author: 'bot-1', text: 'a - b' },
    ]);
  });

  it('is no join, leave or change of nick, whatever stands in it', () => {
    expect(parse('=== ann [~a@host] has joined #chat\n=== ann is now known as [00:01] <bob> hi\n')).toEqual(
      [],
    );
  });

  it('is nothing that only looks like one', () => {
    const lines = ['', 'hi', '[0:01] <ann> hi', '[00:01]<ann> hi', '[00:01] ann hi', '[00:01] * ann waves'];
    expect(parse(lines.join('\n'))).toEqual([]);
  });

  it('may be empty, and may end without a newline or with a return', () => {
    const texts = parse('[00:01] <ann> \n[00:01] <ann>\n[00:01] <ann> a\r\n[00:01] <ann> b').map(
      ({ text }) => text,
    );
    expect(texts).toEqual(['', '', 'a', 'b']);
  });
});

describe('what is in it', () => {
  it('keeps odd nicks as they are', () => {
    const log = '[00:01] <Cal[] John> hi\n[00:01] <[x] > hi\n[00:01] <a\u0002b> hi\n[00:01] <> hi\n';
    expect(authorsOf(parse(log))).toEqual(['Cal[] John', '[x] ', 'a\u0002b', '']);
  });

  it('names each author once, in the order of their first lines', () => {
    const log = '[00:01] <b> 1\n[00:01] <a> 2\n[00:02] <b> 3\n';
    expect(authorsOf(parse(log))).toEqual(['b', 'a']);
  });

  it('reads each line in the encoding it has', () => {
    const log = Buffer.concat([
      Buffer.from('[00:01] <ann> grüß dich\n'),
      Buffer.from('[00:01] <bob> grüß dich\n', 'latin1'),
    ]);
    expect(parseLog(log).map(({ text }) => text)).toEqual(['grüß dich', 'grüß dich']);
  });

  it('keeps control characters, and separators that are no newline', () => {
    const text = 'a\u0002b\u2028c\u0085d\u001ce\u000bf';
    expect(parse(`[00:01] <ann> ${text}\n`)).toEqual([{ author: 'ann', text }]);
  });

  it('leaves out the mark at the beginning of a file, and keeps it elsewhere', () => {
    expect(parse('\ufeff[00:01] <ann> \ufeffhi\n')).toEqual([{ author: 'ann', text: '\ufeffhi' }]);
  });
});
