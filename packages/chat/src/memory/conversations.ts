/**
 * The user's conversations by their ids, also those that are hidden until something is said in them (CV1). A view is
 * never changed but replaced, so that whoever has the same one sees the same conversation (DI5). Messages and read
 * marks count in whatever order they become known: scopes have none between them (DL4).
 */
import type { ConversationState, ConversationView, LoggedEvent, Message } from '@muster/protocol';
import { TYPES } from '../constants/types.ts';
import * as LIMITS from '../limits.ts';
import * as OWN_LIMITS from '../own-limits.ts';

/** What is said of one conversation. */
export type ConversationEvent = Extract<LoggedEvent, { conversationID: string }>;
type Sent = Extract<LoggedEvent, { name: 'messageSent' }>;

/** What changed of the list since it was last asked: nothing, only that messages came, or anything. */
export type ConversationNews = '' | 'messages' | 'all';

export class Conversations {
  /** Known to this device alone. */
  readonly drafts = new Map<string, string>();
  readonly #views = new Map<string, ConversationView>();
  #listed: ConversationView[] | undefined;
  #news: ConversationNews = '';
  /** Places of messages that were deleted before they were heard of. */
  readonly #deleted = new Set<string>();
  /** What became of messages since that are not the last: a deletion that was told late shows them as they were. */
  readonly #changes = new Map<string, Partial<Message>>();

  get(conversationID: string): ConversationView | undefined {
    return this.#views.get(conversationID);
  }

  /** Those in the list: pinned ones first, then the newest, an empty one by when it appeared (CV1). */
  listed(): ConversationView[] {
    this.#listed ??= [...this.#views.values()].filter(isListed).sort(inListOrder);
    return this.#listed;
  }

  takeNews(): ConversationNews {
    const news = this.#news;
    this.#news = '';
    return news;
  }

  put(view: ConversationView, news: ConversationNews = 'all'): void {
    this.#views.set(view.state.conversationID, view);
    this.#change(news);
  }

  /** As the server has it now; one that is the same stays the same. */
  replace(view: ConversationView): void {
    const before = this.get(view.state.conversationID);
    this.#changes.clear();
    if (JSON.stringify(before) !== JSON.stringify(view)) this.put(view);
  }

  /** Something that it shows besides has changed. */
  touch(conversationID: string): void {
    const view = this.get(conversationID);
    if (view) this.put({ ...view });
  }

  setDraft(conversationID: string, draftText: string): void {
    this.drafts.set(conversationID, draftText);
    this.touch(conversationID);
  }

