import type { ServerFrame } from '@muster/protocol';

/**
 * A frame that is written once and sent to many: its text, for joining with others, and its bytes, for going alone.
 * A door that speaks another language reads the frame itself.
 */
export interface SharedFrame {
  readonly frame: ServerFrame;
  readonly text: string;
  readonly bytes: Buffer;
}

/** Feeds remember their last frames, and a buffer out of Node's pool would keep 64 KiB alive for each of them. */
export function shareFrame(frame: ServerFrame): SharedFrame {
  const text = JSON.stringify(frame);
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return { frame, text, bytes };
}
