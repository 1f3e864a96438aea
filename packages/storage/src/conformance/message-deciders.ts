import {
  accept,
  type Chat,
  type ConversationRecord,
  type ConversationsState,
  conversationKey,
  groupChat,
  type MemberRecord,
  pairChat,
  refuse,
} from '@muster/domain';
import {
  conversationOfGroup,
  conversationWithUser,
  type Message,
  type Tally,
  userScope,
} from '@muster/protocol';
import type { Operation, Outcome, Storage } from '../port.ts';
import { memberRecord, replyOf, START } from './fixtures.ts';

/** What a test says of a message; the rest is the same in all of them. */
export type MessageFields = Partial<Message> & { from: string };

export function messageRecord(fields: Partial<Message> = {}): Message {
  return {
    sequence: 1,
    random: 4_294_967_295,
    conversationType: 'C2C',
    from: 'alice',
    to: 'bob',
    type: 'TIMTextElem',
    payload: { text: 'hello' },
    timestamp: START,
    clientTime: START / 1_000,
    priority: 'Normal',
    nick: '',
    avatar: '',
    nameCard: '',
    atUserList: [],
    cloudCustomData: '',
    needReadReceipt: false,
    isModified: false,
    isRevoked: false,
    revoker: '',
    revokeReason: '',
    ...fields,
  };
}

export function conversationRecord(
  conversationID: string,
  changes: Partial<ConversationRecord> = {},
): ConversationRecord {
  return {
    conversationID,
    generation: conversationID.startsWith('GROUP') ? 1 : 0,
    isPinned: false,
    messageRemindType: 'AcceptAndNotify',
    markList: [],
    customData: '',
    read: NOTHING,
    hiddenThrough: conversationID.startsWith('GROUP') ? -1 : 0,
    clearedThrough: 0,
    tally: NOTHING,
    appearedAt: 0,
    peerRead: { sequence: 0, time: 0 },
    ...changes,
  };
}

const NOTHING: Tally = { sequence: 0, counted: 0, own: 0 };

/** The next tally after a message. */
function counted(tally: Tally, { excludedFromUnreadCount }: Partial<Message>, isOwn: boolean): Tally {
  const counts = excludedFromUnreadCount ? 0 : 1;
  return {
    sequence: tally.sequence + 1,
    counted: tally.counted + counts,
    own: tally.own + (isOwn ? counts : 0),
  };
}

/** Sends a one-to-one message; answers its sequence. Nobody may send to a user called `nobody`. */
export function sendToUser(
  storage: Storage,
  fields: MessageFields & { to: string },
  operation?: Operation,
): Promise<Outcome<number>> {
  const { from, to } = fields;
  const sides = [{ userID: from, conversationID: conversationWithUser(to) }];
  if (to !== from) sides.push({ userID: to, conversationID: conversationWithUser(from) });
  return storage.conversations.update({
    userIDs: sides.map(({ userID }) => userID),
    conversations: sides,
    now: START,
    ...(operation && { operation }),
    decide: (state) => {
      if (to === 'nobody') return refuse('USER_NOT_FOUND', 'there is nobody');
      const records = sides.map(({ userID, conversationID }): [string, ConversationRecord] => {
        const record = recordOf(state, userID, conversationID);
        return [userID, { ...record, tally: counted(record.tally, fields, userID === from) }];
      });
      const sequence = records[0]?.[1].tally.sequence ?? 0;
      const message = messageRecord({ conversationType: 'C2C', ...fields, sequence });
      const events = sides.map(({ userID, conversationID }) => ({
        scope: userScope(userID),
        event: { name: 'messageSent' as const, conversationID, message },
      }));
      const changes = { conversations: records, message: { chat: pairChat(from, to), message } };
      return accept(changes, sequence, events);
    },
  });
}

function recordOf(state: ConversationsState, userID: string, conversationID: string): ConversationRecord {
  const row = state.conversations.get(conversationKey(userID, conversationID));
  return row?.record ?? conversationRecord(conversationID, { appearedAt: START });
}

