import { type CommandError, parseConversationID } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { recordOf } from '../conversation-view.ts';
import type { ConversationRow } from '../conversations/conversation-state.ts';
import { type Reading, refuse } from '../decision.ts';
import { type Chat, chatOf } from './message-state.ts';

/**
 * Where the history of a conversation lies and after which sequence the asker sees it: what was said before he
 * joined shows in a Community only (GR1), and an administrator sees all of a group that he is not in. An AVChatRoom
 * keeps nothing, so that there is nothing to see for anybody (MS3).
 */
export function messageHistory(
  row: ConversationRow,
  asker: Asker,
): Reading<{ chat: Chat; after: number }, CommandError<'getMessageList'>> {
  const named = parseConversationID(row.conversationID);
  if (named === undefined) return refuse('BAD_CONVERSATION_ID');
  const chat = chatOf(asker.userID, named);
  const { clearedThrough } = recordOf(row);
  if (named.type === 'C2C') return { ok: true, reply: { chat, after: clearedThrough } };
  const { group, member } = row;
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (group.type === 'AVChatRoom') return { ok: true, reply: { chat, after: group.messageSeq } };
  if (member === undefined && !asker.isAdministrator)
    return refuse('NOT_PERMITTED', 'Only a member sees what is said in the group.');
  const isCommunity = group.type === 'Community';
  const { joinSequence = 0 } = (isCommunity ? undefined : member) ?? {};
  return { ok: true, reply: { chat, after: Math.max(clearedThrough, joinSequence, group.firstMessageSeq) } };
}
