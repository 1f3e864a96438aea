/** Messages as the original SDK writes and reads them. */
import {
  AT_ALL,
  conversationOfGroup,
  conversationWithUser,
  type Message,
  type MessageType,
  parseConversationID,
} from '@muster/protocol';
import type { Body } from './frame.ts';
import { tinyIDOf } from './identity.ts';
import { given, nameOf, objectsOf } from './translation.ts';

const SECOND_MS = 1_000;

/** The names of what a message carries, theirs by ours. */
const PAYLOADS: Record<MessageType, Record<string, string>> = {
  TIMTextElem: { text: 'Text' },
  TIMCustomElem: { data: 'Data', description: 'Desc', extension: 'Ext' },
  TIMFaceElem: { index: 'Index', data: 'Data' },
  TIMLocationElem: { description: 'Desc', latitude: 'Latitude', longitude: 'Longitude' },
};

export const secondsOf = (milliseconds: number): number => Math.floor(milliseconds / SECOND_MS);

export function elementsOf({ type, payload }: Pick<Message, 'type' | 'payload'>): Body[] {
  const names = Object.entries(PAYLOADS[type]);
  return [
    { MsgType: type, MsgContent: Object.fromEntries(names.map(([own, theirs]) => [theirs, payload[own]])) },
  ];
}

/** Type and payload of a message; what is none of ours is left to be refused. */
export function ownElements(elements: unknown): Record<string, unknown> {
  const [first, ...more] = objectsOf(elements);
  if (!first || more.length > 0) return { type: '', payload: {} };
  const known = typeof first.MsgType === 'string' && Object.hasOwn(PAYLOADS, first.MsgType);
  const names = known ? PAYLOADS[first.MsgType as MessageType] : {};
  const [content = {}] = objectsOf([first.MsgContent]);
  const payload = Object.entries(names).map(([own, theirs]) => [own, content[theirs]] as const);
  return { type: first.MsgType, payload: given(Object.fromEntries(payload)) };
}

/** One-to-one messages go by the number that their sender gave them. */
export function wireSequence({ sequence, clientSequence }: Message): number {
  return clientSequence ?? sequence;
}

/** What every form of a message holds. */
function messageBody(message: Message): Body {
  return {
    From_Account: message.from,
    MsgSeq: wireSequence(message),
    MsgRandom: message.random,
    MsgTimeStamp: secondsOf(message.timestamp),
    MsgClientTime: message.clientTime,
    TinyId: tinyIDOf(message.from),
    MsgBody: elementsOf(message),
    CloudCustomData: message.cloudCustomData,
    ...(message.isModified ? { MsgVersion: 1 } : {}),
    ...controlBody(message),
  };
}

function controlBody({ excludedFromUnreadCount, excludedFromLastMessage }: Message): Body {
  if (!excludedFromUnreadCount && !excludedFromLastMessage) return {};
  const flag = (is: boolean | undefined): number => (is ? 1 : 0);
  return {
    SendMsgControl: { NoUnread: flag(excludedFromUnreadCount), NoLastMsg: flag(excludedFromLastMessage) },
  };
}

const REVOKED_C2C = 8;
const REVOKED_GROUP = 2;

export function userMessageBody(message: Message): Body {
  return {
    ...messageBody(message),
    To_Account: message.to,
    From_AccountNick: message.nick,
    From_AccountHeadurl: message.avatar,
    IsNeedReadReceipt: message.needReadReceipt ? 1 : 0,
    ...(message.isRevoked ? { MsgFlagBits: REVOKED_C2C, ...revokerBody(message) } : {}),
  };
}

export function groupMessageBody(message: Message): Body {
  return {
    ...messageBody(message),
    Event: 3,
    ToGroupId: message.to,
    MsgPriority: message.priority,
    NeedReadReceipt: message.needReadReceipt ? 1 : 0,
    GroupInfo: {
      GroupId: message.to,
      From_AccountNick: message.nick,
      From_AccountHeadurl: message.avatar,
      MsgFrom_AccountExtraInfo: { NameCard: message.nameCard },
    },
    GroupAtInfo: message.atUserList.map((userID) =>
      userID === AT_ALL ? { GroupAtAllFlag: 1 } : { GroupAtAllFlag: 0, GroupAt_Account: userID },
    ),
    IsPlaceMsg: message.isRevoked ? REVOKED_GROUP : 0,
    ...(message.isRevoked ? revokerBody(message) : {}),
  };
}

export function revokerBody({ revoker, revokeReason }: { revoker: string; revokeReason: string }): Body {
  return { RevokerInfo: { Revoker_Account: revoker, Reason: revokeReason } };
}

export function ownMentions(list: unknown): unknown {
  if (list === undefined) return undefined;
  return objectsOf(list).map(({ GroupAtAllFlag, GroupAt_Account }) =>
    GroupAtAllFlag === 1 ? AT_ALL : GroupAt_Account,
  );
}

/** A conversation as lists of this API name it; groups go by several names in it. */
export function contactOf(conversationID: string, groupKey: 'ToGroupId' | 'GroupId' = 'ToGroupId'): Body {
  const named = parseConversationID(conversationID);
  if (named?.type === 'GROUP') return { Type: 2, [groupKey]: named.groupID };
  return { Type: 1, To_Account: named?.userID ?? '' };
}

/** The conversationID of such an entry; what names none is left to be refused. */
export function conversationIDOf(contact: unknown): string {
  const [item = {}] = objectsOf([contact]);
  const groupID = item.ToGroupId ?? item.ToGroupid ?? item.GroupId ?? item.ToAccount;
  return item.Type === 2
    ? conversationOfGroup(nameOf(groupID))
    : conversationWithUser(nameOf(item.To_Account));
}
