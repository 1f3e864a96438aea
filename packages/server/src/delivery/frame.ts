import type { ServerFrame } from '@muster/protocol';

/**
 * A frame that is written once and sent to many: its text, for joining with others, and its bytes, for going alone.
 */
export interface SharedFrame {
  readonly text: string;
  readonly bytes: Buffer;
}

export function shareFrame(frame: ServerFrame): SharedFrame {
  const text = JSON.stringify(frame);
  return { text, bytes: Buffer.from(text) };
}
