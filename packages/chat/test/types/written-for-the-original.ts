/** Code as pages write it for the typings of the original: it has to compile against ours. Nobody runs it. */
import TencentCloudChat, {
  type ChatSDK,
  type Conversation,
  type Group,
  type Message,
  type Profile,
} from '../../src/index.ts';

type Created = ReturnType<typeof TencentCloudChat.create>;

const chat: ChatSDK = TencentCloudChat.create({ SDKAppID: 0, proxyServer: 'ws://127.0.0.1:8080' });
export const instance: Created = chat;

/** A page's own message. */
export interface ShownMessage extends Message {
  progress?: number;
}

export class Bubble implements Pick<Message, 'ID' | 'from' | 'payload'> {
  ID = '';
  from = '';
  payload: Message['payload'];
  constructor(message: Message) {
    this.payload = message.payload;
  }
}

class Page {
  title = '';
  onReady(this: Page, event: { name: string }): void {
    this.title = event.name;
  }
  listen(): void {
    chat.on(TencentCloudChat.EVENT.SDK_READY, this.onReady, this);
    chat.off(TencentCloudChat.EVENT.SDK_READY, this.onReady, this);
  }
}
new Page().listen();

// biome-ignore lint/complexity/noBannedTypes: the original's typings say Function, and so do pages.
const untyped: Function = () => {};
chat.on(TencentCloudChat.EVENT.MESSAGE_RECEIVED, untyped);
chat.once(TencentCloudChat.EVENT.KICKED_OUT, untyped, undefined);
chat.on('custom', untyped);
chat.on(TencentCloudChat.EVENT.MESSAGE_RECEIVED, (event: { data: Message[] }) => {
  for (const { type, payload } of event.data)
    if (type === TencentCloudChat.TYPES.MSG_TEXT) payload.text.trim();
});
chat.on(TencentCloudChat.EVENT.MESSAGE_RECEIVED, function (this: Page, event) {
  this.title = event.data[0]?.from ?? '';
});
chat.on(
  TencentCloudChat.EVENT.CONVERSATION_LIST_UPDATED,
  (event: { data: Conversation[] }) => event.data.length,
);
chat.on(TencentCloudChat.EVENT.GROUP_LIST_UPDATED, ({ data }: { data: Group[] }) => data.length);
chat.on(TencentCloudChat.EVENT.PROFILE_UPDATED, ({ data }: { data: Profile[] }) => data.length);

export function show(
  type: TencentCloudChat.TYPES.CONV_C2C | TencentCloudChat.TYPES.CONV_GROUP,
  remind: TencentCloudChat.TYPES,
  event: TencentCloudChat.EVENT,
): string {
  const wanted: TencentCloudChat.EVENT.SDK_READY = TencentCloudChat.EVENT.SDK_READY;
  const signal: TencentCloudChat.TSignaling = TencentCloudChat.TSignaling.INVITEE_ACCEPTED;
  return [type, remind, event, wanted, signal].join();
}

export async function send(to: string, text: string): Promise<Message> {
  const message: Message = chat.createTextMessage({
    to,
    conversationType: TencentCloudChat.TYPES.CONV_C2C,
    payload: { text },
  });
  const imResponse = await chat.sendMessage(message, { onlineUserOnly: true });
  return imResponse.data.message;
}
