import {
  type CommandError,
  parseConversationID,
  type SetAllMessageReadInput,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { conversationKey, isHeld, stateOf, tallyOf } from '../conversation-view.ts';
import { accept, type Decision, tell } from '../decision.ts';
import { readThrough } from '../read-mark.ts';
import type { ConversationRow, ConversationsChanges, ConversationsState } from './conversation-state.ts';

/** Everything counts as read in the asker's conversations that the state names, or those of one type (CV2). */
export function setAllMessageRead(
  state: ConversationsState,
  asker: Asker,
  { conversationType }: SetAllMessageReadInput,
): Decision<ConversationsChanges, Record<string, never>, CommandError<'setAllMessageRead'>> {
  const read = ownRows(state, asker)
    .filter(({ conversationID }) => isOf(conversationID, conversationType))
    .flatMap((row) => readThrough(state, asker, { row, mark: tallyOf(row) }) ?? []);
  if (read.length === 0) return accept({}, {});
  const conversations = read.map(({ row }) => stateOf(row));
  const events = [
    tell(userScope(asker.userID), { name: 'conversationsUpdated', conversations }, asker.by),
    ...read.flatMap(({ told }) => told),
  ];
  return accept({ conversations: read.flatMap(({ records }) => records) }, {}, events);
}

/** The state also names the other sides of one-to-one conversations, which belong to them. */
function ownRows(state: ConversationsState, { userID }: Asker): ConversationRow[] {
  return [...state.conversations]
    .filter(([key, row]) => key === conversationKey(userID, row.conversationID) && isHeld(row))
    .map(([, row]) => row);
}

function isOf(conversationID: string, type: 'C2C' | 'GROUP' | undefined): boolean {
  return type === undefined || parseConversationID(conversationID)?.type === type;
}
