import { type CommandError, type DeleteMessageInput, userScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsChanges, ConversationsState } from '../conversations/conversation-state.ts';
import { accept, type Decision, tell } from '../decision.ts';
import { isRefusal } from '../texts.ts';
import { ownConversation } from './own-conversation.ts';

/** Takes messages out of the asker's own history (MS5). To name one that is not there is no mistake. */
export function deleteMessage(
  state: ConversationsState,
  asker: Asker,
  { conversationID, sequenceList }: DeleteMessageInput,
): Decision<ConversationsChanges, Record<string, never>, CommandError<'deleteMessage'>> {
  const own = ownConversation(state, asker, conversationID);
  if (isRefusal(own)) return own;
  const deleted = [...new Set(sequenceList)].filter((sequence) => state.messages.has(sequence));
  if (deleted.length === 0) return accept({}, {});
  const { userID } = asker;
  const lastMessage = state.lastMessage ?? null;
  const event = { name: 'messagesDeleted', conversationID, sequenceList: deleted, lastMessage } as const;
  const changes: ConversationsChanges = {
    deletedMessages: { userID, chat: own.chat, sequenceList: deleted },
  };
  return accept(changes, {}, [tell(userScope(userID), event, asker.by)]);
}
