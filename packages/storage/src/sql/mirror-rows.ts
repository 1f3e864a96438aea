/** The rows of a user's mirror, as the conversations that they stand for. */
import type { ConversationRow } from '@muster/domain';
import { conversationOfGroup } from '@muster/protocol';
import type { JoinedGroup } from '../port.ts';
import { conversationOf } from './conversation-rows.ts';
import { groupOf, memberOf, type Row, userOf } from './rows.ts';

/** A row of `conversationsWithUsers`. */
export function conversationWithUser(row: Row): ConversationRow {
  const record = conversationOf(row);
  const { conversationID } = record;
  return { conversationID, record, group: undefined, member: undefined, peer: userOf(row) };
}

/** A row of `joinedGroupsWithRecords`. */
export function conversationOfJoinedGroup(row: Row): ConversationRow & JoinedGroup {
  const group = groupOf(row).record;
  const record = row.record === null ? undefined : conversationOf(row);
  const conversationID = conversationOfGroup(group.groupID);
  return { conversationID, record, group, member: memberOf(row), peer: undefined };
}

/** groupIDs are of one byte a character, so that this is the order of code points. */
export function byConversationID(a: ConversationRow, b: ConversationRow): number {
  return a.conversationID < b.conversationID ? -1 : 1;
}
