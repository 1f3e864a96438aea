/** Changing conversations of one user, each answered for itself, and all told at once (CV2). */
import { type PartialResult, parseConversationID, userScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { isListedRow, recordOf, rowOf, stateOf, tallyOf } from '../conversation-view.ts';
import { type Acceptance, accept, type Refusal, tell } from '../decision.ts';
import { partialResult, refuseConversationCount } from '../partial-result.ts';
import type {
  ConversationRecord,
  ConversationRow,
  ConversationsChanges,
  ConversationsState,
} from './conversation-state.ts';

/** The record of a row after a change. */
type Change = (record: ConversationRecord, row: ConversationRow) => ConversationRecord;

/**
 * Changes those that may be, which are those in the list unless `mayChange` says otherwise. Each id counts once, in
 * the order of the request (CG6).
 */
export function changeConversations(
  state: ConversationsState,
  asker: Asker,
  request: {
    conversationIDList: readonly string[];
    change: Change;
    mayChange?: (row: ConversationRow) => boolean;
  },
): Acceptance<ConversationsChanges, PartialResult> | Refusal<'CONVERSATION_COUNT'> {
  const named = new Set(request.conversationIDList);
  const refusal = refuseConversationCount(named);
  if (refusal !== undefined) return refusal;
  const rowNamed = (conversationID: string) => rowOf(state, asker.userID, conversationID);
  const reply = partialResult(named, (conversationID) =>
    faultOf(rowNamed(conversationID), request.mayChange),
  );
  const rows = reply.successConversationIDList.map(rowNamed);
  return acceptChange(rows, asker, { change: request.change, reply });
}

/** Why a conversation may not be changed, or undefined. */
export function faultOf(
  row: ConversationRow,
  mayChange = isListedRow,
): 'BAD_CONVERSATION_ID' | 'CONVERSATION_NOT_FOUND' | undefined {
  if (parseConversationID(row.conversationID) === undefined) return 'BAD_CONVERSATION_ID';
  return mayChange(row) ? undefined : 'CONVERSATION_NOT_FOUND';
}

/**
 * Changes these. Only what then differs is written, and told in one event. A one-to-one conversation that nothing
 * was said in yet is not told of: its first message tells all of it.
 */
export function acceptChange<Reply>(
  rows: readonly ConversationRow[],
  { userID, by }: Asker,
  { change, reply }: { change: Change; reply: Reply },
): Acceptance<ConversationsChanges, Reply> {
  const changed = rows
    .map((before) => ({ before, after: { ...before, record: change(recordOf(before), before) } }))
    .filter(({ before, after }) => JSON.stringify(stateOf(before)) !== JSON.stringify(stateOf(after)))
    .map(({ after }) => after);
  if (changed.length === 0) return accept({}, reply);
  const told = changed.filter((row) => row.group !== undefined || tallyOf(row).sequence > 0).map(stateOf);
  const event = { name: 'conversationsUpdated', conversations: told } as const;
  const changes: ConversationsChanges = { conversations: changed.map(({ record }) => [userID, record]) };
  return accept(changes, reply, told.length > 0 ? [tell(userScope(userID), event, by)] : []);
}
