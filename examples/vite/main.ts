/// <reference types="vite/client" />
/**
 * A page as an app writes it. Start a server with `npm start` in the root of the repository, then `npm run dev` here,
 * and open the page twice: as `?user=alice` and as `?user=bob`. VITE_MUSTER names a server elsewhere.
 */
import TencentCloudChat, { type ChatError, type ChatSDK } from '@muster/chat';

const SERVER: string = import.meta.env.VITE_MUSTER ?? 'http://127.0.0.1:8080';
const ROOM = 'vite-live-room';
const STEPS = { likes: 1, gifts: 10 };
type Key = keyof typeof STEPS;
const KEYS = Object.keys(STEPS) as Key[];

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

const show = (counters: Partial<Record<string, number>>): void => {
  for (const key of KEYS) if (key in counters) element(`${key}-value`).textContent = String(counters[key]);
};
const complain = ({ name, message }: Error): void => {
  element('problem').textContent = `${name}: ${message}`;
};

/** In production an app's own backend signs; `muster dev` does it for the pages of this machine. */
async function sign(userID: string): Promise<{ SDKAppID: number; userSig: string }> {
  const response = await fetch(`${SERVER}/dev/login?userID=${encodeURIComponent(userID)}`);
  return response.json();
}

async function enter(userID: string): Promise<ChatSDK> {
  const { SDKAppID, userSig } = await sign(userID);
  const chat = TencentCloudChat.create({ SDKAppID, proxyServer: SERVER });
  chat.on(TencentCloudChat.EVENT.GROUP_COUNTER_UPDATED, ({ data: { groupID, key, value } }) => {
    if (groupID === ROOM) show({ [key]: value });
  });
  await chat.login({ userID, userSig });
  const room = { groupID: ROOM, name: 'A live room', type: TencentCloudChat.TYPES.GRP_MEETING };
  // Whoever comes first makes the room; 10021 and 10025 say that it is there.
  await chat.createGroup(room).catch((error: ChatError) => {
    if (error.code !== 10021 && error.code !== 10025) throw error;
  });
  await chat.joinGroup({ groupID: ROOM });
  show((await chat.getGroupCounters({ groupID: ROOM })).data.counters);
  return chat;
}

function play(chat: ChatSDK): void {
  element('user').textContent = chat.getLoginUser();
  for (const key of KEYS) {
    const button = element(key) as HTMLButtonElement;
    button.disabled = false;
    button.onclick = () =>
      chat.increaseGroupCounter({ groupID: ROOM, key, value: STEPS[key] }).catch(complain);
  }
}

enter(new URLSearchParams(location.search).get('user') ?? 'alice').then(play, complain);
