import {
  type Chat,
  type ConversationRecord,
  type ConversationRow,
  type ConversationsChanges,
  conversationKey,
  type MessageRecord,
  type UserRecord,
} from '@muster/domain';
import { conversationOfGroup, parseConversationID } from '@muster/protocol';
import { groupOfChat, saidAfter } from '../sql/conversation-lookups.ts';
import { conversationOf, messageOf } from '../sql/conversation-rows.ts';
import { userOf } from '../sql/rows.ts';
import { PendingGroups } from './pending-groups.ts';
import type { Reader } from './reader.ts';

const messageKey = (chat: Chat, sequence: number): string => `${chat}\u0000${sequence}`;

/** Conversations and messages as a transaction that is not yet written has left them so far. */
export class PendingConversations {
  private readonly reader: Reader;
  private readonly groups: PendingGroups;
  private readonly user: (userID: string) => UserRecord | undefined;
  /** `null` is a record that went when its user left the group. */
  private readonly records = new Map<string, ConversationRecord | null>();
  private readonly said = new Map<string, MessageRecord>();

  constructor(reader: Reader, groups: PendingGroups, user: (userID: string) => UserRecord | undefined) {
    this.reader = reader;
    this.groups = groups;
    this.user = user;
  }

  /** A conversation as a rule is shown it. What another generation of its group has left is not shown. */
  row(userID: string, conversationID: string): ConversationRow {
    const named = parseConversationID(conversationID);
    const group = named?.type === 'GROUP' ? this.groups.living(named.groupID) : undefined;
    const record = named && this.record(userID, conversationID);
    const isOfNow = named?.type === 'C2C' || record?.generation === group?.generation;
    return {
      conversationID,
      record: isOfNow ? record : undefined,
      group,
      member: group && this.groups.member(group.groupID, userID),
      peer: named?.type === 'C2C' ? this.user(named.userID) : undefined,
    };
  }

  /** Those that exist of some messages. What was said in a former generation of a group is not its own. */
  messages(chat: Chat, sequenceList: readonly number[]): Map<number, MessageRecord> {
    const groupID = groupOfChat(chat);
    const after = groupID === undefined ? 0 : saidAfter(this.groups.living(groupID));
    const found = new Map<number, MessageRecord>();
    for (const sequence of sequenceList) {
      const record = this.said.get(messageKey(chat, sequence)) ?? this.stored(chat, sequence);
      if (record && sequence > after) found.set(sequence, record);
    }
    return found;
  }

  put({ conversations = [], message }: ConversationsChanges): void {
    for (const [userID, record] of conversations) {
      this.records.set(conversationKey(userID, record.conversationID), record);
    }
    if (message) this.putMessage(message);
  }

  putMessage(record: MessageRecord): void {
    this.said.set(messageKey(record.chat, record.message.sequence), record);
  }

  /** A user is in a group no longer. */
  leave(userID: string, groupID: string): void {
    this.records.set(conversationKey(userID, conversationOfGroup(groupID)), null);
  }

  private record(userID: string, conversationID: string): ConversationRecord | undefined {
    const known = this.records.get(conversationKey(userID, conversationID));
    if (known !== undefined) return known ?? undefined;
    const row = this.reader.first('conversation', [userID, conversationID]);
    return row && conversationOf(row);
  }

  private stored(chat: Chat, sequence: number): MessageRecord | undefined {
    const row = this.reader.first('message', [chat, sequence]);
    return row && { chat, message: messageOf(row) };
  }
}

/** The same as the disk has them. */
export function conversationsOnDisk(reader: Reader): PendingConversations {
  return new PendingConversations(reader, new PendingGroups(reader), (userID) => {
    const row = reader.first('user', [userID]);
    return row && userOf(row);
  });
}
