/** How messages are kept. */
import type { Message, parseConversationID } from '@muster/protocol';

/** Names what messages are numbered within: a group, or the two users of a one-to-one conversation. */
export type Chat = `group:${string}` | `pair:${string}`;

export const groupChat = (groupID: string): Chat => `group:${groupID}`;

/** The same for both sides. A line feed is in no userID (US1). */
export function pairChat(userID: string, otherID: string): Chat {
  const [first, second] = userID < otherID ? [userID, otherID] : [otherID, userID];
  return `pair:${first}\n${second}`;
}

/** The chat that a user's conversationID means. */
export function chatOf(userID: string, named: NonNullable<ReturnType<typeof parseConversationID>>): Chat {
  return named.type === 'GROUP' ? groupChat(named.groupID) : pairChat(userID, named.userID);
}

/** A message as it is stored. */
export interface MessageRecord {
  chat: Chat;
  message: Message;
}
