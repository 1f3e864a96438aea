/**
 * What a device of a user holds of his conversations by applying events alone. Events of one scope reach it in order,
 * those of a group and those of the user in any order between them (DL4); what it holds in the end is the same.
 */
import type { ScopedEvent } from '@muster/domain';
import {
  AT_ALL,
  type ConversationState,
  type ConversationView,
  type LoggedEvent,
  type Message,
} from '@muster/protocol';

const MENTIONS_MAX = 20;
type Event<Name extends LoggedEvent['name']> = Extract<LoggedEvent, { name: Name }>;

export class ConversationDevice {
  readonly views = new Map<string, ConversationView>();
  /** Deleted messages by conversation: the event of the message itself may come later. */
  private readonly deleted = new Map<string, Set<number>>();
  /** What became of messages that are not the last: a deletion that is heard late shows them as they were. */
  private readonly changes = new Map<string, Partial<Message>>();
  readonly userID: string;

  constructor(userID: string) {
    this.userID = userID;
  }

  /** Applies what is told in the user's scope, and in those of the groups that he is in. */
  apply({ scope, event }: ScopedEvent): void {
    const owner = scope.slice(scope.indexOf(':') + 1);
    const isHeard = scope.startsWith('user:') ? owner === this.userID : this.views.has(`GROUP${owner}`);
    if (isHeard) this.take(structuredClone(event));
  }

  private take(event: LoggedEvent): void {
    if (event.name === 'groupJoined') this.put(event.conversation);
    if (event.name === 'groupLeft' || event.name === 'groupDismissed') this.forget(`GROUP${event.groupID}`);
    if (event.name === 'conversationsUpdated') for (const state of event.conversations) this.update(state);
    if (event.name === 'messageSent') {
      if (event.conversation) this.put(event.conversation);
      else this.count(event);
    }
    if (event.name === 'messageRevoked') {
      const { revoker, revokeReason } = event;
      this.amend(event.conversationID, event.sequence, { isRevoked: true, revoker, revokeReason });
    }
    if (event.name === 'messageModified')
      this.amend(event.conversationID, event.message.sequence, event.message);
    if (event.name === 'messagesDeleted') this.remove(event);
    if (event.name === 'messageReadByPeer') {
      const { conversationID, readSequence, readTime } = event;
      const view = this.views.get(conversationID);
      if (view?.peer) view.peer = { ...view.peer, readSequence, readTime };
    }
  }

  private put(view: ConversationView): void {
    this.views.set(view.state.conversationID, view);
  }

  private forget(conversationID: string): void {
    this.views.delete(conversationID);
    this.deleted.delete(conversationID);
  }

  private update(state: ConversationState): void {
    const view = this.views.get(state.conversationID);
    if (!view) return;
    view.state = state;
    view.mentions = view.mentions.filter(({ sequence }) => sequence > state.read.sequence);
    if (view.lastMessage && view.lastMessage.sequence <= state.clearedThrough) view.lastMessage = null;
  }

  private count({ conversationID, message }: Event<'messageSent'>): void {
    const view = this.views.get(conversationID);
    if (!view) return;
    const { sequence, from, atUserList } = message;
    const counted = message.excludedFromUnreadCount ? 0 : 1;
    const own = from === this.userID ? counted : 0;
    view.tally = { sequence, counted: view.tally.counted + counted, own: view.tally.own + own };
    this.show(view, message);
    const isAll = atUserList.includes(AT_ALL);
    const isNamed = isAll || atUserList.includes(this.userID);
    if (!isNamed || from === this.userID || sequence <= view.state.read.sequence) return;
    view.mentions = [...view.mentions, { sequence, from, isAll }].slice(-MENTIONS_MAX);
  }

  /** The newest message that may be a last one; an answer about deleted ones may have named a newer one already. */
  private show(view: ConversationView, message: Message): void {
    const { sequence, excludedFromLastMessage } = message;
    const isGone = this.deleted.get(view.state.conversationID)?.has(sequence);
    if (excludedFromLastMessage || isGone || sequence <= view.state.clearedThrough) return;
    if (view.lastMessage === null || view.lastMessage.sequence < sequence) view.lastMessage = message;
  }

  private amend(conversationID: string, sequence: number, change: Partial<Message>): void {
    const last = this.views.get(conversationID)?.lastMessage;
    if (last?.sequence === sequence) Object.assign(last, change);
    else {
      const place = `${conversationID} ${sequence}`;
      this.changes.set(place, { ...this.changes.get(place), ...change });
    }
  }

  private remove({ conversationID, sequenceList, lastMessage }: Event<'messagesDeleted'>): void {
    const gone = new Set([...(this.deleted.get(conversationID) ?? []), ...sequenceList]);
    this.deleted.set(conversationID, gone);
    const view = this.views.get(conversationID);
    if (!view?.lastMessage || !gone.has(view.lastMessage.sequence)) return;
    const change = this.changes.get(`${conversationID} ${lastMessage?.sequence}`);
    view.lastMessage = lastMessage && { ...lastMessage, ...change };
  }
}
