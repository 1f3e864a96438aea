/** The commands of conversations: the list, what is unread, pins, marks, deletion. */
import {
  type ConversationGroup,
  type ConversationView,
  conversationWithUser,
  type GroupProfile,
  limit,
  type MessageRemindType,
  parseConversationID,
  wireError,
} from '@muster/protocol';
import { type Body, errorBody } from './frame.ts';
import { wireType } from './group-bodies.ts';
import { contactOf, conversationIDOf, elementsOf, revokerBody, secondsOf, wireSequence } from './messages.ts';
import { type Ask, given, nameOf, objectsOf, one, type Translation, upToDate } from './translation.ts';

export const REMIND_TYPES: Record<MessageRemindType, number> = {
  AcceptAndNotify: 0,
  Discard: 1,
  AcceptNotNotify: 2,
};

const ownRemindType = (value: unknown): unknown =>
  Object.keys(REMIND_TYPES).find((type) => REMIND_TYPES[type as MessageRemindType] === value) ?? value;

/** The bits of the marks as a text, bit 0 at the right. */
export function markBits(markList: readonly number[]): string {
  const length = Math.max(-1, ...markList) + 1;
  return Array.from({ length }, (_, index) => (markList.includes(length - 1 - index) ? '1' : '0')).join('');
}

/** What only the user has of a conversation. */
export function ownMarks({ state }: Pick<ConversationView, 'state'>): Body {
  return { StandardMark: markBits(state.markList), CustomMark: state.customData };
}

/** What is unread, as the tallies tell it. */
export function unreadOf({ tally, state: { read } }: ConversationView): number {
  return Math.max(0, tally.counted - read.counted - (tally.own - read.own));
}

/** Each conversation's numbers of the conversation groups it is in. */
export function groupNumbers(groups: readonly ConversationGroup[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { conversationGroupID, conversationIDList } of groups) {
    for (const id of conversationIDList) numbers.set(id, [...(numbers.get(id) ?? []), conversationGroupID]);
  }
  return numbers;
}

export const groupItems = (groups: readonly ConversationGroup[]): Body[] =>
  groups.map(({ conversationGroupID, groupName }) => ({
    GroupId: conversationGroupID,
    GroupName: groupName,
  }));

const REVOKED_C2C = 8;
const REVOKED_GROUP = 2;

function sessionBody(
  view: ConversationView,
  profiles: ReadonlyMap<string, GroupProfile>,
  numbers: ReadonlyMap<string, number[]>,
): Body {
  const { state, lastMessage, appearedAt } = view;
  const { conversationID } = state;
  const both: Body = {
    MsgTimeStamp: secondsOf(lastMessage?.timestamp ?? appearedAt),
    MsgSeq: lastMessage ? wireSequence(lastMessage) : 0,
    TopFlags: state.isPinned ? 1 : 0,
    MsgRecvOption: REMIND_TYPES[state.messageRemindType],
    ...ownMarks(view),
    ContactGroupId: numbers.get(conversationID) ?? [],
  };
  if (lastMessage) {
    both.LastMsg = {
      Event: 3,
      MsgBody: elementsOf(lastMessage),
      CloudCustomData: lastMessage.cloudCustomData,
      ...(lastMessage.isRevoked ? revokerBody(lastMessage) : {}),
    };
  }
  const named = parseConversationID(conversationID);
  if (named?.type !== 'GROUP') return { ...both, ...userSession(view, named?.userID ?? '') };
  return { ...both, ...groupSession(view, named.groupID, profiles.get(named.groupID)) };
}

function userSession({ lastMessage, peer }: ConversationView, userID: string): Body {
  return {
    Type: 1,
    To_Account: userID,
    C2cNick: peer?.profile.nick ?? '',
    C2cImage: peer?.profile.avatar ?? '',
    C2cRemark: '',
    C2cPeerReadTime: peer?.readTime ?? 0,
    LastC2CMsgFrom_Account: lastMessage?.from ?? '',
    LastMsgFlags: lastMessage?.isRevoked ? REVOKED_C2C : 0,
  };
}

function groupSession(view: ConversationView, groupID: string, profile: GroupProfile | undefined): Body {
  const { lastMessage, tally, state } = view;
  return {
    Type: 2,
    ToAccount: groupID,
    GroupNick: profile?.name ?? '',
    GroupImage: profile?.avatar ?? '',
    GroupType: profile ? wireType(profile.type) : '',
    GroupNextMsgSeq: tally.sequence + 1,
    MsgGroupFrom_Account: lastMessage?.from ?? '',
    MsgGroupFromNickName: lastMessage?.nick ?? '',
    MsgGroupFromCardName: lastMessage?.nameCard ?? '',
    MsgGroupReadedSeq: state.read.sequence,
    // The client itself counts nothing in the types that have no unread count.
    UnreadMsgCount: unreadOf(view),
    LastMsgFlags: lastMessage?.isRevoked ? REVOKED_GROUP : 0,
  };
}

