/** What the original SDK reads of conversations besides their list: what is unread, where the user was mentioned. */
import {
  type ConversationView,
  conversationWithUser,
  parseConversationID,
  type WireError,
} from '@muster/protocol';
import { REMIND_TYPES, setRemindType, unreadOf } from './conversations.ts';
import { type Body, errorBody } from './frame.ts';
import { missedAttributeEvents } from './group-pushes.ts';
import { type Ask, nameOf, type Translation, upToDate } from './translation.ts';

/** The conversations with these users, those that there are. */
async function withUsers(
  ask: Ask,
  users: unknown,
): Promise<{ ok: true; views: Map<string, ConversationView> } | { ok: false; error: WireError }> {
  const ids = Array.isArray(users) ? users.map((userID) => conversationWithUser(nameOf(userID))) : [];
  const read = await ask('getConversationList', { conversationIDList: ids });
  if (!read.ok) return read;
  const views = read.output.conversationList;
  return {
    ok: true,
    views: new Map(views.map((view) => [view.state.conversationID.slice('C2C'.length), view])),
  };
}

/** Without a type that it understands the client leaves a new conversation out of the total of unread messages. */
const getRemindTypes: Translation = async ({ body, ask }) => {
  const read = await withUsers(ask, body.Peer_Account);
  if (!read.ok) return errorBody(read.error);
  return {
    MuteNotificationsList: [...read.views].map(([userID, { state }]) => ({
      Peer_Account: userID,
      MuteNotifications: REMIND_TYPES[state.messageRemindType],
    })),
  };
};

/** In the order of the request. */
const getPeerReadTimes: Translation = async ({ body, ask }) => {
  const read = await withUsers(ask, body.To_Account);
  if (!read.ok) return errorBody(read.error);
  const users = Array.isArray(body.To_Account) ? body.To_Account : [];
  return { ReadTime: users.map((userID) => read.views.get(nameOf(userID))?.peer?.readTime ?? 0) };
};

const SYNCED = 2;

/**
 * What is unread of one-to-one conversations, where the user was mentioned, and which attributes changed meanwhile. An
 * empty cookie would end the synchronisation without its result.
 */
const getUnread: Translation = async ({ ask }) => {
  const list = await ask('getConversationList', {});
  if (!list.ok) return errorBody(list.error);
  const { conversationList } = list.output;
  const unread = conversationList.flatMap((view) => {
    const named = parseConversationID(view.state.conversationID);
    return named?.type === 'C2C' ? [{ From_Account: named.userID, UnreadCount: unreadOf(view) }] : [];
  });
  return {
    Cookie: 'synced',
    SyncFlag: SYNCED,
    MsgList: [],
    C2CPairUnreadCount: unread,
    C2CRemainingUnreadCount: [],
    EventArray: conversationList.flatMap(mentionEvents),
  };
};

/** What was held back is told once: it is no part of a reading that may be done again. */
const synchronise: Translation = async (call) => {
  const unread = await upToDate(getUnread)(call);
  if (!Array.isArray(unread.EventArray)) return unread;
  return { ...unread, EventArray: [...unread.EventArray, ...missedAttributeEvents(call.memory)] };
};

function mentionEvents({ state, mentions }: ConversationView): Body[] {
  const named = parseConversationID(state.conversationID);
  if (named?.type !== 'GROUP') return [];
  return mentions.map((mention) => mentionEvent(named.groupID, mention));
}

/** That a message of a group names the user, or everybody. */
export function mentionEvent(
  groupID: string,
  { sequence, from, isAll }: { sequence: number; from: string; isAll: boolean },
): Body {
  const tips = { GroupId: groupID, From_Account: from, MsgSeq: sequence, GroupAtType: [isAll ? 2 : 1] };
  return { Event: 12, GroupTips: [{ ToGroupId: groupID, MsgRandom: 0, ClientSeq: 0, GroupAtTips: tips }] };
}

export const CONVERSATION_READING: Record<string, Translation> = {
  getmsg: synchronise,
  get_peer_read_time: getPeerReadTimes,
  set_c2c_peer_mute_notifications: setRemindType,
  get_c2c_peer_mute_notifications: getRemindTypes,
};
