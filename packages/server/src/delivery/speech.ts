/**
 * What the frames of an outbox are on its wire. Ours says a frame as it is, and everything that waits in one message; a
 * door for somebody else's clients translates.
 */
import type { ServerFrame } from '@muster/protocol';
import type { SharedFrame } from './frame.ts';

/** What waits in an outbox: a text that is ready for its wire, or a frame that many share. */
export type Piece = string | SharedFrame;

export interface Speech {
  /** A frame for this device alone, as text for the wire; undefined when the door has no word for it. */
  textOf(frame: ServerFrame): string | undefined;
  /** The messages that carry these pieces, in their order. */
  messagesOf(pieces: readonly Piece[]): readonly (string | Buffer)[];
}

export const OWN_SPEECH: Speech = {
  textOf: (frame) => JSON.stringify(frame),
  messagesOf: (pieces) => [joined(pieces)],
};

function joined(pieces: readonly Piece[]): string | Buffer {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return typeof only === 'string' ? only : only.bytes;
  let text = '[';
  for (const piece of pieces)
    text += `${text.length > 1 ? ',' : ''}${typeof piece === 'string' ? piece : piece.text}`;
  return `${text}]`;
}
