/**
 * A user's two devices, in a process of their own: what it takes to have many conversations in conversation groups.
 * Started with the server's address; sends one report and ends.
 */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { signUserSig } from '@muster/tencent';
import { BENCH_APP } from './app.ts';
import { type FolderReport, READER } from './folder-reader-report.ts';

const LOGINS = 5;
const FILTERS = 2_000;
const EDITS = 200;

const [url = '', groupName = '', conversationID = '', groupID = '', messageCount = ''] =
  process.argv.slice(2);
const { SDKAppID, secretKey } = BENCH_APP;
const traffic = { sent: 0, receivedBytes: 0 };

/** Counts what goes over the connections of this process. */
class CountedSocket extends WebSocket {
  constructor(address: string | URL) {
    super(address);
    this.addEventListener('message', ({ data }) => {
      traffic.receivedBytes += Buffer.byteLength(String(data));
    });
  }

  override send(data: Parameters<WebSocket['send']>[0]): void {
    traffic.sent += 1;
    super.send(data);
  }
}
globalThis.WebSocket = CountedSocket;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

async function timed(times: number, work: (time: number) => unknown): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await work(time);
    taken.push(performance.now() - begun);
  }
  return median(taken);
}

async function logIn(instance: string): Promise<ChatSDK> {
  const chat = MusterChat.create({ SDKAppID, proxyServer: url, instance });
  chat.setLogLevel(4);
  const ready = new Promise((resolve) => chat.once(MusterChat.EVENT.SDK_READY, resolve));
  const parts = { SDKAppID, secretKey, userID: READER, expireSeconds: 3_600, now: Date.now() };
  await chat.login({ userID: READER, userSig: signUserSig(parts) });
  await ready;
  return chat;
}

const loginMs = await timed(LOGINS, async (time) => (await logIn(`login-${time}`)).destroy());
const other = await logIn('other');
const before = heap();
const chat = await logIn('one');
const heapBytes = heap() - before;

const inMemory = () => chat.getConversationList({ groupName });
const filterMicroseconds = 1_000 * (await timed(FILTERS, inMemory));

const edit = (time: number) =>
  time % 2 === 0
    ? chat.deleteConversationsFromGroup({ groupName, conversationIDList: [conversationID] })
    : chat.addConversationsToGroup({ groupName, conversationIDList: [conversationID] });
const heard: number[] = [];
other.on(MusterChat.EVENT.CONVERSATION_IN_GROUP_UPDATED, () => heard.push(performance.now()));
const sentBefore = traffic.sent;
const bytesBefore = traffic.receivedBytes;
const begun: number[] = [];
const editMs = await timed(EDITS, (time) => {
  begun.push(performance.now());
  return edit(time);
});
while (heard.length < EDITS) await new Promise((resolve) => setTimeout(resolve, 1));
const editMessages = (traffic.sent - sentBefore) / EDITS;
// Half of what came is the editing device's own: the same event, and an answer.
const eventBytes = (traffic.receivedBytes - bytesBefore) / EDITS / 2;
const increaseMs = await timed(EDITS, () => chat.increaseGroupCounter({ groupID, key: 'likes', value: 1 }));
const { data } = await chat.getConversationList();

// The other process sends messages now.
let messages = 0;
chat.on(MusterChat.EVENT.MESSAGE_RECEIVED, (event) => {
  messages += event.data.length;
});
process.send?.('streaming');
while (messages < Number(messageCount)) await new Promise((resolve) => setTimeout(resolve, 5));
const streamedHeapBytes = heap() - before;

const report: FolderReport = {
  loginMs,
  filterMicroseconds,
  editMs,
  increaseMs,
  eventMs: median(heard.map((at, index) => at - (begun[index] ?? at))),
  editMessages,
  eventBytes,
  conversations: data.conversationList.length,
  heapBytes,
  streamedHeapBytes,
};
process.send?.(report);
await Promise.all([chat.destroy(), other.destroy()]);
process.disconnect();