/** Sends a message to a group; answers its sequence. Members only. */
export function sendToGroup(
  storage: Storage,
  groupID: string,
  fields: MessageFields,
  operation?: Operation,
): Promise<Outcome<number>> {
  return storage.groups.update({
    groupID,
    userIDs: [fields.from],
    now: START,
    ...(operation && { operation }),
    decide: ({ group, members }) => {
      const member = members.get(fields.from);
      if (!group || !member) return refuse('NOT_PERMITTED', 'not a member');
      const before = { sequence: group.messageSeq, counted: group.messagesCounted, own: member.ownCounted };
      const tally = counted(before, fields, true);
      const message = messageRecord({
        conversationType: 'GROUP',
        to: groupID,
        ...fields,
        sequence: tally.sequence,
      });
      const changes = {
        group: { ...group, messageSeq: tally.sequence, messagesCounted: tally.counted },
        members: [[member.userID, { ...member, ownCounted: tally.own }]] as [string, MemberRecord][],
        message: { chat: groupChat(groupID), message },
      };
      const event = {
        name: 'messageSent' as const,
        conversationID: conversationOfGroup(groupID),
        message,
      };
      return accept(changes, tally.sequence, [{ scope: `group:${groupID}`, event }]);
    },
  });
}

/** Says several things one after another. */
export async function sayAll(
  storage: Storage,
  groupID: string,
  messages: readonly MessageFields[],
): Promise<void> {
  for (const message of messages) replyOf(await sendToGroup(storage, groupID, message));
}

/** Puts a user into a group, as of now. */
export async function joinGroup(storage: Storage, groupID: string, userID: string): Promise<void> {
  replyOf(
    await storage.groups.update({
      groupID,
      userIDs: [userID],
      now: START,
      decide: ({ group }) => {
        if (!group) return refuse('GROUP_NOT_FOUND');
        const member: MemberRecord = {
          ...memberRecord(userID),
          joinSequence: group.messageSeq,
          joinCounted: group.messagesCounted,
        };
        const changed = { ...group, memberCount: group.memberCount + 1 };
        return accept({ group: changed, members: [[userID, member]] }, null);
      },
    }),
  );
}

/** Keeps a record of a conversation of a user as it is. */
export async function putConversation(
  storage: Storage,
  userID: string,
  record: ConversationRecord,
): Promise<void> {
  replyOf(
    await storage.conversations.update({
      userIDs: [userID],
      conversations: [],
      now: START,
      decide: () => accept({ conversations: [[userID, record]] }, null),
    }),
  );
}

/** Takes messages out of a user's own history. */
export async function deleteMessages(
  storage: Storage,
  userID: string,
  { chat, sequenceList }: { chat: Chat; sequenceList: readonly number[] },
): Promise<void> {
  replyOf(
    await storage.conversations.update({
      userIDs: [userID],
      conversations: [],
      now: START,
      decide: () => accept({ deletedMessages: { userID, chat, sequenceList } }, null),
    }),
  );
}

/** What a rule about conversations would be shown. */
export async function shownTo(
  storage: Storage,
  request: Omit<Parameters<Storage['conversations']['update']>[0], 'now' | 'decide'>,
): Promise<ConversationsState> {
  let shown: ConversationsState | undefined;
  await storage.conversations.update({
    ...request,
    now: START,
    decide: (state) => {
      shown = state;
      return refuse('BAD_ARGUMENT_VALUE');
    },
  });
  if (!shown) throw new Error('The rule was not asked.');
  return shown;
}

/** The sequences of a page of history. */
export async function page(
  storage: Storage,
  chat: Chat,
  { userID = 'alice', after = 0, before, count = 100 }: Partial<PageFields> = {},
): Promise<number[]> {
  const messages = await storage.conversations.messages({
    chat,
    userID,
    after,
    count,
    ...(before !== undefined && { before }),
  });
  return messages.map(({ sequence }) => sequence);
}

interface PageFields {
  userID: string;
  after: number;
  before: number;
  count: number;
}
