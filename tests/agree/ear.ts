/** What a device is told of its conversations, event by event, with what a handler reads at that moment (CG14). */
import MusterChat, {
  type ChatSDK,
  type Conversation,
  type SendMessageOptions,
  type TextMessage,
} from '@muster/chat';

const { EVENT } = MusterChat;
const NAMES = [
  EVENT.CONVERSATION_GROUP_LIST_UPDATED,
  EVENT.CONVERSATION_LIST_UPDATED,
  EVENT.CONVERSATION_IN_GROUP_UPDATED,
  EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED,
  EVENT.MESSAGE_RECEIVED,
  EVENT.MESSAGE_MODIFIED,
  EVENT.MESSAGE_REVOKED,
  EVENT.MESSAGE_READ_BY_PEER,
] as const;

/** The names of events as short as the tests say them. */
export const NAMES_LIST = EVENT.CONVERSATION_GROUP_LIST_UPDATED;
export const LIST = EVENT.CONVERSATION_LIST_UPDATED;
export const MEMBERS = EVENT.CONVERSATION_IN_GROUP_UPDATED;
export const TOTAL = EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED;
export const RECEIVED = EVENT.MESSAGE_RECEIVED;

export const idsOf = (list: readonly Conversation[]): string[] =>
  list.map(({ conversationID }) => conversationID);

export async function listOf(
  device: ChatSDK,
  wanted?: Parameters<ChatSDK['getConversationList']>[0],
): Promise<Conversation[]> {
  return (await device.getConversationList(wanted)).data.conversationList;
}

/** All that a device shows of conversations. */
export async function readOf(device: ChatSDK) {
  const total = device.getTotalUnreadMessageCount();
  const [names, list, groups] = await Promise.all([
    device.getConversationGroupList(),
    device.getConversationList(),
    device.getConversationGroups(),
  ]);
  return { names: names.data, list: list.data.conversationList, groups: groups.data, total };
}

export interface Told {
  name: string;
  data: unknown;
  /** What the handler of this event read. */
  read: ReturnType<typeof readOf>;
}

export class Ear {
  readonly device: ChatSDK;
  readonly told: Told[] = [];

  constructor(device: ChatSDK) {
    this.device = device;
    for (const name of NAMES)
      device.on(name, ({ data }: { data: unknown }) => {
        this.told.push({ name, data, read: readOf(device) });
      });
  }

  get names(): string[] {
    return this.told.map(({ name }) => name);
  }

  dataOf<Data>(name: string): Data[] {
    return this.told.filter((event) => event.name === name).map(({ data }) => data as Data);
  }

  /** Everything that left the server before now has been heard: an answer comes behind it (DL9). */
  async heard(): Promise<void> {
    await this.device.getUserProfile({ userIDList: [this.device.getLoginUser()] });
  }

  forget(): void {
    this.told.length = 0;
  }
}

/** Sends a text; gives the very message that was passed in. */
export async function say(
  device: ChatSDK,
  conversationID: string,
  text = 'hi',
  { atUserList = [], ...options }: SendMessageOptions & { atUserList?: string[] } = {},
): Promise<TextMessage> {
  const isToGroup = conversationID.startsWith('GROUP');
  const message = device.createTextAtMessage({
    to: conversationID.slice(isToGroup ? 'GROUP'.length : 'C2C'.length),
    conversationType: isToGroup ? MusterChat.TYPES.CONV_GROUP : MusterChat.TYPES.CONV_C2C,
    payload: { text, atUserList },
  });
  await device.sendMessage(message, options);
  return message;
}
