/**
 * Random histories of groups, messages, conversations and conversation groups, played to the oracle in memory and to
 * an engine: what anybody can read is the same in both, at every step.
 */
import {
  accept,
  type ConversationRecord,
  type ConversationsChanges,
  type ConversationsState,
  conversationKey,
  groupChat,
  pairChat,
  recordOf,
  refuse,
  rowOf,
  tallyOf,
} from '@muster/domain';
import { AT_ALL, conversationOfGroup, conversationWithUser, type Tally } from '@muster/protocol';
import { type SeededRandom, seededRandom } from '@muster/testkit';
import { expect } from 'vitest';
import { createGroup, endGroup, loginDevice, removeMember, START } from '../src/conformance/fixtures.ts';
import {
  joinGroup,
  type MessageFields,
  messageRecord,
  sendToGroup,
  sendToUser,
} from '../src/conformance/message-deciders.ts';
import { openMemory } from '../src/memory/open-memory.ts';
import type { ConversationRequest, Storage } from '../src/port.ts';

const USERS = ['alice', 'bob', 'eve'];
const GROUPS = ['g', 'h'];
const CONVERSATIONS = [...USERS.map(conversationWithUser), ...GROUPS.map(conversationOfGroup)];
const CHATS = [
  ...GROUPS.map(groupChat),
  ...USERS.flatMap((userID, at) => USERS.slice(at).map((otherID) => pairChat(userID, otherID))),
];

/** One step of a history, the same for every storage it is played to. */
type Step = (storage: Storage) => Promise<unknown>;

/** Plays a history to both and compares after every few steps. */
export async function compareHistories(engine: Storage, seed: number, steps: number): Promise<void> {
  const oracle = openMemory();
  const random = seededRandom(seed);
  for (const userID of USERS) await both(oracle, engine, (storage) => loginDevice(storage, userID));
  for (const groupID of GROUPS) {
    await both(oracle, engine, (storage) => createGroup(storage, groupID, USERS.slice(0, 2)));
  }
  for (let at = 1; at <= steps; at += 1) {
    const step = nextStep(random);
    const [expected, found] = await both(oracle, engine, step);
    expect(found, `seed ${seed}, step ${at}`).toEqual(expected);
    if (at % 10 !== 0) continue;
    const [seen, shown] = await both(oracle, engine, everything);
    expect(shown, `seed ${seed}, after step ${at}`).toEqual(seen);
  }
}

async function both<Value>(oracle: Storage, engine: Storage, step: (storage: Storage) => Promise<Value>) {
  return [await step(oracle), await step(engine)] as const;
}

function nextStep(random: SeededRandom): Step {
  const kinds = [
    say,
    say,
    say,
    write,
    write,
    write,
    read,
    read,
    remove,
    replace,
    folder,
    folder,
    folder,
    move,
  ];
  return pick(random, kinds)(random);
}

function pick<Value>(random: SeededRandom, values: readonly Value[]): Value {
  return values[random.below(values.length)] as Value;
}

function flags(random: SeededRandom): Partial<MessageFields> {
  return {
    ...(random.below(4) === 0 && { excludedFromUnreadCount: true }),
    ...(random.below(4) === 0 && { excludedFromLastMessage: true }),
  };
}

function say(random: SeededRandom): Step {
  const from = pick(random, USERS);
  const atUserList = [[], [], ['bob'], [AT_ALL], ['alice', AT_ALL, 'eve']][random.below(5)] ?? [];
  const [groupID, message] = [pick(random, GROUPS), { from, atUserList, ...flags(random) }];
  return (storage) => sendToGroup(storage, groupID, message);
}

function write(random: SeededRandom): Step {
  const message = { from: pick(random, USERS), to: pick(random, USERS), ...flags(random) };
  return (storage) => sendToUser(storage, message);
}

/** A message takes the place of its older form, and counts as that did. */
function replace(random: SeededRandom): Step {
  const messages = { chat: pick(random, CHATS), sequenceList: [1 + random.below(20)] };
  const changes = { isRevoked: true, excludedFromLastMessage: random.below(2) === 0 };
  return (storage) =>
    update(storage, { userIDs: [...USERS], messages }, (state) => {
      const [old] = state.messages.values();
      if (!old) return undefined;
      return { message: { chat: old.chat, message: { ...messageRecord(), ...old.message, ...changes } } };
    });
}

/** Marks a conversation as read up to somewhere, and clears, hides or pins it. */
function read(random: SeededRandom): Step {
  const [userID, conversationID] = [pick(random, USERS), pick(random, CONVERSATIONS)];
  const [through, kind] = [random.below(30), random.below(4)];
  const conversations = [{ userID, conversationID, through }];
  return (storage) =>
    update(storage, { userIDs: [userID], conversations }, (state) => {
      const row = rowOf(state, userID, conversationID);
      if (conversationID.startsWith('GROUP') && !row.member) return undefined;
      const end: Tally = tallyOf(row);
      const tally = state.tallies.get(conversationKey(userID, conversationID)) ?? end;
      const changes: Partial<ConversationRecord>[] = [
        { read: tally },
        { clearedThrough: Math.min(through, end.sequence) },
        { hiddenThrough: end.sequence, read: end },
        { isPinned: through % 2 === 0, markList: [through] },
      ];
      return { conversations: [[userID, { ...recordOf(row), ...changes[kind] }]] };
    });
}

