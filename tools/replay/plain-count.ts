/**
 * What a log holds, counted once more and without a word of parse.ts or measure.ts: byte by byte, with neither
 * decoding nor patterns. What the replay's counters are held against must not share its faults.
 */
import type { Amounts } from './measure.ts';

const byte = (character: string): number => character.charCodeAt(0);
const SPACE = byte(' ');
const TAB = byte('\t');
const RETURN = byte('\r');
const NEWLINE = byte('\n');
const ZERO = byte('0');
const NINE = byte('9');

/** `[HH:MM] ` takes so many bytes. */
const CLOCK_BYTES = 8;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const THANKS = new Set(['thanks', 'thank', 'thx', 'ty']);
const CLOSING = new Set([...'!.,:;)'].map(byte));

export function plainCount(bytes: Uint8Array): Amounts {
  const sum: Amounts = { lines: 0, words: 0, links: 0, questions: 0, thanks: 0 };
  let start = BYTE_ORDER_MARK.every((mark, index) => bytes[index] === mark) ? BYTE_ORDER_MARK.length : 0;
  while (start < bytes.length) {
    let end = start;
    while (end < bytes.length && bytes[end] !== NEWLINE) end += 1;
    countLine(bytes.subarray(start, bytes[end - 1] === RETURN ? Math.max(start, end - 1) : end), sum);
    start = end + 1;
  }
  return sum;
}

function countLine(line: Uint8Array, sum: Amounts): void {
  const from = textStart(line);
  if (from === undefined) return;
  sum.lines += 1;
  let start = from;
  for (let at = from; at <= line.length; at += 1) {
    if (at < line.length && line[at] !== SPACE && line[at] !== TAB) continue;
    if (at > start) countWord(line.subarray(start, at), sum);
    start = at + 1;
  }
}

/** Where the text of a message begins, or undefined in a line that is none. */
function textStart(line: Uint8Array): number | undefined {
  if (!hasClock(line)) return undefined;
  const mark = String.fromCharCode(line[CLOCK_BYTES] ?? 0);
  if (mark === '<') return after(line, byte('>'), CLOCK_BYTES + 1);
  if (mark === '-') return afterNotice(line);
  if (mark !== ' ' || line[CLOCK_BYTES + 1] !== byte('*') || line[CLOCK_BYTES + 2] !== SPACE)
    return undefined;
  const nick = CLOCK_BYTES + 3;
  if (nick >= line.length || line[nick] === SPACE) return undefined;
  return after(line, SPACE, nick) ?? line.length;
}

function hasClock(line: Uint8Array): boolean {
  const isDigit = (index: number): boolean => {
    const value = line[index] ?? 0;
    return value >= ZERO && value <= NINE;
  };
  const places: [number, string][] = [
    [0, '['],
    [3, ':'],
    [6, ']'],
    [7, ' '],
  ];
  return places.every(([index, mark]) => line[index] === byte(mark)) && [1, 2, 4, 5].every(isDigit);
}

/** `-nick:channel- text`: the first word holds a colon behind a nick, and ends with a dash behind it. */
function afterNotice(line: Uint8Array): number | undefined {
  const space = line.indexOf(SPACE, CLOCK_BYTES);
  const end = space === -1 ? line.length : space;
  const colon = line.indexOf(byte(':'), CLOCK_BYTES);
  if (colon <= CLOCK_BYTES + 1 || colon >= end) return undefined;
  const dash = line.subarray(0, end).lastIndexOf(byte('-'));
  return dash > colon ? dash + 1 : undefined;
}

function after(line: Uint8Array, mark: number, from: number): number | undefined {
  const index = line.indexOf(mark, from);
  return index === -1 ? undefined : index + 1;
}

function countWord(word: Uint8Array, sum: Amounts): void {
  sum.words += 1;
  if (word.at(-1) === byte('?')) sum.questions += 1;
  let end = word.length;
  while (end > 0 && CLOSING.has(word[end - 1] ?? 0)) end -= 1;
  if (THANKS.has(lowerCase(word.subarray(0, end)))) sum.thanks += 1;
  const whole = lowerCase(word);
  if (whole.startsWith('www.') || whole.includes('://')) sum.links += 1;
}

/** As text of one character a byte; only A to Z change. */
function lowerCase(word: Uint8Array): string {
  const isUpper = (value: number): boolean => value >= byte('A') && value <= byte('Z');
  return Array.from(word, (value) =>
    String.fromCharCode(isUpper(value) ? value + byte('a') - byte('A') : value),
  ).join('');
}
