import type { CommandError, PartialResult, SetMessageRemindTypeInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { isHeld } from '../conversation-view.ts';
import type { Decision } from '../decision.ts';
import { changeConversations } from './conversation-change.ts';
import type { ConversationRow, ConversationsChanges, ConversationsState } from './conversation-state.ts';

/** Says how messages are announced, of any group that the asker is in and any user who ever logged in (CV2). */
export function setMessageRemindType(
  state: ConversationsState,
  asker: Asker,
  { conversationIDList, messageRemindType }: SetMessageRemindTypeInput,
): Decision<ConversationsChanges, PartialResult, CommandError<'setMessageRemindType'>> {
  return changeConversations(state, asker, {
    conversationIDList,
    change: (record) => ({ ...record, messageRemindType }),
    mayChange,
  });
}

/** Nobody keeps settings about users who do not exist. */
function mayChange(row: ConversationRow): boolean {
  return isHeld(row) && (row.group !== undefined || row.peer !== undefined);
}
