/** What is to be looked up among the messages of a user's conversation; pure, and the same in every database. */
import {
  type Chat,
  type ConversationRow,
  chatOf,
  effectiveRead,
  type GroupRecord,
  groupChat,
  isHeld,
  tallyOf,
  visibleAfter,
} from '@muster/domain';
import { parseConversationID, type Tally } from '@muster/protocol';
import { integer, type Row } from './rows.ts';

const GROUP_CHAT = groupChat('');

/** Messages of a chat after a sequence. */
export interface ChatLookup {
  chat: Chat;
  after: number;
}

/** Where the last message of a conversation is looked for; undefined when there is none. */
export function lastMessageLookup(userID: string, row: ConversationRow): ChatLookup | undefined {
  const chat = chatOfRow(userID, row);
  const after = visibleAfter(row);
  return chat && isHeld(row) && tallyOf(row).sequence > after ? { chat, after } : undefined;
}

/** Where the mentions of a conversation are looked for; undefined when there are none, as all is read. */
export function mentionsLookup(userID: string, row: ConversationRow): ChatLookup | undefined {
  const chat = row.group && chatOfRow(userID, row);
  const after = effectiveRead(row).sequence;
  return chat && isHeld(row) && tallyOf(row).sequence > after ? { chat, after } : undefined;
}

/** The messages between a tally that is known and one that is asked for. */
export interface TallyLookup extends ChatLookup {
  /** The last of them. */
  to: number;
  known: Tally;
  through: number;
}

/**
 * What must be counted to tell a conversation's tally at an earlier sequence; undefined when that is not earlier.
 * It is counted from the read mark or from the end, whichever is nearer, and tells nothing from before the mark:
 * so a message is counted a few times at most, as the mark only rises.
 */
export function tallyLookup(
  { userID, through }: { userID: string; through: number },
  row: ConversationRow,
): TallyLookup | undefined {
  const chat = chatOfRow(userID, row);
  const end = tallyOf(row);
  if (!chat || !isHeld(row) || through >= end.sequence) return undefined;
  const read = effectiveRead(row);
  const at = Math.max(through, read.sequence);
  if (at - read.sequence <= end.sequence - at) {
    return { chat, after: read.sequence, to: at, known: read, through: at };
  }
  return { chat, after: at, to: end.sequence, known: end, through: at };
}

/** The tally that was asked for; the row is that of `countedMessages`. */
export function tallyFrom({ known, through }: TallyLookup, row: Row | undefined): Tally {
  const sign = known.sequence > through ? -1 : 1;
  return {
    sequence: through,
    counted: known.counted + sign * integer(row?.counted),
    own: known.own + sign * integer(row?.own),
  };
}

/** Undefined for a malformed conversationID. */
function chatOfRow(userID: string, { conversationID }: ConversationRow): Chat | undefined {
  const named = parseConversationID(conversationID);
  return named && chatOf(userID, named);
}

/** The group that a chat is of. */
export function groupOfChat(chat: Chat): string | undefined {
  return chat.startsWith(GROUP_CHAT) ? chat.slice(GROUP_CHAT.length) : undefined;
}

/** The sequence after which a group's messages are its own: none are once it has ended. */
export function saidAfter(group: GroupRecord | undefined): number {
  return group?.endedAt === 0 ? group.firstMessageSeq : Number.MAX_SAFE_INTEGER;
}
