import {
  type Chat,
  type ConversationGroupRecord,
  type ConversationRow,
  type ConversationsState,
  conversationKey,
  type GroupRecord,
} from '@muster/domain';
import { LIMITS, type Message, parseConversationID } from '@muster/protocol';
import type { ConversationRequest, ConversationStorage, MessagePage, Outcome, UserMirror } from '../port.ts';
import { groupOfChat, saidAfter } from '../sql/conversation-lookups.ts';
import { conversationGroupNameOf, conversationGroupsOf, messageOf } from '../sql/conversation-rows.ts';
import { conversationWrites } from '../sql/conversation-writes.ts';
import { byConversationID, conversationOfJoinedGroup, conversationWithUser } from '../sql/mirror-rows.ts';
import { groupOf, integer, type Row, userOf } from '../sql/rows.ts';
import { conversationRows, lastMessages, listed, messagesOf, tallies } from './conversation-rows.ts';
import { devicesOf } from './counter-state.ts';
import type { Connection } from './database.ts';
import type { GroupParts } from './groups.ts';
import { type Decided, once } from './once.ts';
import { LOCK_GROUP } from './own-statements.ts';
import { lockUsers, seqsOf } from './user-locks.ts';

export function openConversations(parts: GroupParts): ConversationStorage {
  const { database } = parts;
  return {
    update: (request) => update(parts, request),
    mirror: (userID) => database.snapshot((connection) => mirror(connection, userID)),
    read: (userID, conversationIDs) =>
      database.snapshot(async (connection) => {
        const named = conversationIDs.map((conversationID) => ({ userID, conversationID }));
        return listed(connection, userID, await conversationRows(connection, named));
      }),
    messages: (page) => database.snapshot((connection) => messages(connection, page)),
  };
}

async function update<Reply>(
  { database, cache, gate }: GroupParts,
  request: ConversationRequest<Reply>,
): Promise<Outcome<Reply>> {
  const devices = devicesOf([request]);
  const users = request.userIDs.map((userID) => `user:${userID}`);
  return gate.run([...users, ...devices], async () => {
    try {
      return await database.transaction((connection) =>
        once(connection, request, {
          lockScope: () => holdMessages(connection, request),
          decide: () => decide(connection, request),
        }),
      );
    } finally {
      cache.forgetWindows(devices);
    }
  });
}

/**
 * The last message of a group's conversation is told as it is read. Nobody changes it meanwhile: who did would be told
 * of before, by the group's log, and the older form after him, by the user's (DL5).
 */
async function holdMessages(
  connection: Connection,
  { lastMessage }: ConversationRequest<unknown>,
): Promise<void> {
  const named = lastMessage && parseConversationID(lastMessage.conversationID);
  if (named?.type === 'GROUP') await connection.run(LOCK_GROUP, [named.groupID]);
}

async function decide<Reply>(
  connection: Connection,
  request: ConversationRequest<Reply>,
): Promise<Decided<Reply>> {
  const { userIDs, now } = request;
  const users = await lockUsers(connection, userIDs);
  const decision = request.decide(await stateOf(connection, request, users));
  if (!decision.ok) return decision;
  const { changes, events, reply } = decision;
  const written = conversationWrites({ userIDs, changes, events, seqs: seqsOf(users), now });
  return { ok: true, reply, events: written.events, writes: written.writes };
}

async function stateOf(
  connection: Connection,
  request: ConversationRequest<unknown>,
  locked: readonly Row[],
): Promise<ConversationsState> {
  const { userIDs, conversations: named, messages: said, lastMessage: last } = request;
  const first = userIDs[0] ?? '';
  const known = locked.flatMap((row) => userOf(row) ?? []);
  const rows = await conversationRows(connection, named);
  const keyed = named.map(({ userID, conversationID }, at) => {
    return [conversationKey(userID, conversationID), rows[at]] as [string, ConversationRow];
  });
  return {
    users: new Map(known.map((user) => [user.userID, user])),
    conversations: new Map(keyed),
    tallies: await tallies(connection, named, rows),
    messages: said ? await messagesOf(connection, said, await groupOfMessages(connection, said)) : new Map(),
    ...(last && { lastMessage: await lastMessage(connection, first, last) }),
    ...(request.conversationGroups && {
      conversationGroups: await conversationGroups(connection, first),
      lastConversationGroupID: await lastConversationGroupID(connection, first),
    }),
  };
}

/** The newest message of one conversation, without some. */
async function lastMessage(
  connection: Connection,
  userID: string,
  { conversationID, without }: { conversationID: string; without: readonly number[] },
): Promise<Message | undefined> {
  const rows = await conversationRows(connection, [{ userID, conversationID }]);
  const [message] = await lastMessages(connection, userID, { rows, without });
  return message;
}

/** The group whose messages are asked for, if it is not those of two users. */
async function groupOfMessages(
  connection: Connection,
  { chat }: { chat: Chat },
): Promise<{ group: GroupRecord | undefined } | undefined> {
  const groupID = groupOfChat(chat);
  if (groupID === undefined) return undefined;
  const [row] = await connection.read('group', [groupID]);
  return { group: row && groupOf(row).record };
}

async function conversationGroups(
  connection: Connection,
  userID: string,
): Promise<ConversationGroupRecord[]> {
  const rows = await connection.read('conversationGroups', [userID]);
  if (rows.length === 0) return [];
  return conversationGroupsOf(rows, await connection.read('conversationGroupMembers', [userID]));
}

async function lastConversationGroupID(connection: Connection, userID: string): Promise<number> {
  const [row] = await connection.read('lastConversationGroup', [userID]);
  return integer(row?.id);
}

async function mirror(connection: Connection, userID: string): Promise<UserMirror | undefined> {
  const [row] = await connection.read('user', [userID]);
  const user = row && userOf(row);
  if (!user) return undefined;
  const ofUsers = (await connection.read('conversationsWithUsers', [userID])).map(conversationWithUser);
  const joined = await connection.read('joinedGroupsWithRecords', [userID]);
  const ofGroups = joined.map(conversationOfJoinedGroup);
  const kept = LIMITS.deletedConversationGroups_perUser_max.value;
  const deleted = await connection.read('deletedConversationGroups', [userID, kept]);
  return {
    user,
    groups: ofGroups.map(({ group, member }) => ({ group, member })),
    conversations: await listed(connection, userID, [...ofUsers, ...ofGroups.toSorted(byConversationID)]),
    conversationGroups: await conversationGroups(connection, userID),
    deletedConversationGroups: deleted.map(conversationGroupNameOf).reverse(),
  };
}

async function messages(
  connection: Connection,
  { chat, userID, after, before = Number.MAX_SAFE_INTEGER, count }: MessagePage,
): Promise<Message[]> {
  const of = await groupOfMessages(connection, { chat });
  const begin = of ? Math.max(after, saidAfter(of.group)) : after;
  return (await connection.read('messages', [chat, begin, userID, before, count])).map(messageOf);
}
