/** Our frames in the words of the original SDK's sockets. */
import { isSameForAll, type PushReader, pushOf } from '@muster/tencent';
import type { SharedFrame } from '../../delivery/frame.ts';
import type { Speech } from '../../delivery/speech.ts';

/** What many are told in the same words, said once. */
const said = new WeakMap<SharedFrame, { message: Buffer | undefined }>();

/**
 * `reader` is whom the connection belongs to; undefined before the login, when there is nobody to tell anything.
 * `onMark` hears of a mark before the client is asked for it.
 */
export function tencentSpeech(reader: () => PushReader | undefined, onMark: (mark: number) => void): Speech {
  const shared = (frame: SharedFrame): Buffer | undefined => {
    const known = said.get(frame);
    if (known) return known.message;
    const who = reader();
    if (!who) return undefined;
    const text = pushOf(frame.frame, who);
    const message = text === undefined ? undefined : Buffer.from(text);
    if (isSameForAll(frame.frame)) said.set(frame, { message });
    return message;
  };
  return {
    textOf: (frame) => {
      if ('mark' in frame) onMark(frame.mark);
      const who = reader();
      return who && pushOf(frame, who);
    },
    messagesOf: (pieces) =>
      pieces.flatMap((piece) => (typeof piece === 'string' ? piece : (shared(piece) ?? []))),
  };
}
