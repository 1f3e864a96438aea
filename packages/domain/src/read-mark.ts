/** Moving a user's read mark, which never goes back (MS1). */
import { conversationWithUser, parseConversationID, type Tally, userScope } from '@muster/protocol';
import type { Asker } from './asker.ts';
import { conversationKey, effectiveRead, recordOf } from './conversation-view.ts';
import type {
  ConversationRecord,
  ConversationRow,
  ConversationsState,
} from './conversations/conversation-state.ts';
import { type ScopedEvent, tell } from './decision.ts';
import { secondsOf } from './times.ts';

export interface ReadChange {
  /** The user's own conversation as it now is. */
  row: ConversationRow;
  records: [userID: string, ConversationRecord][];
  /** What the other side of a one-to-one conversation is told. */
  told: ScopedEvent[];
}

/** Undefined when the user had read as far before. */
export function readThrough(
  state: ConversationsState,
  asker: Asker,
  { row, mark }: { row: ConversationRow; mark: Tally },
): ReadChange | undefined {
  if (mark.sequence <= effectiveRead(row).sequence) return undefined;
  const record = { ...recordOf(row), read: mark };
  const change: ReadChange = { row: { ...row, record }, records: [[asker.userID, record]], told: [] };
  const named = parseConversationID(row.conversationID);
  if (named?.type !== 'C2C' || named.userID === asker.userID) return change;
  const conversationID = conversationWithUser(asker.userID);
  const theirs = state.conversations.get(conversationKey(named.userID, conversationID))?.record;
  if (theirs === undefined) return change;
  const peerRead = { sequence: mark.sequence, time: secondsOf(asker.now) };
  const { sequence: readSequence, time: readTime } = peerRead;
  const event = { name: 'messageReadByPeer', conversationID, readSequence, readTime } as const;
  change.records.push([named.userID, { ...theirs, peerRead }]);
  change.told.push(tell(userScope(named.userID), event, asker.by));
  return change;
}
