/**
 * A live room: 200 viewers like and send gifts for some seconds. Then three numbers must be one for each counter: the
 * sum of the increases that were acknowledged, the value that is stored, and the value that every viewer holds.
 *
 *   npm run live-room -- --viewers 200 --seconds 5
 *
 * It starts a server of its own, or takes the one whose address `muster exec -- npm run live-room` hands over.
 */
import { parseArgs } from 'node:util';
import TencentCloudChat, { type ChatSDK } from '@muster/chat';
import { startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';

/** A device may call 20 times in 5 s. */
const PAUSE_MS = 260;
const GIFT_SHARE = 0.2;
const GIFT_MAX = 99;
const ARRIVAL_MS_MAX = 5_000;
const BAR_CHARACTERS = 40;
const NOTHING = { likes: 0, gifts: 0 };
type Key = keyof typeof NOTHING;

const { values: asked } = parseArgs({
  options: { viewers: { type: 'string', default: '200' }, seconds: { type: 'string', default: '5' } },
});
const { MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY: secretKey = '' } = process.env;
const own = MUSTER_PROXY_SERVER === undefined ? await startMuster() : undefined;
const proxyServer = own?.proxyServer ?? MUSTER_PROXY_SERVER;
const SDKAppID = own?.SDKAppID ?? Number(MUSTER_SDK_APP_ID);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function logIn(userID: string): Promise<ChatSDK> {
  const chat = TencentCloudChat.create({ SDKAppID, proxyServer, instance: userID });
  chat.setLogLevel(4);
  const parts = { SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() };
  await chat.login({ userID, userSig: own?.userSig(userID) ?? signUserSig(parts) });
  return chat;
}

const host = await logIn('host');
const room = await host.createGroup({ type: TencentCloudChat.TYPES.GRP_AVCHATROOM, name: 'A live room' });
const { groupID } = room.data.group;

/** A viewer has a device with a connection of its own, and holds what its events say. */
async function enter(userID: string) {
  const chat = await logIn(userID);
  const held = { ...NOTHING };
  chat.on(TencentCloudChat.EVENT.GROUP_COUNTER_UPDATED, ({ data: { key, value } }) =>
    Object.assign(held, { [key]: value }),
  );
  await chat.joinGroup({ groupID });
  return { chat, held };
}

const acknowledged = { ...NOTHING };

/** Taps until the time is up, each time after the answer to the one before. */
async function tap(chat: ChatSDK, end: number): Promise<void> {
  await wait(Math.random() * PAUSE_MS);
  while (Date.now() < end) {
    const key = Math.random() < GIFT_SHARE ? 'gifts' : 'likes';
    const value = key === 'likes' ? 1 : Math.ceil(Math.random() * GIFT_MAX);
    await chat.increaseGroupCounter({ groupID, key, value });
    acknowledged[key] += value;
    await wait(PAUSE_MS);
  }
}

async function showProgress(begun: number, end: number): Promise<void> {
  for (let done = 0; done < 1 && process.stdout.isTTY; await wait(100)) {
    done = Math.min(1, (Date.now() - begun) / (end - begun));
    const bar = '█'.repeat(done * BAR_CHARACTERS).padEnd(BAR_CHARACTERS, '░');
    process.stdout.write(`\r${bar}  ${acknowledged.likes} likes  ${acknowledged.gifts} in gifts `);
  }
  if (process.stdout.isTTY) process.stdout.write('\n');
}

const names = Array.from({ length: Number(asked.viewers) }, (_, index) => `viewer-${index + 1}`);
const viewers = await Promise.all(names.map(enter));
const begun = Date.now();
const end = begun + Number(asked.seconds) * 1_000;
await Promise.all([showProgress(begun, end), ...viewers.map(({ chat }) => tap(chat, end))]);

const stored = { ...NOTHING, ...(await host.getGroupCounters({ groupID })).data.counters };
const keys: Key[] = ['likes', 'gifts'];
const holders = (key: Key) => viewers.filter(({ held }) => held[key] === stored[key]).length;
const isExact = (key: Key) => acknowledged[key] === stored[key] && holders(key) === viewers.length;
const patience = Date.now() + ARRIVAL_MS_MAX;
while (!keys.every(isExact) && Date.now() < patience) await wait(10);

for (const key of keys) {
  const [sum, value] = [acknowledged[key], stored[key]];
  console.log(`${key}: ${sum} acknowledged, ${value} stored, held by ${holders(key)} of ${viewers.length}`);
}
process.exitCode = keys.every(isExact) ? 0 : 1;
await Promise.all([host, ...viewers.map(({ chat }) => chat)].map((chat) => chat.destroy()));
await own?.close();
