import { recordOf, tallyOf } from '../conversation-view.ts';
import { type Acceptance, accept } from '../decision.ts';
import type { ConversationsChanges, ConversationsState } from './conversation-state.ts';

/**
 * Leaves of these one-to-one conversations of a user whose account is deleted nothing but how far they have counted,
 * which goes on with the other side (US14). Nobody is told: he has no device any more.
 */
export function forgetConversations(
  { conversations }: ConversationsState,
  userID: string,
): Acceptance<ConversationsChanges, null> {
  const records = [...conversations.values()].map((row) => {
    const tally = tallyOf(row);
    const { sequence } = tally;
    const { appearedAt } = recordOf(row);
    const fresh = recordOf({ ...row, record: undefined });
    return { ...fresh, tally, appearedAt, read: tally, hiddenThrough: sequence, clearedThrough: sequence };
  });
  return accept({ conversations: records.map((record) => [userID, record]) }, null);
}
