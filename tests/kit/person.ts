/**
 * Somebody who uses a chat kit, in a process of his own: the kit is a singleton. The parent process asks for actions,
 * and gets what the kit's own store shows.
 */
import engine, { StoreName } from '@tencentcloud/chat-uikit-engine';
import { stayOnLoopback } from '../setup/loopback.ts';

const { TUIChat, TUIConversation, TUIGroup, TUIStore } = engine;
const [SDKAppID = '', proxyServer = '', userID = '', userSig = ''] = process.argv.slice(2);
stayOnLoopback(proxyServer);

interface ShownConversation {
  conversationID: string;
  unreadCount: number;
  lastMessage?: { messageForShow: string };
}
interface ShownMessage {
  flow: string;
  payload: { text?: string };
  type: string;
}

const shownConversations = () => {
  const list = (TUIStore.getData(StoreName.CONV, 'conversationList') ?? []) as ShownConversation[];
  return list.map(({ conversationID, unreadCount, lastMessage }) => ({
    conversationID,
    unreadCount,
    text: lastMessage?.messageForShow,
  }));
};
const shownMessages = () => {
  const list = (TUIStore.getData(StoreName.CHAT, 'messageList') ?? []) as ShownMessage[];
  return list.filter(({ type }) => type === 'TIMTextElem').map(({ flow, payload }) => [flow, payload.text]);
};
const dataOf = async (answer: Promise<{ data?: unknown }>) => (await answer)?.data ?? null;

const ACTIONS = {
  login: async () => {
    const isLoggedIn = engine.login({ SDKAppID: Number(SDKAppID), userID, userSig, proxyServer } as never);
    await isLoggedIn;
    return engine.isReady();
  },
  conversations: async () => shownConversations(),
  open: async (conversationID: string) => void (await TUIConversation.switchConversation(conversationID)),
  messages: async () => shownMessages(),
  pull: async () => void (await TUIChat.getMessageList()),
  send: async (to: string, conversationType: string, text: string) =>
    void (await TUIChat.sendTextMessage({ to, conversationType, payload: { text } } as never)),
  pin: async (conversationID: string) =>
    void (await TUIConversation.pinConversation({ conversationID, isPinned: true })),
  join: async (groupID: string) => void (await TUIGroup.joinGroup({ groupID } as never)),
  setCounters: (groupID: string, counters: Record<string, number>) =>
    dataOf(TUIGroup.setGroupCounters({ groupID, counters })),
  increase: (groupID: string, key: string, value: number) =>
    dataOf(TUIGroup.increaseGroupCounter({ groupID, key, value })),
  counters: (groupID: string) => dataOf(TUIGroup.getGroupCounters({ groupID } as never)),
  logout: async () => void (await engine.logout()),
};

export type KitAction = keyof typeof ACTIONS;

process.on('message', async ({ id, action, args }: { id: number; action: KitAction; args: never[] }) => {
  try {
    process.send?.({ id, result: await (ACTIONS[action] as (...given: never[]) => unknown)(...args) });
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    process.send?.({ id, error: { code, message } });
  }
});
process.on('disconnect', () => process.exit());
process.send?.('here');
