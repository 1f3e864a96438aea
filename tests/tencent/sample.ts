/** A sample of a guide, run with the original SDK as its own reader would run it. */
import type { Chat } from './scripted-calls.ts';

type Sample = (...named: unknown[]) => Promise<unknown>;

const AsyncFunction = (async () => undefined).constructor as new (...source: string[]) => Sample;

/**
 * Gives what the sample's `promise` gives, if it has one. The guides call the SDK `chat` as well as `tim`; what the
 * sample prints or warns of is told.
 */
export function runSample(
  { chat, SDK, tell }: { chat: Chat; SDK: object; tell: (how: string, words: unknown[]) => void },
  code: string,
): Promise<unknown> {
  const end = code.includes('let promise') ? 'return promise;' : '';
  const run = new AsyncFunction('chat', 'tim', 'TencentCloudChat', 'console', `${code}\n${end}`);
  const console = {
    log: (...words: unknown[]) => tell('PRINTED', words),
    warn: (...words: unknown[]) => tell('WARNED', words),
  };
  return run(chat, chat, SDK, console);
}
