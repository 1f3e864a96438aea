/** What a user's devices mirror, read from the disk. Callers read `together`, so that it is of one moment. */
import type { ConversationGroupRecord, ConversationRow, ListedConversationRow } from '@muster/domain';
import { LIMITS, type Mention, type Message } from '@muster/protocol';
import type { UserMirror } from '../port.ts';
import { type ChatLookup, lastMessageLookup, mentionsLookup } from '../sql/conversation-lookups.ts';
import {
  conversationGroupNameOf,
  conversationGroupsOf,
  mentionsOf,
  messageOf,
} from '../sql/conversation-rows.ts';
import { byConversationID, conversationOfJoinedGroup, conversationWithUser } from '../sql/mirror-rows.ts';
import { type Row, userOf } from '../sql/rows.ts';
import type { Reader } from './reader.ts';

export function mirror(reader: Reader, userID: string): UserMirror | undefined {
  const row = reader.first('user', [userID]);
  const user = row && userOf(row);
  if (!user) return undefined;
  const ofUsers = reader.all('conversationsWithUsers', [userID]).map(conversationWithUser);
  const ofGroups = reader.all('joinedGroupsWithRecords', [userID]).map(conversationOfJoinedGroup);
  const deleted = LIMITS.deletedConversationGroups_perUser_max.value;
  return {
    user,
    groups: ofGroups.map(({ group, member }) => ({ group, member })),
    conversations: listed(reader, userID, [...ofUsers, ...ofGroups.toSorted(byConversationID)]),
    conversationGroups: conversationGroups(reader, userID),
    deletedConversationGroups: reader
      .all('deletedConversationGroups', [userID, deleted])
      .map(conversationGroupNameOf)
      .reverse(),
  };
}

/** Conversations with what their list entries show of messages. */
export function listed(
  reader: Reader,
  userID: string,
  rows: readonly ConversationRow[],
): ListedConversationRow[] {
  const said = listOf(rows, (row) => lastMessageLookup(userID, row));
  const last = new Map<unknown, Message>();
  for (const row of reader.all('lastMessageOfEach', [said, userID])) {
    if (row.body !== null) last.set(row.at, messageOf(row));
  }
  const unread = listOf(rows, (row) => mentionsLookup(userID, row));
  const mentions = new Map<unknown, Mention[]>();
  for (const row of reader.all('mentionsOfEach', [
    unread,
    userID,
    LIMITS.mentions_perConversation_max.value,
  ])) {
    mentions.set(row.at, mentionsOf(JSON.parse(row.mentions as string) as Row[]));
  }
  return rows.map((row, at) => ({ ...row, lastMessage: last.get(at), mentions: mentions.get(at) ?? [] }));
}

export function conversationGroups(reader: Reader, userID: string): ConversationGroupRecord[] {
  const rows = reader.all('conversationGroups', [userID]);
  return conversationGroupsOf(
    rows,
    rows.length === 0 ? [] : reader.all('conversationGroupMembers', [userID]),
  );
}

/** What is to be looked up for conversations, as the statements for many of them take it. */
function listOf(
  rows: readonly ConversationRow[],
  lookupOf: (row: ConversationRow) => ChatLookup | undefined,
): string {
  const list = rows.flatMap((row, at) => {
    const lookup = lookupOf(row);
    return lookup ? [[at, lookup.chat, lookup.after]] : [];
  });
  return JSON.stringify(list);
}