  remove(conversationID: string): void {
    this.drafts.delete(conversationID);
    if (this.#views.delete(conversationID)) this.#change('all');
  }

  /** Replaces all. */
  replaceAll(views: ConversationView[]): void {
    const named = new Set(views.map(({ state }) => state.conversationID));
    for (const conversationID of this.#views.keys())
      if (!named.has(conversationID)) this.remove(conversationID);
    for (const view of views) this.replace(view);
    this.#deleted.clear();
  }

  /** Answers whether it was news: a view may already hold what is told later. */
  apply(event: ConversationEvent, userID: string): boolean {
    const { conversationID } = event;
    const before = this.get(conversationID);
    const isMessage = event.name === 'messageSent';
    if (isMessage && before && event.message.sequence <= before.tally.sequence) return false;
    const view = (isMessage && event.conversation) || (before && this.#after(before, event, userID));
    if (view && view !== before) this.put(view, isMessage ? 'messages' : 'all');
    return true;
  }

  /** What the device does not have is none of its business. */
  update(states: ConversationState[]): void {
    for (const state of states) {
      const view = this.get(state.conversationID);
      if (!view) continue;
      const { lastMessage, mentions } = view;
      this.put({
        ...view,
        state,
        lastMessage: lastMessage && lastMessage.sequence > state.clearedThrough ? lastMessage : null,
        mentions: mentions.filter(({ sequence }) => sequence > state.read.sequence),
      });
    }
  }

  #change(news: ConversationNews): void {
    this.#listed = undefined;
    if (this.#news !== 'all') this.#news = news;
  }

  /** The same view when nothing that it shows has changed. */
  #after(view: ConversationView, event: ConversationEvent, userID: string): ConversationView {
    const { lastMessage, tally, peer } = view;
    const last = lastMessage?.sequence;
    const placeOf = (sequence: number) => `${sequence} ${event.conversationID}`;
    switch (event.name) {
      case 'messageSent':
        return afterMessage(view, event, {
          userID,
          isDeleted: this.#deleted.delete(placeOf(event.message.sequence)),
        });
      case 'messageRevoked':
      case 'messageModified': {
        const change = changeOf(event);
        if (last === change.sequence)
          return { ...view, lastMessage: { ...(lastMessage as Message), ...change } };
        const place = placeOf(change.sequence);
        if (this.#changes.size > OWN_LIMITS.messageChanges_max) this.#changes.clear();
        this.#changes.set(place, { ...this.#changes.get(place), ...change });
        return view;
      }
      case 'messagesDeleted': {
        const { sequenceList, lastMessage: left } = event;
        for (const sequence of sequenceList)
          if (sequence > tally.sequence) this.#deleted.add(placeOf(sequence));
        if (!last || !sequenceList.includes(last)) return view;
        return { ...view, lastMessage: left && { ...left, ...this.#changes.get(placeOf(left.sequence)) } };
      }
      case 'messageReadByPeer': {
        const { readSequence, readTime } = event;
        return peer ? { ...view, peer: { ...peer, readSequence, readTime } } : view;
      }
    }
  }
}

function changeOf(
  event: Extract<LoggedEvent, { name: 'messageRevoked' | 'messageModified' }>,
): Partial<Message> & Pick<Message, 'sequence'> {
  if (event.name === 'messageModified') return event.message;
  const { sequence, revoker, revokeReason } = event;
  return { sequence, isRevoked: true, revoker, revokeReason };
}

function afterMessage(
  view: ConversationView,
  { message }: Sent,
  { userID, isDeleted }: { userID: string; isDeleted: boolean },
): ConversationView {
  const { state, tally, lastMessage, mentions, peer } = view;
  const { sequence, from, atUserList, nick, avatar } = message;
  const isHidden =
    isDeleted ||
    message.excludedFromLastMessage ||
    sequence <= Math.max(state.clearedThrough, lastMessage?.sequence ?? 0);
  const counted = message.excludedFromUnreadCount ? 0 : 1;
  const isAll = atUserList.includes(TYPES.MSG_AT_ALL);
  const isMention =
    !peer && from !== userID && (isAll || atUserList.includes(userID)) && sequence > state.read.sequence;
  return {
    ...view,
    tally: {
      sequence,
      counted: tally.counted + counted,
      own: tally.own + (from === userID ? counted : 0),
    },
    lastMessage: isHidden ? lastMessage : message,
    mentions: isMention
      ? [...mentions, { sequence, from, isAll }].slice(-LIMITS.mentions_perConversation_max)
      : mentions,
    peer: peer?.profile.userID === from ? { ...peer, profile: { ...peer.profile, nick, avatar } } : peer,
  };
}

/** Something was said since the user deleted it from the list. */
export function isListed({ tally, state }: ConversationView): boolean {
  return tally.sequence > state.hiddenThrough;
}

/** What others said since the user read, in a conversation that counts it. */
export function unreadCountOf({ tally, state: { read } }: ConversationView): number {
  return Math.max(0, tally.counted - read.counted - (tally.own - read.own));
}

function inListOrder(one: ConversationView, other: ConversationView): number {
  const timeOf = ({ lastMessage, appearedAt }: ConversationView) => lastMessage?.timestamp ?? appearedAt;
  return (
    Number(other.state.isPinned) - Number(one.state.isPinned) ||
    timeOf(other) - timeOf(one) ||
    (one.state.conversationID < other.state.conversationID ? -1 : 1)
  );
}

const GROUP = 'GROUP';

export function conversationOfGroup(groupID: string): string {
  return GROUP + groupID;
}

/** Undefined for a conversation with a user. */
export function groupIDOf(conversationID: string): string | undefined {
  return conversationID.startsWith(GROUP) ? conversationID.slice(GROUP.length) : undefined;
}
