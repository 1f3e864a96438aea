import type { CommandError, DeleteConversationInput, PartialResult } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { tallyOf } from '../conversation-view.ts';
import type { Decision } from '../decision.ts';
import { changeConversations } from './conversation-change.ts';
import type { ConversationsChanges, ConversationsState } from './conversation-state.ts';

/**
 * Takes conversations out of the list until something is said in them (CV2). They come back unpinned and read, with
 * an empty history unless it was to be kept, and in their conversation groups (CG15).
 */
export function deleteConversation(
  state: ConversationsState,
  asker: Asker,
  { conversationIDList, clearHistoryMessage = true }: DeleteConversationInput,
): Decision<ConversationsChanges, PartialResult, CommandError<'deleteConversation'>> {
  return changeConversations(state, asker, {
    conversationIDList,
    change: (record, row) => {
      const read = tallyOf(row);
      const { sequence } = read;
      const clearedThrough = clearHistoryMessage ? sequence : record.clearedThrough;
      return { ...record, isPinned: false, read, hiddenThrough: sequence, clearedThrough };
    },
  });
}
