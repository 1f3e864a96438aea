/** Taking a message back for everybody (MS1). It stays what it was, and says that it was taken back and by whom. */
import {
  type CommandError,
  conversationOfGroup,
  groupScope,
  type LoggedEvent,
  type Message,
  type MessageOutput,
  type RevokeMessageInput,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, type Refusal, refuse, tell } from '../decision.ts';
import { leads } from '../group-roles.ts';
import type { GroupChanges, GroupState } from '../groups/group-state.ts';
import { isRefusal, refuseText } from '../texts.ts';
import { groupChat, pairChat } from './message-state.ts';
import { tellBoth } from './one-to-one.ts';
import { messageOfGroup, messageOfPair } from './stored-message.ts';

type Revocation<Changes> = Decision<Changes, MessageOutput, CommandError<'revokeMessage'>>;

/** The sender may, and owner and admins of the group. */
export function revokeMessage(
  state: GroupState,
  asker: Asker,
  input: RevokeMessageInput,
): Revocation<GroupChanges> {
  const before = messageOfGroup(state, asker, input.sequence);
  if (isRefusal(before)) return before;
  const refusal = refuseRevocation(before, { asker, input, mayAny: leads(state, asker) });
  if (refusal !== undefined) return refusal;
  if (before.isRevoked) return accept({}, { message: before });
  const message = revoked(before, asker, input);
  const event = revocation(conversationOfGroup(message.to), message);
  const changes: GroupChanges = { message: { chat: groupChat(message.to), message } };
  return accept(changes, { message }, [tell(groupScope(message.to), event, asker.by)]);
}

export function revokeMessageToUser(
  state: ConversationsState,
  asker: Asker,
  input: RevokeMessageInput,
): Revocation<ConversationsChanges> {
  const found = messageOfPair(state, input);
  if (isRefusal(found)) return found;
  const before = found.message;
  const refusal = refuseRevocation(before, { asker, input, mayAny: asker.isAdministrator });
  if (refusal !== undefined) return refusal;
  if (before.isRevoked) return accept({}, { message: before });
  const message = revoked(before, asker, input);
  const changes: ConversationsChanges = { message: { chat: pairChat(asker.userID, found.otherID), message } };
  const events = tellBoth(asker, found.otherID, (conversationID) => revocation(conversationID, message));
  return accept(changes, { message }, events);
}

function refuseRevocation(
  { from }: Message,
  { asker, input, mayAny }: { asker: Asker; input: RevokeMessageInput; mayAny: boolean },
): Refusal<'NOT_PERMITTED' | 'BAD_ARGUMENT_VALUE'> | undefined {
  if (from !== asker.userID && !mayAny)
    return refuse('NOT_PERMITTED', 'A message is taken back by its sender, or who leads the group.');
  return refuseText('revokeReason', input.revokeReason, 'revokeReason_bytes_max');
}

function revoked(message: Message, asker: Asker, { revokeReason = '' }: RevokeMessageInput): Message {
  return { ...message, isRevoked: true, revoker: asker.userID, revokeReason };
}

function revocation(conversationID: string, message: Message): LoggedEvent {
  const { sequence, clientSequence, revoker, revokeReason } = message;
  const original = clientSequence === undefined ? {} : { clientSequence };
  return { name: 'messageRevoked', conversationID, sequence, ...original, revoker, revokeReason };
}
