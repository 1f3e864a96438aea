/** `create` and the registry of instances, which all copies of this package on a page share (US8). */

import { plainObject } from './arguments.ts';
import { type ChatSettings, createChat } from './chat.ts';
import { invalidArgument } from './errors.ts';
import { createLog } from './log.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import type { ChatSDK, CreateOptions } from './types/chat-sdk.ts';

interface Entry {
  chat: ChatSDK;
  SDKAppID: number;
  proxyServer: string;
  instance: string;
  options: Partial<Record<string, unknown>>;
}

const REGISTRY = Symbol.for('muster.chat');
const PATH = '/ws';
/** Options that make an instance what it is; the others are known to the original, or to nobody. */
const OWN = ['SDKAppID', 'proxyServer', 'instance', 'counterValues', 'unlimitedAVChatRoom'];

const log = createLog();

function registry(): Set<Entry> {
  const shared = globalThis as { [REGISTRY]?: Set<Entry> };
  shared[REGISTRY] ??= new Set();
  return shared[REGISTRY];
}

export function create(given: CreateOptions, around: Surroundings = realSurroundings): ChatSDK {
  plainObject(given, 'create: the options');
  const SDKAppID = appIDOf(given.SDKAppID);
  const proxyServer = given.proxyServer ? addressOf(given.proxyServer) : undefined;
  const instance = given.instance ?? '';
  if (!['bigint', 'exact', undefined].includes(given.counterValues)) {
    throw invalidArgument("create: counterValues must be 'bigint', 'exact' or left out");
  }
  const known = [...registry()].filter(
    (entry) =>
      entry.SDKAppID === SDKAppID &&
      entry.instance === instance &&
      entry.proxyServer === (proxyServer ?? entry.proxyServer),
  );
  // Which one of several is meant, only the address can tell.
  if (known[0] && known.length === 1) return again(known[0], given);
  if (proxyServer === undefined) throw missingServer(SDKAppID);
  return make({ SDKAppID, proxyServer, instance, options: { ...given } }, given, around);
}

function make(entry: Omit<Entry, 'chat'>, given: CreateOptions, around: Surroundings): ChatSDK {
  for (const name of Object.keys(given)) {
    if (!OWN.includes(name)) log.warn(`create: the option '${name}' is not known and is ignored`);
  }
  const settings: ChatSettings = {
    SDKAppID: entry.SDKAppID,
    url: entry.proxyServer + PATH,
    counterValues: given.counterValues,
    unlimitedAVChatRoom: given.unlimitedAVChatRoom === true,
    onDestroy: () => registry().delete(registered),
  };
  const registered: Entry = { ...entry, chat: createChat(settings, around) };
  registry().add(registered);
  return registered.chat;
}

/** The instance is what it was made to be. */
function again({ chat, options }: Entry, given: CreateOptions): ChatSDK {
  if (given.counterValues !== options.counterValues) {
    throw invalidArgument(`create: this instance was made with counterValues ${options.counterValues}`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (['SDKAppID', 'proxyServer', 'instance'].includes(name) || value === options[name]) continue;
    log.warn(`create: the instance exists, so the option '${name}' changes nothing`);
  }
  return chat;
}

function appIDOf(given: unknown): number {
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (Number.isSafeInteger(number) && (number as number) > 0) return number as number;
  throw invalidArgument('create: SDKAppID must be a positive integer');
}

/** One spelling of an address: the scheme of a socket, and no slash at the end. */
function addressOf(given: unknown): string {
  const address = String(given).trim().replace(/^http/i, 'ws').replace(/\/+$/, '');
  if (typeof given === 'string' && /^wss?:\/\/[^/]/i.test(address)) return address;
  throw invalidArgument("create: proxyServer must be an address such as 'ws://127.0.0.1:8080'");
}

function missingServer(SDKAppID: number): Error {
  const line = `MusterChat.create({ SDKAppID: ${SDKAppID}, proxyServer: 'ws://127.0.0.1:8080' })`;
  return invalidArgument(`create: proxyServer, the address of your server, is missing. Write: ${line}`);
}
