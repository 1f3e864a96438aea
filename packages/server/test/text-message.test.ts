import type { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { sharedMessage, textMessage } from '../src/doors/text-message.ts';

// The types of `ws` leave it out.
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

/** What the reader of `ws` makes of bytes that a server has sent. */
function read(bytes: Buffer): Promise<string[]> {
  const receiver = new Receiver({ isServer: false });
  const texts: string[] = [];
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    texts.push(isBinary ? 'binary' : data.toString()),
  );
  return new Promise((resolve, reject) => {
    receiver.on('error', reject);
    receiver.end(bytes, () => resolve(texts));
  });
}

describe('a message of text', () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
    'of %i bytes is read as it was written',
    async (length) => {
      const text = 'x'.repeat(length);
      expect(await read(textMessage(text))).toEqual([text]);
      expect(await read(sharedMessage(Buffer.from(text)))).toEqual([text]);
    },
  );

  it('may hold more bytes than characters', async () => {
    const text = '☂'.repeat(60);
    expect(await read(textMessage(text))).toEqual([text]);
  });

  it('ends where the next one begins', async () => {
    expect(await read(Buffer.concat([textMessage('one'), textMessage('two')]))).toEqual(['one', 'two']);
  });

  it('is made once for bytes that are shared', () => {
    const bytes = Buffer.from('{"event":"groupCounters"}');
    expect(sharedMessage(bytes)).toBe(sharedMessage(bytes));
    expect(sharedMessage(Buffer.from(bytes))).not.toBe(sharedMessage(bytes));
  });
});
