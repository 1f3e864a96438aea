/** Finding a stored message that somebody names, as far as he may see it. */
import { type Message, parseConversationID } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsState } from '../conversations/conversation-state.ts';
import { type Refusal, refuse } from '../decision.ts';
import { isMember, livingGroup } from '../group-roles.ts';
import type { GroupState } from '../groups/group-state.ts';

/** A message of a group. One from before the asker's joining is found in a Community only (GR1). */
export function messageOfGroup(
  state: GroupState,
  asker: Asker,
  sequence: number,
): Message | Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED' | 'MESSAGE_NOT_FOUND'> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (!asker.isAdministrator && !isMember(state, asker.userID))
    return refuse('NOT_PERMITTED', 'Only a member may name messages of the group.');
  const seesAll = asker.isAdministrator || group.type === 'Community';
  const { joinSequence = 0 } = state.members.get(asker.userID) ?? {};
  const after = Math.max(group.firstMessageSeq, seesAll ? 0 : joinSequence);
  const found = sequence > after ? state.messages?.get(sequence) : undefined;
  return found?.message ?? refuse('MESSAGE_NOT_FOUND');
}

/** A message of a one-to-one conversation of the asker's. */
export function messageOfPair(
  state: ConversationsState,
  { conversationID, sequence }: { conversationID: string; sequence: number },
): { message: Message; otherID: string } | Refusal<'BAD_CONVERSATION_ID' | 'MESSAGE_NOT_FOUND'> {
  const other = parseConversationID(conversationID);
  if (other?.type !== 'C2C') return refuse('BAD_CONVERSATION_ID');
  const found = state.messages.get(sequence);
  if (found === undefined) return refuse('MESSAGE_NOT_FOUND');
  return { message: found.message, otherID: other.userID };
}
