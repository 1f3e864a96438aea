import type { CommandError, ConversationIDOutput, PinConversationInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { rowOf } from '../conversation-view.ts';
import { type Decision, refuse } from '../decision.ts';
import { acceptChange, faultOf } from './conversation-change.ts';
import type { ConversationsChanges, ConversationsState } from './conversation-state.ts';

/** Puts a conversation before all that are not pinned, or back among them (CV2). */
export function pinConversation(
  state: ConversationsState,
  asker: Asker,
  { conversationID, isPinned }: PinConversationInput,
): Decision<ConversationsChanges, ConversationIDOutput, CommandError<'pinConversation'>> {
  const row = rowOf(state, asker.userID, conversationID);
  const fault = faultOf(row);
  if (fault !== undefined) return refuse(fault);
  return acceptChange([row], asker, {
    change: (record) => ({ ...record, isPinned }),
    reply: { conversationID },
  });
}
