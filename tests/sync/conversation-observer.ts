/** What an app would know of a user's conversations if it listened to the events alone, and what there is to know. */
import MusterChat, { type ChatSDK, type Conversation } from '@muster/chat';
import type { CommandOutput } from '@muster/protocol';
import type { Muster } from '@muster/server/testing';

const { EVENT, TYPES } = MusterChat;
const NO_UNREAD = new Set(['ChatRoom', 'AVChatRoom']);

/** What must agree of a list of conversations, in its order. */
export function brief(conversations: readonly Conversation[]) {
  return conversations.map((conversation) => ({
    conversationID: conversation.conversationID,
    type: conversation.type,
    subType: conversation.subType,
    unreadCount: conversation.unreadCount,
    isPinned: conversation.isPinned,
    messageRemindType: conversation.messageRemindType,
    markList: conversation.markList,
    customData: conversation.customData,
    conversationGroupList: conversation.conversationGroupList,
    groupAtInfoList: conversation.groupAtInfoList,
    peerReadTime: conversation.peerReadTime,
    lastMessage: conversation.lastMessage,
    group: conversation.groupProfile && [
      conversation.groupProfile.name,
      conversation.groupProfile.memberCount,
    ],
  }));
}

export interface Shown {
  names: string[];
  total: number;
  conversations: ReturnType<typeof brief>;
  folders: Awaited<ReturnType<ChatSDK['getConversationGroups']>>['data'];
}

/** What a device answers, from its memory. */
export async function shownBy(device: ChatSDK): Promise<Shown> {
  const [names, list, folders] = await Promise.all([
    device.getConversationGroupList(),
    device.getConversationList(),
    device.getConversationGroups(),
  ]);
  return {
    names: names.data,
    total: device.getTotalUnreadMessageCount(),
    conversations: brief(list.data.conversationList),
    folders: folders.data,
  };
}

/** Listens to a device from its login on. */
export class ConversationObserver {
  readonly device: ChatSDK;
  private names: string[] | undefined;
  private total = 0;
  private list: Conversation[] | undefined;
  /** Events that told of a conversation group otherwise than the list before them (CG14), or a message again (DL4). */
  readonly contradictions: string[] = [];
  private readonly heard = new Set<string>();

  constructor(device: ChatSDK) {
    this.device = device;
    device.on(EVENT.CONVERSATION_GROUP_LIST_UPDATED, ({ data }) => {
      this.names = data;
    });
    device.on(EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => {
      this.list = data;
    });
    device.on(EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED, ({ data }) => {
      this.total = data;
    });
    device.on(EVENT.MESSAGE_RECEIVED, ({ data }) => {
      for (const { conversationID, sequence, type } of data) {
        if (type === TYPES.MSG_GRP_TIP || type === TYPES.MSG_GRP_SYS_NOTICE) continue;
        const message = `${conversationID} ${sequence}`;
        if (this.heard.has(message)) this.contradictions.push(`again: ${message}`);
        this.heard.add(message);
      }
    });
    device.on(EVENT.CONVERSATION_IN_GROUP_UPDATED, ({ data: { groupName, conversationList } }) => {
      const listed = (this.list ?? []).filter(({ conversationGroupList }) =>
        conversationGroupList.includes(groupName),
      );
      const [told, shown] = [conversationList, listed].map((list) =>
        list.map(({ conversationID }) => conversationID),
      );
      if (String(told) !== String(shown)) this.contradictions.push(`${groupName}: ${told}, but ${shown}`);
    });
  }

  /** The same as a device shows; nothing told yet is what the device had when it was logged in. */
  async told(): Promise<Shown> {
    const { data: names } = await this.device.getConversationGroupList();
    const { data: list } = await this.device.getConversationList();
    const { data: folders } = await this.device.getConversationGroups();
    return {
      names: this.names ?? names,
      total: this.total,
      conversations: brief(this.list ?? list.conversationList),
      folders,
    };
  }
}

/** What the server answers over HTTP: names and members of the conversation groups, and the list with its counts. */
export async function storedFor({ url, userSig }: Muster, userID: string) {
  const ask = async (command: string) => {
    const response = await fetch(`${url}/v1/commands/${command}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${userSig(userID)}`, 'content-type': 'application/json' },
      body: '{}',
    });
    if (!response.ok) throw new Error(`${command} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { conversationGroupList } = (await ask(
    'getConversationGroups',
  )) as CommandOutput<'getConversationGroups'>;
  const { conversationList } = (await ask('getConversationList')) as CommandOutput<'getConversationList'>;
  const { groups } = (await ask('getGroupList')) as CommandOutput<'getGroupList'>;
  const types = new Map(groups.map(({ profile }) => [`GROUP${profile.groupID}`, profile.type]));
  return {
    names: conversationGroupList.map(({ groupName }) => groupName),
    folders: conversationGroupList.map(({ groupName, conversationIDList }) => ({
      conversationIDList,
      groupName,
    })),
    conversations: conversationList.map(({ state, tally }) => {
      const { conversationID, read } = state;
      const counts = !NO_UNREAD.has(types.get(conversationID) === 'Meeting' ? 'ChatRoom' : '');
      const unread = tally.counted - read.counted - (tally.own - read.own);
      return { conversationID, unreadCount: counts ? unread : 0 };
    }),
  };
}
