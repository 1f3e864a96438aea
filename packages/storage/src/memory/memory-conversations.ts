import { type ConversationsChanges, type ConversationsState, conversationKey } from '@muster/domain';
import { conversationOfGroup, type Scope, type Tally, userScope } from '@muster/protocol';
import { compareText } from '../operations/text-order.ts';
import type { ConversationRequest, ConversationStorage, Outcome, UserMirror } from '../port.ts';
import { changeConversationGroups, conversationGroupsOf, isOfLiving } from './memory-conversation-groups.ts';
import { conversationRow, lastMessage, listedRow, tallyAt } from './memory-conversation-rows.ts';
import { joinedGroups } from './memory-groups.ts';
import { deleteMessages, messagePage, messageRecords, putMessage } from './memory-messages.ts';
import { userOf } from './memory-users.ts';
import type { MemoryState } from './state.ts';
import { turn } from './turn.ts';

export function memoryConversations(state: MemoryState): ConversationStorage {
  return {
    update: (request) => turn(() => state.once(request.operation, request.now, () => update(state, request))),
    mirror: (userID) => turn(() => mirror(state, userID)),
    read: (userID, conversationIDs) =>
      turn(() => conversationIDs.map((conversationID) => listedRow(state, userID, conversationID))),
    messages: (page) => turn(() => messagePage(state, page)),
  };
}

function update<Reply>(state: MemoryState, request: ConversationRequest<Reply>): Outcome<Reply> {
  const decision = request.decide(shown(state, request));
  if (!decision.ok) return decision;
  const locked = new Set<Scope>(request.userIDs.map(userScope));
  const other = decision.events.find(({ scope }) => !locked.has(scope));
  if (other) throw new Error(`A change that does not lock ${other.scope} tells it something.`);
  change(state, firstOf(request), decision.changes);
  return { ok: true, reply: decision.reply, repeated: false, events: state.tell(decision.events) };
}

function firstOf({ userIDs }: ConversationRequest<unknown>): string {
  const [first] = userIDs;
  if (first === undefined) throw new Error('A request about conversations names no user.');
  return first;
}

function shown(state: MemoryState, request: ConversationRequest<unknown>): ConversationsState {
  const first = firstOf(request);
  const { userIDs, conversations, messages, lastMessage: last } = request;
  const users = userIDs.flatMap((userID) => userOf(state, userID) ?? []);
  const groups = conversationGroupsOf(state, first);
  return {
    users: new Map(users.map((user) => [user.userID, user])),
    conversations: new Map(
      conversations.map(({ userID, conversationID }) => [
        conversationKey(userID, conversationID),
        conversationRow(state, userID, conversationID),
      ]),
    ),
    tallies: tallies(state, conversations),
    messages: messages ? messageRecords(state, messages.chat, messages.sequenceList) : new Map(),
    ...(last && { lastMessage: lastMessage(state, first, last.conversationID, last.without) }),
    ...(request.conversationGroups && {
      conversationGroups: groups.present,
      lastConversationGroupID: groups.lastID,
    }),
  };
}

function tallies(
  state: MemoryState,
  conversations: ConversationRequest<unknown>['conversations'],
): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const { userID, conversationID, through } of conversations) {
    const tally = through === undefined ? undefined : tallyAt(state, userID, conversationID, through);
    if (tally) found.set(conversationKey(userID, conversationID), tally);
  }
  return found;
}

function change(
  state: MemoryState,
  first: string,
  { conversations, message, deletedMessages, conversationGroups }: ConversationsChanges,
): void {
  for (const [userID, record] of conversations ?? []) {
    const key = conversationKey(userID, record.conversationID);
    state.conversations.set(key, { userID, record: structuredClone(record) });
  }
  if (message) putMessage(state, message);
  if (deletedMessages) deleteMessages(state, deletedMessages);
  if (conversationGroups) changeConversationGroups(state, first, conversationGroups);
}

function mirror(state: MemoryState, userID: string): UserMirror | undefined {
  const user = userOf(state, userID);
  if (!user) return undefined;
  const groups = joinedGroups(state, userID);
  const recorded = [...state.conversations.values()]
    .filter((kept) => kept.userID === userID && isOfLiving(state, kept.record))
    .map(({ record }) => record.conversationID);
  const ofGroups = groups.map(({ group }) => conversationOfGroup(group.groupID));
  const conversationIDs = [...new Set([...recorded, ...ofGroups])].sort(compareText);
  const { present, deleted } = conversationGroupsOf(state, userID);
  return {
    user,
    groups,
    conversations: conversationIDs.map((conversationID) => listedRow(state, userID, conversationID)),
    conversationGroups: present,
    deletedConversationGroups: deleted,
  };
}
