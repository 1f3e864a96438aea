/** What a user's devices mirror, read from the disk. Callers read `together`, so that it is of one moment. */
import type { ConversationGroupRecord, ConversationRow, ListedConversationRow } from '@muster/domain';
import { LIMITS, type Mention, type Message } from '@muster/protocol';
import type { UserMirror } from '../port.ts';
import { lastMessageLookup, mentionsLookup } from '../sql/conversation-lookups.ts';
import {
  conversationGroupNameOf,
  conversationGroupsOf,
  mentionsOf,
  messageOf,
} from '../sql/conversation-rows.ts';
import { byConversationID, conversationOfJoinedGroup, conversationWithUser } from '../sql/mirror-rows.ts';
import { integer, userOf } from '../sql/rows.ts';
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
    conversations: [...ofUsers, ...ofGroups.toSorted(byConversationID)].map((row) => {
      return listed(reader, userID, row);
    }),
    conversationGroups: conversationGroups(reader, userID),
    deletedConversationGroups: reader
      .all('deletedConversationGroups', [userID, deleted])
      .map(conversationGroupNameOf)
      .reverse(),
  };
}

/** A conversation with what its list entry shows of messages. */
export function listed(reader: Reader, userID: string, row: ConversationRow): ListedConversationRow {
  const last = lastMessage(reader, userID, row);
  return { ...row, lastMessage: last, mentions: mentions(reader, userID, row) };
}

/** The newest message that may be shown as the last one, without some. */
export function lastMessage(
  reader: Reader,
  userID: string,
  row: ConversationRow,
  without: readonly number[] = [],
): Message | undefined {
  const lookup = lastMessageLookup(userID, row);
  if (!lookup) return undefined;
  const { chat, after } = lookup;
  const rows = reader.all('lastMessages', [chat, after, userID, without.length + 1]);
  const newest = rows.find(({ sequence }) => !without.includes(integer(sequence)));
  return newest && messageOf(newest);
}

export function conversationGroups(reader: Reader, userID: string): ConversationGroupRecord[] {
  const rows = reader.all('conversationGroups', [userID]);
  return conversationGroupsOf(
    rows,
    rows.length === 0 ? [] : reader.all('conversationGroupMembers', [userID]),
  );
}

function mentions(reader: Reader, userID: string, row: ConversationRow): Mention[] {
  const lookup = mentionsLookup(userID, row);
  if (!lookup) return [];
  const { chat, after } = lookup;
  const count = LIMITS.mentions_perConversation_max.value;
  return mentionsOf(reader.all('mentions', [chat, userID, after, count]));
}
