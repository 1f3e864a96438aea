import { type ConversationRow, type ConversationsState, conversationKey } from '@muster/domain';
import type { Message, Tally } from '@muster/protocol';
import type {
  ConversationRequest,
  ConversationStorage,
  MessagePage,
  NamedConversation,
  Outcome,
} from '../port.ts';
import {
  groupOfChat,
  lastMessageLookup,
  saidAfter,
  tallyFrom,
  tallyLookup,
} from '../sql/conversation-lookups.ts';
import { messageOf } from '../sql/conversation-rows.ts';
import { conversationWrites } from '../sql/conversation-writes.ts';
import { usersOf } from '../sql/group-writes.ts';
import { integer } from '../sql/rows.ts';
import type { ColdWrites } from './cold-writes.ts';
import { conversationGroups, listed, mirror } from './mirror.ts';
import type { Pending } from './pending.ts';
import { conversationsOnDisk } from './pending-conversations.ts';
import { PendingGroups } from './pending-groups.ts';
import type { Reader } from './reader.ts';

export function sqliteConversations(reader: Reader, cold: ColdWrites): ConversationStorage {
  return {
    update: (request) => cold.run((pending) => update(pending, request), { isAlone: isAlone(request) }),
    mirror: async (userID) => reader.together(() => mirror(reader, userID)),
    read: async (userID, conversationIDs) =>
      reader.together(() => {
        const onDisk = conversationsOnDisk(reader);
        const rows = conversationIDs.map((id) => onDisk.row(userID, id));
        return listed(reader, userID, rows);
      }),
    messages: async (page) => reader.together(() => messages(reader, page)),
  };
}

/** Whether a request reads more than rows by their keys: of those it would not see what waits to be written. */
function isAlone({ conversations, lastMessage, conversationGroups }: ConversationRequest<unknown>): boolean {
  const asksForTally = conversations.some(({ through }) => through !== undefined);
  return asksForTally || lastMessage !== undefined || conversationGroups === true;
}

function update<Reply>(pending: Pending, request: ConversationRequest<Reply>): Outcome<Reply> {
  const { userIDs, now } = request;
  const decide = () => request.decide(stateOf(pending, request));
  return pending.once(request, decide, ({ changes, events }) => {
    const users = usersOf(events);
    const seqs = pending.seqs(users);
    const written = conversationWrites({ userIDs, changes, events, seqs, now });
    pending.conversations.put(changes);
    pending.raise(users, seqs);
    pending.writes.push(...written.writes);
    return written.events;
  });
}

function stateOf(pending: Pending, request: ConversationRequest<unknown>): ConversationsState {
  const { userIDs, conversations, messages } = request;
  const known = userIDs.flatMap((userID) => pending.user(userID).record ?? []);
  const rows = conversations.map(({ userID, conversationID }) => {
    const row = pending.conversations.row(userID, conversationID);
    return [conversationKey(userID, conversationID), row] as const;
  });
  return {
    users: new Map(known.map((user) => [user.userID, user])),
    conversations: new Map(rows),
    tallies: tallies(pending, conversations),
    messages: messages ? pending.conversations.messages(messages.chat, messages.sequenceList) : new Map(),
    ...listsOf(pending, request),
  };
}

/** What only a request that runs alone is shown. */
function listsOf(
  { caches: { reader }, conversations }: Pending,
  { userIDs: [userID = ''], lastMessage: last, ...request }: ConversationRequest<unknown>,
): Partial<ConversationsState> {
  const lists: Partial<ConversationsState> = {};
  if (last) {
    const row = conversations.row(userID, last.conversationID);
    lists.lastMessage = lastMessage(reader, userID, { row, without: last.without });
  }
  if (request.conversationGroups) {
    lists.conversationGroups = conversationGroups(reader, userID);
    lists.lastConversationGroupID = integer(reader.first('lastConversationGroup', [userID])?.id);
  }
  return lists;
}

/** The newest message that may be shown as the last one, without some. */
function lastMessage(
  reader: Reader,
  userID: string,
  { row, without }: { row: ConversationRow; without: readonly number[] },
): Message | undefined {
  const lookup = lastMessageLookup(userID, row);
  if (!lookup) return undefined;
  const rows = reader.all('lastMessages', [lookup.chat, lookup.after, userID, without.length + 1]);
  const newest = rows.find(({ sequence }) => !without.includes(integer(sequence)));
  return newest && messageOf(newest);
}

function tallies(
  { caches: { reader }, conversations }: Pending,
  named: readonly NamedConversation[],
): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const { userID, conversationID, through } of named) {
    if (through === undefined) continue;
    const lookup = tallyLookup({ userID, through }, conversations.row(userID, conversationID));
    if (!lookup) continue;
    const { chat, after, to } = lookup;
    const counted = reader.first('countedMessages', [chat, after, to, userID]);
    found.set(conversationKey(userID, conversationID), tallyFrom(lookup, counted));
  }
  return found;
}

function messages(reader: Reader, { chat, userID, before, count, ...page }: MessagePage): Message[] {
  const groupID = groupOfChat(chat);
  const first = groupID === undefined ? 0 : saidAfter(new PendingGroups(reader).living(groupID));
  const after = Math.max(page.after, first);
  const end = before ?? Number.MAX_SAFE_INTEGER;
  return reader.all('messages', [chat, after, userID, end, count]).map(messageOf);
}
