import type { Chat, MessageRecord } from '@muster/domain';
import type { Message } from '@muster/protocol';
import type { MessagePage } from '../port.ts';
import type { MemoryState } from './state.ts';

/** The messages of a chat by sequence. Of a group those of its present generation, and none once it has ended. */
export function messagesOf(state: MemoryState, chat: Chat): Message[] {
  const messages = [...(state.messages.get(chat)?.values() ?? [])].sort((a, b) => a.sequence - b.sequence);
  if (!chat.startsWith('group:')) return messages;
  const group = state.groups.get(chat.slice('group:'.length))?.record;
  if (group?.endedAt !== 0) return [];
  return messages.filter(({ sequence }) => sequence > group.firstMessageSeq);
}

/** Those messages of a chat that a user has not deleted for himself. */
export function messagesFor(state: MemoryState, userID: string, chat: Chat): Message[] {
  const deleted = state.deletedMessages.get(deletedKey(userID, chat));
  return messagesOf(state, chat).filter(({ sequence }) => !deleted?.has(sequence));
}

export function messageRecords(
  state: MemoryState,
  chat: Chat,
  sequenceList: readonly number[],
): Map<number, MessageRecord> {
  const named = messagesOf(state, chat).filter(({ sequence }) => sequenceList.includes(sequence));
  return new Map(named.map((message) => [message.sequence, { chat, message }]));
}

/** Newest first. */
export function messagePage(
  state: MemoryState,
  { chat, userID, after, before, count }: MessagePage,
): Message[] {
  return messagesFor(state, userID, chat)
    .filter(({ sequence }) => sequence > after && (before === undefined || sequence < before))
    .reverse()
    .slice(0, count);
}

export function putMessage(state: MemoryState, { chat, message }: MessageRecord): void {
  const messages = state.messages.get(chat) ?? new Map<number, Message>();
  state.messages.set(chat, messages);
  messages.set(message.sequence, structuredClone(message));
}

export function deleteMessages(
  state: MemoryState,
  { userID, chat, sequenceList }: { userID: string; chat: Chat; sequenceList: readonly number[] },
): void {
  const key = deletedKey(userID, chat);
  state.deletedMessages.set(key, new Set([...(state.deletedMessages.get(key) ?? []), ...sequenceList]));
}

const deletedKey = (userID: string, chat: Chat): string => `${userID}\n${chat}`;
