import {
  type CommandError,
  type LoggedEvent,
  type Message,
  type SendMessageInput,
  type SendMessageOutput,
  userScope,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { conversationViewOf, recordOf, rowOf } from '../conversation-view.ts';
import type {
  ConversationRecord,
  ConversationRow,
  ConversationsChanges,
  ConversationsState,
} from '../conversations/conversation-state.ts';
import { accept, type Decision, tell } from '../decision.ts';
import { isRefusal } from '../texts.ts';
import { messageToUser, sentMessageOf } from './compose-message.ts';
import { pairChat } from './message-state.ts';
import { sidesOf } from './one-to-one.ts';

/** Says a message to a user: kept once, counted and told at both sides (MS1, MS2). */
export function sendMessageToUser(
  state: ConversationsState,
  asker: Asker,
  input: SendMessageInput,
): Decision<ConversationsChanges, SendMessageOutput, CommandError<'sendMessage'>> {
  const composed = messageToUser(state, asker, input);
  if (isRefusal(composed)) return composed;
  const sides = sidesOf(asker.userID, composed.to).map(({ userID, conversationID }) => ({
    userID,
    row: rowOf(state, userID, conversationID),
  }));
  // Both sides hold the same number, which is the pair's.
  const sequence = Math.max(...sides.map(({ row }) => recordOf(row).tally.sequence)) + 1;
  const message = { ...composed, sequence };
  const told = sides.map(({ userID, row }) => {
    const record = counting(recordOf(row), message, userID);
    return { userID, record, event: sent(row, record, message) };
  });
  const changes: ConversationsChanges = {
    conversations: told.map(({ userID, record }) => [userID, record]),
    message: { chat: pairChat(asker.userID, message.to), message },
  };
  const events = told.map(({ userID, event }) => tell(userScope(userID), event, asker.by));
  return accept(changes, sentMessageOf(message), events);
}

function counting(before: ConversationRecord, message: Message, userID: string): ConversationRecord {
  const { tally, appearedAt } = before;
  const counted = message.excludedFromUnreadCount ? 0 : 1;
  return {
    ...before,
    tally: {
      sequence: message.sequence,
      counted: tally.counted + counted,
      own: tally.own + (message.from === userID ? counted : 0),
    },
    appearedAt: tally.sequence === 0 ? message.timestamp : appearedAt,
  };
}

/** A conversation that begins with the message is told whole. */
function sent(row: ConversationRow, record: ConversationRecord, message: Message): LoggedEvent {
  const event = { name: 'messageSent', conversationID: row.conversationID, message } as const;
  if (recordOf(row).tally.sequence > 0) return event;
  const lastMessage = message.excludedFromLastMessage ? undefined : message;
  return { ...event, conversation: conversationViewOf({ ...row, record, lastMessage, mentions: [] }) };
}
