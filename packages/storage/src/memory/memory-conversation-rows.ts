/** What a user's conversations are read as. */
import {
  type Chat,
  type ConversationRow,
  chatOf,
  conversationKey,
  effectiveRead,
  groupChat,
  isHeld,
  type ListedConversationRow,
  tallyOf,
  visibleAfter,
} from '@muster/domain';
import {
  AT_ALL,
  LIMITS,
  type Mention,
  type Message,
  parseConversationID,
  type Tally,
} from '@muster/protocol';
import { isOfLiving } from './memory-conversation-groups.ts';
import { messagesFor, messagesOf } from './memory-messages.ts';
import { userOf } from './memory-users.ts';
import type { MemoryState } from './state.ts';

export function conversationRow(state: MemoryState, userID: string, conversationID: string): ConversationRow {
  const named = parseConversationID(conversationID);
  const kept = state.conversations.get(conversationKey(userID, conversationID))?.record;
  const group = named?.type === 'GROUP' ? state.groups.get(named.groupID) : undefined;
  return {
    conversationID,
    record: kept && isOfLiving(state, kept) ? kept : undefined,
    group: group?.record.endedAt === 0 ? { ...group.record } : undefined,
    member: group?.members.get(userID),
    peer: named?.type === 'C2C' ? userOf(state, named.userID) : undefined,
  };
}

export function listedRow(state: MemoryState, userID: string, conversationID: string): ListedConversationRow {
  return {
    ...conversationRow(state, userID, conversationID),
    lastMessage: lastMessage(state, userID, conversationID, []),
    mentions: mentions(state, userID, conversationID),
  };
}

/** The newest message of a conversation that may be shown as its last one, without some. */
export function lastMessage(
  state: MemoryState,
  userID: string,
  conversationID: string,
  without: readonly number[],
): Message | undefined {
  const chat = chatNamed(userID, conversationID);
  const row = conversationRow(state, userID, conversationID);
  if (!chat || !isHeld(row)) return undefined;
  return messagesFor(state, userID, chat).findLast(
    (message) =>
      message.sequence > visibleAfter(row) &&
      !message.excludedFromLastMessage &&
      !without.includes(message.sequence),
  );
}

/** What others have said to the user or to everybody in a group since he read it, the newest of them. */
function mentions(state: MemoryState, userID: string, conversationID: string): Mention[] {
  const row = conversationRow(state, userID, conversationID);
  if (!row.group || !isHeld(row)) return [];
  return messagesOf(state, groupChat(row.group.groupID))
    .filter(({ sequence, from }) => sequence > effectiveRead(row).sequence && from !== userID)
    .filter(({ atUserList }) => atUserList.includes(userID) || atUserList.includes(AT_ALL))
    .map(({ sequence, from, atUserList }) => ({ sequence, from, isAll: atUserList.includes(AT_ALL) }))
    .slice(-LIMITS.mentions_perConversation_max.value);
}

/**
 * The tally of a conversation when `through` was its last sequence; undefined when that is not behind. What is
 * before the read mark is not told: the mark only rises.
 */
export function tallyAt(
  state: MemoryState,
  userID: string,
  conversationID: string,
  through: number,
): Tally | undefined {
  const chat = chatNamed(userID, conversationID);
  const row = conversationRow(state, userID, conversationID);
  const tally = tallyOf(row);
  if (!chat || !isHeld(row) || through >= tally.sequence) return undefined;
  const sequence = Math.max(through, effectiveRead(row).sequence);
  const later = messagesOf(state, chat).filter(
    (message) => message.sequence > sequence && !message.excludedFromUnreadCount,
  );
  const own = later.filter(({ from }) => from === userID);
  return { sequence, counted: tally.counted - later.length, own: tally.own - own.length };
}

/** Undefined for a malformed conversationID. */
function chatNamed(userID: string, conversationID: string): Chat | undefined {
  const named = parseConversationID(conversationID);
  return named && chatOf(userID, named);
}
