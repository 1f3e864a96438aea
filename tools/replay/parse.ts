/**
 * The messages of a log of a chat channel, one line a message: `[HH:MM] <nick> text`, `[HH:MM]  * nick does something`,
 * and `[HH:MM] -nick:channel- text` for a notice. Joins, leaves and changes of nicks (`=== …`) are no messages.
 *
 * People's programs wrote what they liked: a line that is no UTF-8 is read as Windows-1252, which refuses nothing.
 */
export interface Message {
  author: string;
  text: string;
}

const SHAPES = [
  /^\[\d\d:\d\d\] <([^>]*)> ?(.*)$/s,
  /^\[\d\d:\d\d\] {2}\* ([^ ]+) ?(.*)$/s,
  /^\[\d\d:\d\d\] -([^ :]+):[^ ]*- ?(.*)$/s,
];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

export function parseLog(bytes: Uint8Array): Message[] {
  const isMarked =
    Buffer.from(bytes.subarray(0, BYTE_ORDER_MARK.length)).toString('latin1') === BYTE_ORDER_MARK;
  const lines = linesOf(isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
  return lines.map(decode).flatMap((line) => {
    const [, author, text] = SHAPES.map((shape) => shape.exec(line)).find((match) => match !== null) ?? [];
    return author === undefined || text === undefined ? [] : [{ author, text }];
  });
}

/** Every nick that says something, in the order of their first lines. */
export function authorsOf(messages: readonly Message[]): string[] {
  return [...new Set(messages.map(({ author }) => author))];
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function decode(line: Uint8Array): string {
  let text: string;
  try {
    text = utf8.decode(line);
  } catch {
    text = windows1252.decode(line);
  }
  return text.replace(/\r$/, '');
}
