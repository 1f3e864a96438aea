/** Messages that reach those who are connected and are kept nowhere: sequence 0 (MS3, MS5). */
import type { CommandError, Message, SendMessageInput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsState } from '../conversations/conversation-state.ts';
import type { Reading } from '../decision.ts';
import type { GroupState } from '../groups/group-state.ts';
import { isRefusal } from '../texts.ts';
import { messageToGroup, messageToUser } from './compose-message.ts';

type Composed = Reading<{ message: Message }, CommandError<'sendMessage'>>;

/** A message of an AVChatRoom, or one to a group that its sender wants nothing kept of. */
export function composeGroupMessage(state: GroupState, asker: Asker, input: SendMessageInput): Composed {
  const message = messageToGroup(state, asker, input);
  return isRefusal(message) ? message : { ok: true, reply: { message } };
}

export function composeUserMessage(
  state: ConversationsState,
  asker: Asker,
  input: SendMessageInput,
): Composed {
  const message = messageToUser(state, asker, input);
  return isRefusal(message) ? message : { ok: true, reply: { message } };
}
