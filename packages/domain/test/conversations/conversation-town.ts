/**
 * A town of users who talk, in memory: runs the rules about conversations as a storage would and keeps what they
 * change. Its groups are towns of their own.
 */
import {
  type Asker,
  type Chat,
  type ConversationRecord,
  type ConversationRow,
  type ConversationsChanges,
  type ConversationsState,
  chatOf,
  conversationKey,
  conversationViewOf,
  type Decision,
  effectiveRead,
  type GroupChanges,
  type GroupState,
  isHeld,
  type ListedConversationRow,
  livingGroup,
  type MessageRecord,
  type ScopedEvent,
  sendMessage,
  sendMessageToUser,
  tallyOf,
  type UserRecord,
  visibleAfter,
} from '@muster/domain';
import {
  AT_ALL,
  type ConversationView,
  type Mention,
  type Message,
  parseConversationID,
  type SendMessageInput,
  type SendMessageOutput,
  type Tally,
} from '@muster/protocol';
import { by, PEOPLE, profileOf, type Town, townWith } from '../groups/group-town.ts';

type Rule<Reply> = (state: ConversationsState) => Decision<ConversationsChanges, Reply>;
type GroupRule<Reply> = (state: GroupState) => Decision<GroupChanges, Reply>;

/** What a request names beside the conversations; a town shows every conversation that there is. */
interface Naming {
  chat?: Chat;
  sequenceList?: readonly number[];
  lastMessageOf?: { userID: string; conversationID: string };
  through?: number | undefined;
}

export class ConversationTown {
  readonly users = new Map<string, UserRecord>();
  readonly groups = new Map<string, Town>();
  readonly records = new Map<string, ConversationRecord>();
  readonly pairs = new Map<Chat, Map<number, MessageRecord>>();
  /** Deleted messages by user and chat. */
  readonly deleted = new Map<string, Set<number>>();
  /** Of the last call. */
  events: ScopedEvent[] = [];

  constructor(groups: Record<string, Town> = {}, people: readonly string[] = PEOPLE) {
    for (const userID of people)
      this.users.set(userID, { userID, profile: profileOf(userID), seq: 0, signaturesFrom: 0 });
    for (const [groupID, town] of Object.entries(groups)) this.groups.set(groupID, town);
  }

  run<Reply>(rule: Rule<Reply>, naming: Naming = {}): Decision<ConversationsChanges, Reply> {
    const state = this.state(naming);
    const before = plain(state);
    const decision = rule(state);
    if (plain(state) !== before) throw new Error('a rule changed its state');
    this.events = decision.ok ? [...decision.events] : [];
    if (decision.ok) this.keep(decision.changes);
    return decision;
  }

  /** What a rule says of the town as it is. Nothing of it is kept. */
  look<Verdict>(rule: (state: ConversationsState) => Verdict, naming: Naming = {}): Verdict {
    return rule(this.state(naming));
  }

  must<Reply>(rule: Rule<Reply>, naming: Naming = {}): Reply {
    const decision = this.run(rule, naming);
    if (!decision.ok) throw new Error(`${decision.error}: ${decision.message ?? ''}`);
    return decision.reply;
  }

  /** Runs a rule of a group. Whoever is no member afterwards has lost what he kept of its conversation (CG15). */
  runInGroup<Reply>(groupID: string, rule: GroupRule<Reply>): Decision<GroupChanges, Reply> {
    const town = this.groups.get(groupID);
    if (!town) throw new Error(`there is no town of the group ${groupID}`);
    const decision = town.run(rule);
    this.events = town.events;
    const members = livingGroup(town) ? town.members : new Map();
    for (const userID of this.users.keys()) {
      const key = conversationKey(userID, `GROUP${groupID}`);
      if (!members.has(userID)) this.records.delete(key);
    }
    return decision;
  }

  /** Lets a user say something and gives what he is answered. */
  say(
    asker: string | Asker,
    conversationID: string,
    other: Partial<SendMessageInput> = {},
  ): SendMessageOutput {
    const who = typeof asker === 'string' ? by(asker) : asker;
    const input = textMessage(conversationID, other);
    const named = parseConversationID(conversationID);
    const decision: Decision<object, SendMessageOutput> =
      named?.type === 'GROUP'
        ? this.runInGroup(named.groupID, (state) => sendMessage(state, who, input))
        : this.run((state) => sendMessageToUser(state, who, input));
    if (!decision.ok) throw new Error(`${decision.error}: ${decision.message ?? ''}`);
    return decision.reply;
  }

  view(userID: string, conversationID: string): ConversationView {
    return conversationViewOf(this.listed(userID, conversationID));
  }

  /** All that a device of the user mirrors. */
  views(userID: string): ConversationView[] {
    const known = this.conversationIDs().map((id) => this.listed(userID, id));
    const held = known.filter((row) => isHeld(row) && (row.group || tallyOf(row).sequence > 0));
    return held.map(conversationViewOf);
  }

