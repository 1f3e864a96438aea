/** What an accepted decision about users' own conversations writes. Pure. */
import type { ConversationGroupChanges, ConversationsChanges, ScopedEvent } from '@muster/domain';
import { LIMITS, type Scope } from '@muster/protocol';
import {
  conversationGroupMemberParameters,
  conversationGroupParameters,
  conversationParameters,
} from './conversation-rows.ts';
import { type NumberedWrites, numberEvents, userSeqWrites, usersOf } from './group-writes.ts';
import { messageWrites } from './message-writes.ts';
import type { Write } from './statements.ts';

/**
 * The statements of a change. `userIDs` are the users whose scopes are locked; conversation groups are those of the
 * first. `seqs` holds the last numbers of their logs, and is raised.
 */
export function conversationWrites(change: {
  userIDs: readonly string[];
  changes: ConversationsChanges;
  events: readonly ScopedEvent[];
  seqs: Map<Scope, number>;
  now: number;
}): NumberedWrites {
  const { userIDs, changes, events, seqs, now } = change;
  const stranger = usersOf(events).find((userID) => !userIDs.includes(userID));
  if (stranger !== undefined)
    throw new Error(`A change that does not lock user:${stranger} tells it something.`);
  const numbered = numberEvents(events, seqs, now);
  const writes = [
    ...rowWrites(userIDs[0] ?? '', changes),
    ...numbered.writes,
    ...userSeqWrites(events, seqs),
  ];
  return { events: numbered.events, writes };
}

function rowWrites(
  first: string,
  { conversations = [], message, deletedMessages, conversationGroups }: ConversationsChanges,
): Write[] {
  const writes: Write[] = message ? messageWrites(message) : [];
  for (const [userID, record] of conversations) {
    writes.push(['putConversation', conversationParameters(userID, record)]);
  }
  for (const sequence of deletedMessages?.sequenceList ?? []) {
    writes.push([
      'putDeletedMessage',
      [deletedMessages?.userID ?? '', deletedMessages?.chat ?? '', sequence],
    ]);
  }
  if (conversationGroups) writes.push(...conversationGroupWrites(first, conversationGroups));
  return writes;
}

function conversationGroupWrites(
  userID: string,
  { put, deleted, added, removed }: ConversationGroupChanges,
): Write[] {
  const writes: Write[] = [];
  if (put) writes.push(['putConversationGroup', conversationGroupParameters(userID, put)]);
  if (deleted) {
    const kept = LIMITS.deletedConversationGroups_perUser_max.value;
    writes.push(
      ['deleteConversationGroup', [userID, deleted.id]],
      ['emptyConversationGroup', [userID, deleted.id]],
      ['pruneConversationGroups', [userID, kept]],
    );
  }
  for (const member of added?.members ?? []) {
    writes.push([
      'addToConversationGroup',
      conversationGroupMemberParameters(userID, added?.id ?? 0, member),
    ]);
  }
  for (const conversationID of removed?.conversationIDList ?? []) {
    writes.push(['removeFromConversationGroup', [userID, removed?.id ?? 0, conversationID]]);
  }
  return writes;
}
