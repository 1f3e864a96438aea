import type { CommandError, MarkConversationInput, PartialResult } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { Decision } from '../decision.ts';
import { changeConversations } from './conversation-change.ts';
import type { ConversationsChanges, ConversationsState } from './conversation-state.ts';

/** Sets or clears one mark of conversations (CV2). */
export function markConversation(
  state: ConversationsState,
  asker: Asker,
  { conversationIDList, mark, enableMark }: MarkConversationInput,
): Decision<ConversationsChanges, PartialResult, CommandError<'markConversation'>> {
  return changeConversations(state, asker, {
    conversationIDList,
    change: (record) => {
      const others = record.markList.filter((other) => other !== mark);
      const markList = enableMark ? [...others, mark].sort((a, b) => a - b) : others;
      return { ...record, markList };
    },
  });
}