/** The list on one page. A missing `CompleteFlag` would make the client ask again without end. */
const pageGet: Translation = async ({ ask }) => {
  const list = await ask('getConversationList', {});
  if (!list.ok) return errorBody(list.error);
  const groups = await ask('getConversationGroups', {});
  if (!groups.ok) return errorBody(groups.error);
  const joined = await ask('getGroupList', {});
  if (!joined.ok) return errorBody(joined.error);
  const profiles = new Map(joined.output.groups.map(({ profile }) => [profile.groupID, profile]));
  const { conversationGroupList } = groups.output;
  const numbers = groupNumbers(conversationGroupList);
  return {
    CompleteFlag: 1,
    TimeStamp: 0,
    StartIndex: 0,
    TopTimeStamp: 0,
    TopStartIndex: 0,
    GroupItem: groupItems(conversationGroupList),
    SessionItem: list.output.conversationList.map((view) => sessionBody(view, profiles, numbers)),
  };
};

const ITEMS_MAX = limit('conversations_perRequest_max');

/** What has become of each item is asked for one by one, so that their number is bounded here. */
const TOO_MANY = errorBody(wireError('CONVERSATION_COUNT'));

const top: Translation = async ({ body, ask }) => {
  const items = objectsOf(body.RecentContactItem);
  if (items.length > ITEMS_MAX) return TOO_MANY;
  for (const item of items) {
    const isPinned = body.OperationType === 1;
    const pinned = await ask('pinConversation', { conversationID: conversationIDOf(item), isPinned });
    if (!pinned.ok) return errorBody(pinned.error);
  }
  return {};
};

const batchDelete = one(
  'deleteConversation',
  (body) => ({
    conversationIDList: objectsOf(body.ContactItem).map(conversationIDOf),
    clearHistoryMessage: body.ClearRamble === undefined ? undefined : body.ClearRamble === 1,
  }),
  ({ successConversationIDList, failureConversationIDList }) => ({
    ResultItem: [
      ...successConversationIDList.map((id) => ({ ...deletedContact(id), ResultCode: 0, ResultInfo: '' })),
      ...failureConversationIDList.map(({ conversationID, code, message }) => ({
        ...deletedContact(conversationID),
        ResultCode: code,
        ResultInfo: message,
      })),
    ],
  }),
);

/** One command spells the key of a group in its own way. */
function deletedContact(conversationID: string): Body {
  const { ToGroupId, ...contact } = contactOf(conversationID);
  return given({ ...contact, ToGroupid: ToGroupId });
}

const clearMessages = one('clearHistoryMessage', (body) => ({ conversationID: conversationIDOf(body) }));

const CUSTOM = 2;

/** The items of a request that ask for the same, together. */
const markContact: Translation = async ({ body, ask }) => {
  const items = objectsOf(body.MarkItem);
  if (items.length > ITEMS_MAX) return TOO_MANY;
  const results = new Map<string, { code: number; message: string }>();
  for (const alike of byWish(items).values()) {
    const conversationIDList = alike.map(({ ContactItem }) => conversationIDOf(ContactItem));
    const answered = await asked(ask, alike[0] ?? {}, conversationIDList);
    if (!answered.ok) return errorBody(answered.error);
    for (const id of answered.output.successConversationIDList) results.set(id, { code: 0, message: '' });
    for (const { conversationID, ...why } of answered.output.failureConversationIDList)
      results.set(conversationID, why);
  }
  return {
    ResultItem: items.map(({ ContactItem }) => {
      const result = results.get(conversationIDOf(ContactItem));
      return { ContactItem, ResultCode: result?.code ?? 0, ResultInfo: result?.message ?? '' };
    }),
  };
};

function byWish(items: readonly Body[]): Map<string, Body[]> {
  const wishes = new Map<string, Body[]>();
  for (const item of items) {
    const { ContactItem: _contact, ...wish } = item;
    const key = JSON.stringify(wish);
    wishes.set(key, [...(wishes.get(key) ?? []), item]);
  }
  return wishes;
}

function asked(ask: Ask, wish: Body, conversationIDList: string[]) {
  if (wish.OptType === CUSTOM)
    return ask('setConversationCustomData', { conversationIDList, customData: wish.CustomMark ?? '' });
  const enableMark = Array.isArray(wish.SetMark) && wish.SetMark.length > 0;
  const marks = enableMark ? wish.SetMark : wish.ClearMark;
  const mark = Array.isArray(marks) ? marks[0] : undefined;
  return ask('markConversation', given({ conversationIDList, mark, enableMark }));
}

export const setRemindType = one(
  'setMessageRemindType',
  (body) => ({
    conversationIDList: Array.isArray(body.Peer_Account)
      ? body.Peer_Account.map((userID) => conversationWithUser(nameOf(userID)))
      : body.Peer_Account,
    messageRemindType: ownRemindType(body.Mute_Notifications),
  }),
  ({ failureConversationIDList }) => ({
    ErrorList: failureConversationIDList.map(({ conversationID, code }) => ({
      To_Account: conversationID.slice('C2C'.length),
      ErrorCode: code,
    })),
  }),
);

export const CONVERSATION_TRANSLATIONS: Record<string, Translation> = {
  page_get: upToDate(pageGet),
  top,
  batch_delete: batchDelete,
  clear_msg: clearMessages,
  mark_contact: markContact,
};
