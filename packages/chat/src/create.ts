/** `create` and the registry of instances, which all copies of this package on a page share (US8). */
import { anyText, type Check, oneOf, optional, refuse, take } from './arguments.ts';
import { createChat } from './chat.ts';
import { invalidArgument } from './errors.ts';
import { createLog } from './log.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import type { ChatSDK, CreateOptions } from './types/chat-sdk.ts';

interface Entry {
  chat: ChatSDK;
  SDKAppID: number;
  proxyServer: string;
  instance: string;
  options: Pick<CreateOptions, 'counterValues' | 'unlimitedAVChatRoom'>;
}

const REGISTRY = Symbol.for('muster.chat');
const PATH = '/ws';
const EXAMPLE = "'ws://127.0.0.1:8080'";

const log = createLog();

const appID: Check<number> = (value, name) => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) > 0
    ? (number as number)
    : refuse(name, 'a positive integer');
};

/** One spelling of an address: the scheme of a socket, and no slash at the end. */
const address: Check<string | undefined> = (value, name) => {
  if (!value) return undefined;
  const spelled = String(value).trim().replace(/^http/i, 'ws').replace(/\/+$/, '');
  return /^wss?:\/\/[^/]/i.test(spelled) ? spelled : refuse(name, 'an address');
};

/** Options that make an instance what it is; the others are known to the original, or to nobody. */
const OPTIONS = {
  SDKAppID: appID,
  proxyServer: address,
  instance: optional(anyText),
  counterValues: optional(oneOf('bigint', 'exact')),
  unlimitedAVChatRoom: optional(((value) => value === true) as Check<boolean>),
};

function registry(): Set<Entry> {
  const shared = globalThis as { [REGISTRY]?: Set<Entry> };
  shared[REGISTRY] ??= new Set();
  return shared[REGISTRY];
}

export function create(given: CreateOptions, around: Surroundings = realSurroundings): ChatSDK {
  const options = take('create', given, OPTIONS, log);
  const { SDKAppID, proxyServer, instance = '' } = options;
  const known = [...registry()].filter(
    (entry) =>
      entry.SDKAppID === SDKAppID &&
      entry.instance === instance &&
      entry.proxyServer === (proxyServer ?? entry.proxyServer),
  );
  // Which one of several is meant, only the address can tell.
  if (known[0] && known.length === 1) return again(known[0], options);
  if (!proxyServer) {
    const line = `MusterChat.create({ SDKAppID: ${SDKAppID}, proxyServer: ${EXAMPLE} })`;
    throw invalidArgument(`create: proxyServer is missing. Write: ${line}`);
  }
  const { counterValues, unlimitedAVChatRoom } = options;
  const chat = createChat(
    {
      SDKAppID,
      url: proxyServer + PATH,
      counterValues,
      unlimitedAVChatRoom: unlimitedAVChatRoom ?? false,
      onDestroy: () => registry().delete(entry),
    },
    around,
  );
  const entry: Entry = { chat, SDKAppID, proxyServer, instance, options };
  registry().add(entry);
  return chat;
}

/** The instance is what it was made to be. */
function again({ chat, options }: Entry, given: Entry['options']): ChatSDK {
  const { counterValues, unlimitedAVChatRoom } = options;
  if (given.counterValues !== counterValues)
    throw invalidArgument(`create: the instance has counterValues ${counterValues}`);
  if (![undefined, unlimitedAVChatRoom].includes(given.unlimitedAVChatRoom))
    log.warn('create: unlimitedAVChatRoom is ignored');
  return chat;
}