  row(userID: string, conversationID: string): ConversationRow {
    const record = this.records.get(conversationKey(userID, conversationID));
    const named = parseConversationID(conversationID);
    const empty = { conversationID, record, group: undefined, member: undefined, peer: undefined };
    if (named?.type === 'C2C') return { ...empty, peer: this.users.get(named.userID) };
    const town = named && this.groups.get(named.groupID);
    const group = town && livingGroup(town);
    return group ? { ...empty, group, member: town.members.get(userID) } : { ...empty, record: undefined };
  }

  listed(userID: string, conversationID: string, without: readonly number[] = []): ListedConversationRow {
    const row = this.row(userID, conversationID);
    const messages = this.seenBy(userID, row).filter(({ sequence }) => !without.includes(sequence));
    const lastMessage = messages.findLast(({ excludedFromLastMessage }) => !excludedFromLastMessage);
    return { ...row, lastMessage, mentions: this.mentions(userID, row) };
  }

  private conversationIDs(): string[] {
    const oneToOne = [...this.users.keys()].map((userID) => `C2C${userID}`);
    return [...oneToOne, ...[...this.groups.keys()].map((groupID) => `GROUP${groupID}`)];
  }

  /** What the user's history shows, oldest first. */
  private seenBy(userID: string, row: ConversationRow): Message[] {
    const chat = chatNamed(userID, row.conversationID);
    const deleted = this.deleted.get(`${userID}\n${chat}`);
    const all = this.messages(chat).filter(({ sequence }) => sequence > visibleAfter(row));
    return all.filter(({ sequence }) => !deleted?.has(sequence));
  }

  private mentions(userID: string, row: ConversationRow): Mention[] {
    const { sequence: read } = effectiveRead(row);
    return this.messages(chatNamed(userID, row.conversationID))
      .filter(({ sequence, from }) => row.member && sequence > read && from !== userID)
      .filter(({ atUserList }) => atUserList.includes(userID) || atUserList.includes(AT_ALL))
      .map(({ sequence, from, atUserList }) => ({ sequence, from, isAll: atUserList.includes(AT_ALL) }))
      .slice(-20);
  }

  private messages(chat: Chat | undefined): Message[] {
    const group = chat?.startsWith('group:') ? this.groups.get(chat.slice('group:'.length)) : undefined;
    const records = group?.messages ?? (chat && this.pairs.get(chat)) ?? new Map<number, MessageRecord>();
    return [...records.values()].map(({ message }) => message);
  }

  private state({ chat, sequenceList = [], lastMessageOf, through }: Naming): ConversationsState {
    const conversations = new Map<string, ConversationRow>();
    const tallies = new Map<string, Tally>();
    for (const userID of this.users.keys()) {
      for (const id of this.conversationIDs()) {
        const row = this.row(userID, id);
        conversations.set(conversationKey(userID, id), row);
        if (through !== undefined && through < tallyOf(row).sequence)
          tallies.set(conversationKey(userID, id), this.tallyAt(userID, row, through));
      }
    }
    const named = this.messages(chat).filter(({ sequence }) => sequenceList.includes(sequence));
    const messages = new Map(named.map((message) => [message.sequence, { chat: chat as Chat, message }]));
    const state = { users: this.users, conversations, tallies, messages };
    if (!lastMessageOf) return state;
    const { userID, conversationID } = lastMessageOf;
    return { ...state, lastMessage: this.listed(userID, conversationID, sequenceList).lastMessage };
  }

  private tallyAt(userID: string, row: ConversationRow, through: number): Tally {
    const all = this.messages(chatNamed(userID, row.conversationID));
    const counted = all.filter((one) => one.sequence <= through && !one.excludedFromUnreadCount);
    const since = row.member?.joinSequence ?? 0;
    const own = counted.filter(({ from, sequence }) => from === userID && sequence > since);
    return { sequence: through, counted: counted.length, own: own.length };
  }

  private keep({ conversations = [], message, deletedMessages }: ConversationsChanges): void {
    for (const [userID, record] of conversations)
      this.records.set(conversationKey(userID, record.conversationID), record);
    if (message) {
      const pair = this.pairs.get(message.chat) ?? new Map<number, MessageRecord>();
      this.pairs.set(message.chat, pair.set(message.message.sequence, message));
    }
    if (!deletedMessages) return;
    const key = `${deletedMessages.userID}\n${deletedMessages.chat}`;
    this.deleted.set(key, new Set([...(this.deleted.get(key) ?? []), ...deletedMessages.sequenceList]));
  }
}

function chatNamed(userID: string, conversationID: string): Chat | undefined {
  const named = parseConversationID(conversationID);
  return named && chatOf(userID, named);
}

export function textMessage(conversationID: string, other: Partial<SendMessageInput> = {}): SendMessageInput {
  return { conversationID, type: 'TIMTextElem', payload: { text: 'hi' }, random: 7, clientTime: 9, ...other };
}

/** A town with a Public group g of olivia, adam, alice and bob. */
export function talkingTown(): ConversationTown {
  return new ConversationTown({ g: townWith({ type: 'Public' }) });
}

function plain({ conversations, messages }: ConversationsState): string {
  return JSON.stringify([[...conversations], [...messages]]);
}