/** A user takes messages out of his own history. */
function remove(random: SeededRandom): Step {
  const [userID, chat] = [pick(random, USERS), pick(random, CHATS)];
  const messages = { chat, sequenceList: [1 + random.below(20), 1 + random.below(40)] };
  return (storage) =>
    update(storage, { userIDs: [userID], messages }, (state) => {
      return { deletedMessages: { userID, chat, sequenceList: [...state.messages.keys()] } };
    });
}

/** A change of a user's conversation groups. */
function folder(random: SeededRandom): Step {
  const [userID, conversationID, kind, at] = [
    pick(random, USERS),
    pick(random, CONVERSATIONS),
    random.below(6),
    random.below(4),
  ];
  const request = {
    userIDs: [userID],
    conversations: [{ userID, conversationID }],
    conversationGroups: true,
  };
  return (storage) =>
    update(storage, request, (state) => {
      const { conversationGroups = [], lastConversationGroupID = 0 } = state;
      const id = lastConversationGroupID + 1;
      if (kind === 0) return { conversationGroups: { put: { id, name: `n${id}` } } };
      const group = conversationGroups[at % Math.max(1, conversationGroups.length)];
      if (!group) return undefined;
      const named = { id: group.id, name: group.name };
      if (kind === 1 && at === 0) return { conversationGroups: { deleted: named } };
      if (kind === 2) return { conversationGroups: { put: { ...named, name: `${group.name}'` } } };
      const has = group.members.some((member) => member.conversationID === conversationID);
      if (has)
        return { conversationGroups: { removed: { id: group.id, conversationIDList: [conversationID] } } };
      const row = rowOf(state, userID, conversationID);
      if (conversationID.startsWith('GROUP') && !row.member) return undefined;
      const members = [{ conversationID, generation: row.group?.generation ?? 0 }];
      return { conversationGroups: { added: { id: group.id, members } } };
    });
}

/** Somebody comes into a group or leaves it, or the group ends and is made again. */
function move(random: SeededRandom): Step {
  const [groupID, userID] = [pick(random, GROUPS), pick(random, USERS)];
  const [ends, sweeps] = [random.below(4) === 0, random.below(2) === 0];
  return async (storage) => {
    const { members } = await storage.groups.read(groupID, [userID]);
    if (ends) {
      await endGroup(storage, groupID);
      if (sweeps) await storage.maintain(START);
      await createGroup(storage, groupID, USERS.slice(0, 2));
      return;
    }
    if (members.has(userID)) await removeMember(storage, groupID, userID);
    else await joinGroup(storage, groupID, userID);
  };
}

function update(
  storage: Storage,
  request: Pick<ConversationRequest<null>, 'userIDs' | 'messages' | 'conversationGroups'> &
    Partial<Pick<ConversationRequest<null>, 'conversations'>>,
  decide: (state: ConversationsState) => ConversationsChanges | undefined,
) {
  return storage.conversations.update({
    conversations: [],
    ...request,
    now: START,
    decide: (state) => {
      const changes = decide(state);
      return changes ? accept(changes, null) : refuse('BAD_ARGUMENT_VALUE');
    },
  });
}

/** All that anybody can read. */
async function everything(storage: Storage) {
  const { conversations, groups } = storage;
  return {
    mirrors: await all(USERS, (userID) => conversations.mirror(userID)),
    rows: await all(USERS, (userID) => conversations.read(userID, CONVERSATIONS)),
    groups: await all(GROUPS, (groupID) => groups.read(groupID, USERS)),
    pages: await all(USERS, (userID) =>
      all(CHATS, (chat) => conversations.messages({ chat, userID, after: 2, before: 90, count: 30 })),
    ),
    last: await all(USERS, (userID) =>
      all(CONVERSATIONS, (conversationID) => shown(storage, userID, conversationID)),
    ),
  };
}

/** What a rule is shown of a conversation, in the middle of its messages and at their end. */
async function shown(storage: Storage, userID: string, conversationID: string) {
  let state: ConversationsState | undefined;
  await storage.conversations.update({
    userIDs: [userID],
    conversations: [{ userID, conversationID, through: 7 }],
    lastMessage: { conversationID, without: [3, 5, 6, 12] },
    conversationGroups: true,
    now: START,
    decide: (seen) => {
      state = seen;
      return refuse('BAD_ARGUMENT_VALUE');
    },
  });
  return state;
}

async function all<Key, Value>(keys: readonly Key[], ask: (key: Key) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (const key of keys) values.push(await ask(key));
  return values;
}
