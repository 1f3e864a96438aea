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

export function shareFrame(frame: ServerFrame): SharedFrame {
  const text = JSON.stringify(frame);
  return { frame, text, bytes: bytesOf(text) };
}

/** The same of a frame that is text already; few ever look inside. */
export function shareText(text: string): SharedFrame {
  let frame: ServerFrame | undefined;
  return {
    get frame() {
      frame ??= JSON.parse(text) as ServerFrame;
      return frame;
    },
    text,
    bytes: bytesOf(text),
  };
}

/** Feeds remember their last frames, and a buffer out of Node's pool would keep 64 KiB alive for each of them. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
