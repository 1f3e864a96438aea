import type { CommandError, PartialResult, SetConversationCustomDataInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { Decision } from '../decision.ts';
import { refuseText } from '../texts.ts';
import { changeConversations } from './conversation-change.ts';
import type { ConversationsChanges, ConversationsState } from './conversation-state.ts';

/** Keeps a text of the app's own with conversations (CV2). */
export function setConversationCustomData(
  state: ConversationsState,
  asker: Asker,
  { conversationIDList, customData }: SetConversationCustomDataInput,
): Decision<ConversationsChanges, PartialResult, CommandError<'setConversationCustomData'>> {
  const change = changeConversations(state, asker, {
    conversationIDList,
    change: (record) => ({ ...record, customData }),
  });
  if (!change.ok) return change;
  return refuseText('customData', customData, 'conversationCustomData_bytes_max') ?? change;
}
