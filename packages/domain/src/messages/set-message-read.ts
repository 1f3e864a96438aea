import { type CommandError, type SetMessageReadInput, userScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { conversationKey, effectiveRead, rowOf, stateOf, tallyOf } from '../conversation-view.ts';
import type {
  ConversationRow,
  ConversationsChanges,
  ConversationsState,
} from '../conversations/conversation-state.ts';
import { accept, type Decision, tell } from '../decision.ts';
import { readThrough } from '../read-mark.ts';
import { isRefusal } from '../texts.ts';
import { ownConversation } from './own-conversation.ts';

/** All that was said up to `through`, else all there is, counts as read on every device of the asker (MS1). */
export function setMessageRead(
  state: ConversationsState,
  asker: Asker,
  { conversationID, through }: SetMessageReadInput,
): Decision<ConversationsChanges, Record<string, never>, CommandError<'setMessageRead'>> {
  // Nothing of an AVChatRoom is unread, and who opens it on his screen asks as he does for any group (MS3).
  if (rowOf(state, asker.userID, conversationID).group?.type === 'AVChatRoom') return accept({}, {});
  const own = ownConversation(state, asker, conversationID);
  if (isRefusal(own)) return own;
  const { row } = own;
  const mark = tallyThrough(state, asker, row, through);
  const change = readThrough(state, asker, { row, mark });
  if (change === undefined) return accept({}, {});
  const conversations = [stateOf(change.row)];
  const events = [
    tell(userScope(asker.userID), { name: 'conversationsUpdated', conversations }, asker.by),
    ...change.told,
  ];
  return accept({ conversations: change.records }, {}, events);
}

/** What had counted at that sequence. */
function tallyThrough(state: ConversationsState, asker: Asker, row: ConversationRow, through?: number) {
  const all = tallyOf(row);
  if (through === undefined || through >= all.sequence) return all;
  return state.tallies.get(conversationKey(asker.userID, row.conversationID)) ?? effectiveRead(row);
}
