/** What does it take to have a thousand conversations in twenty conversation groups, and to edit them? */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandInput, CommandName } from '@muster/protocol';
import { signUserSig } from '@muster/tencent';
import { BENCH_APP } from './load/app.ts';
import { type FolderReport, READER } from './load/folder-reader-report.ts';
import { ServerProcess } from './servers/server-process.ts';
import { openStorages } from './targets.ts';

export interface FoldersOptions {
  engines: readonly ('sqlite' | 'postgres')[];
  conversations: number;
  conversationGroups: number;
  /** How many messages the reader is sent, over all conversations. */
  messages: number;
  progress?(what: string): void;
}

export interface FoldersResult extends FolderReport {
  engine: string;
  /** Sent over HTTP by one process, and received by the reader's device. */
  messagesPerSecond: number;
}

const AT_ONCE = 16;
const PEER = 'peer';

export async function benchFolders(options: FoldersOptions): Promise<FoldersResult[]> {
  const storages = await openStorages();
  const results: FoldersResult[] = [];
  try {
    for (const engine of options.engines) {
      options.progress?.(`folders on ${engine}`);
      const server = await ServerProcess.start({ kind: 'muster', storage: await storages.fresh(engine) });
      try {
        results.push({ engine, ...(await read(server.url, await fill(server.url, options), options)) });
      } finally {
        await server.stop();
      }
    }
    return results;
  } finally {
    await storages.remove();
  }
}

/** Half of the conversations are groups, half are with other people; each has a message. */
async function fill(url: string, { conversations, conversationGroups }: FoldersOptions): Promise<string[]> {
  const ids = Array.from({ length: conversations }, (_, at) =>
    at % 2 === 0 ? `GROUPg${at}` : `C2C${PEER}${at}`,
  );
  await post(url, READER, 'getGroupList', {});
  await inTurns(ids, async (conversationID, at) => {
    const payload = { text: `the first message of ${conversationID}` };
    const message = { type: 'TIMTextElem', payload, random: at, clientTime: 1 } as const;
    if (at % 2 === 1) {
      await post(url, `${PEER}${at}`, 'sendMessage', { conversationID: `C2C${READER}`, ...message });
      return;
    }
    await post(url, READER, 'createGroup', { type: 'Public', groupID: `g${at}`, name: `group ${at}` });
    await post(url, READER, 'sendMessage', { conversationID, ...message });
  });
  const each = Math.ceil(ids.length / conversationGroups);
  for (let at = 0; at < conversationGroups; at += 1) {
    const conversationIDList = ids.slice(at * each, (at + 1) * each);
    await post(url, READER, 'createConversationGroup', { groupName: `folder ${at}`, conversationIDList });
  }
  return ids;
}

async function read(
  url: string,
  ids: readonly string[],
  { messages }: FoldersOptions,
): Promise<FolderReport & { messagesPerSecond: number }> {
  const [conversationID = ''] = ids;
  const script = fileURLToPath(new URL('./load/folder-reader.ts', import.meta.url));
  const groupID = conversationID.slice('GROUP'.length);
  const child = fork(script, [url, 'folder 0', conversationID, groupID, String(messages)], {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The reader's process ended with ${code} and no report.`);
  });
  await Promise.race([once(child, 'message'), ended]);
  const begun = performance.now();
  const reported = once(child, 'message');
  await stream(url, ids, messages);
  const [report] = (await Promise.race([reported, ended])) as [FolderReport];
  const seconds = (performance.now() - begun) / 1_000;
  await ended.catch(() => undefined);
  return { ...report, messagesPerSecond: messages / seconds };
}

/** Messages to the reader from other people, in turn. */
async function stream(url: string, ids: readonly string[], count: number): Promise<void> {
  const peers = ids.flatMap((_, at) => (at % 2 === 1 ? [`${PEER}${at}`] : []));
  const turns = Array.from({ length: count }, (_, at) => peers[at % peers.length] ?? '');
  await inTurns(turns, async (peer, at) => {
    const payload = { text: `message ${at}` };
    const message = { type: 'TIMTextElem', payload, random: at, clientTime: 1 } as const;
    await post(url, peer, 'sendMessage', { conversationID: `C2C${READER}`, ...message });
  });
}

async function inTurns<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      await work(items[at] as Item, at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function post<Name extends CommandName>(
  url: string,
  userID: string,
  command: Name,
  input: CommandInput<Name>,
): Promise<void> {
  const { SDKAppID, secretKey } = BENCH_APP;
  const userSig = signUserSig({ SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() });
  const response = await fetch(`${url.replace('ws', 'http')}/v1/commands/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${userSig}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${command} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
