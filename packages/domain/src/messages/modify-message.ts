/** Putting other content into a message for everybody (MS5). */
import {
  type CommandError,
  conversationOfGroup,
  groupScope,
  type Message,
  type MessageOutput,
  type ModifyMessageInput,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, type Refusal, refuse, tell } from '../decision.ts';
import type { GroupChanges, GroupState } from '../groups/group-state.ts';
import { isRefusal } from '../texts.ts';
import { contentOf } from './message-arguments.ts';
import { groupChat, pairChat } from './message-state.ts';
import { tellBoth } from './one-to-one.ts';
import { messageOfGroup, messageOfPair } from './stored-message.ts';

type Modification<Changes> = Decision<Changes, MessageOutput, CommandError<'modifyMessage'>>;

export function modifyMessage(
  state: GroupState,
  asker: Asker,
  input: ModifyMessageInput,
): Modification<GroupChanges> {
  const before = messageOfGroup(state, asker, input.sequence);
  if (isRefusal(before)) return before;
  const message = modified(before, asker, input);
  if (isRefusal(message)) return message;
  if (message === before) return accept({}, { message });
  const conversationID = conversationOfGroup(message.to);
  const event = { name: 'messageModified', conversationID, message } as const;
  const changes: GroupChanges = { message: { chat: groupChat(message.to), message } };
  return accept(changes, { message }, [tell(groupScope(message.to), event, asker.by)]);
}

export function modifyMessageToUser(
  state: ConversationsState,
  asker: Asker,
  input: ModifyMessageInput,
): Modification<ConversationsChanges> {
  const found = messageOfPair(state, input);
  if (isRefusal(found)) return found;
  const message = modified(found.message, asker, input);
  if (isRefusal(message)) return message;
  if (message === found.message) return accept({}, { message });
  const changes: ConversationsChanges = { message: { chat: pairChat(asker.userID, found.otherID), message } };
  const events = tellBoth(asker, found.otherID, (conversationID) => {
    return { name: 'messageModified', conversationID, message };
  });
  return accept(changes, { message }, events);
}

/** The message with its new content, the very same when nothing differs, or why it may not have it. */
function modified(
  before: Message,
  asker: Asker,
  { payload = before.payload, cloudCustomData = before.cloudCustomData }: ModifyMessageInput,
): Message | Refusal<'NOT_PERMITTED' | 'MESSAGE_NOT_FOUND' | 'BAD_ARGUMENT_VALUE' | 'MESSAGE_TOO_LARGE'> {
  if (before.isRevoked) return refuse('MESSAGE_NOT_FOUND', 'The message was taken back.');
  if (before.from !== asker.userID && !asker.isAdministrator)
    return refuse('NOT_PERMITTED', 'A message is changed by its sender.');
  const content = contentOf(before.type, { payload, cloudCustomData });
  if (isRefusal(content)) return content;
  const isSame =
    content.cloudCustomData === before.cloudCustomData &&
    JSON.stringify(content.payload) === JSON.stringify(before.payload);
  return isSame ? before : { ...before, ...content, isModified: true };
}
