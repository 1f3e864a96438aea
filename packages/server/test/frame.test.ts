import { expect, it } from 'vitest';
import { shareFrame } from '../src/delivery/frame.ts';

it('a frame has its text and the bytes of it', () => {
  const { text, bytes } = shareFrame({ event: 'kickedOut', type: 'multipleAccount' });
  expect(JSON.parse(text)).toEqual({ event: 'kickedOut', type: 'multipleAccount' });
  expect(bytes.toString()).toBe(text);
});

it('a frame that a feed remembers keeps nothing alive but its own bytes', () => {
  const { bytes } = shareFrame({ event: 'log', scope: 'user:grüß', seq: 1, events: [] });
  expect(bytes.buffer.byteLength).toBe(bytes.length);
});
