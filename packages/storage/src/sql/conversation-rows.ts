/** Between rows and records of messages, conversations and conversation groups. */
import type {
  ConversationGroupMember,
  ConversationGroupRecord,
  ConversationRecord,
  MessageRecord,
} from '@muster/domain';
import { AT_ALL, type Mention, type Message, parseConversationID, userIDFault } from '@muster/protocol';
import { integer, type Row } from './rows.ts';
import type { Parameter } from './statements.ts';

/** What stands in `mentions` for everybody. */
const EVERYBODY = '';

export function messageOf(row: Row): Message {
  return JSON.parse(row.body as string) as Message;
}

/** Parameters of `putMessage`. */
export function messageParameters({ chat, message }: MessageRecord): Parameter[] {
  const counts = message.excludedFromUnreadCount ? 0 : 1;
  const shows = message.excludedFromLastMessage ? 0 : 1;
  return [chat, message.sequence, message.from, counts, shows, JSON.stringify(message)];
}

/** Parameters of `putMention`, for each whom a message names. Who names himself is not told. */
export function mentionParameters({ chat, message }: MessageRecord): Parameter[][] {
  const { atUserList, from, sequence } = message;
  const named = atUserList.filter((userID) => userID !== from && userIDFault(userID) === undefined);
  const users = atUserList.includes(AT_ALL) ? [EVERYBODY] : new Set(named);
  return [...users].map((userID) => [chat, userID, sequence, from]);
}

/** Mentions, oldest first. */
export function mentionsOf(rows: readonly Row[]): Mention[] {
  const mentions = rows.map((row) => ({
    sequence: integer(row.sequence),
    from: row.sender as string,
    isAll: row.user_id === EVERYBODY,
  }));
  return mentions.sort((a, b) => a.sequence - b.sequence);
}

/** The parts of a conversation that no statement looks into stand in one column. */
type ConversationText = Omit<ConversationRecord, 'conversationID' | 'generation'>;

export function conversationOf(row: Row): ConversationRecord {
  return {
    conversationID: row.conversation_id as string,
    generation: integer(row.generation),
    ...(JSON.parse(row.record as string) as ConversationText),
  };
}

/** Parameters of `putConversation`. */
export function conversationParameters(
  userID: string,
  { conversationID, generation, ...text }: ConversationRecord,
): Parameter[] {
  return [userID, conversationID, groupIDOf(conversationID), generation, JSON.stringify(text)];
}

/** Parameters of `addToConversationGroup`. */
export function conversationGroupMemberParameters(
  userID: string,
  id: number,
  { conversationID, generation }: ConversationGroupMember,
): Parameter[] {
  return [userID, id, conversationID, groupIDOf(conversationID), generation];
}

/** The rows of `conversationGroups` and of `conversationGroupMembers`. */
export function conversationGroupsOf(
  groups: readonly Row[],
  members: readonly Row[],
): ConversationGroupRecord[] {
  const membersOf = new Map<number, ConversationGroupMember[]>();
  const records = groups.map((row) => {
    const record = { ...conversationGroupNameOf(row), members: [] };
    membersOf.set(record.id, record.members);
    return record;
  });
  for (const row of members) {
    const conversationID = row.conversation_id as string;
    membersOf.get(integer(row.id))?.push({ conversationID, generation: integer(row.generation) });
  }
  return records;
}

export function conversationGroupNameOf(row: Row): { id: number; name: string } {
  return { id: integer(row.id), name: JSON.parse(row.name as string) as string };
}

/** Parameters of `putConversationGroup`. */
export function conversationGroupParameters(
  userID: string,
  { id, name }: { id: number; name: string },
): Parameter[] {
  return [userID, id, JSON.stringify(name)];
}

/** Empty for a conversation with a user. */
function groupIDOf(conversationID: string): string {
  const named = parseConversationID(conversationID);
  return named?.type === 'GROUP' ? named.groupID : '';
}
