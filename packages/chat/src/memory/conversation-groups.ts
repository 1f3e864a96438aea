/** The user's conversation groups by their ids, which is the order of their making (CG3, CG10). */
import type { ConversationGroup, LoggedEvent } from '@muster/protocol';
import { type Conversations, groupIDOf } from './conversations.ts';

/** Whether anything changed, and in which of them the conversations did (CG13). */
export type ConversationGroupNews = ReturnType<typeof noNews>;

interface Held {
  groupName: string;
  memberIDs: ReadonlySet<string>;
}

export class ConversationGroups {
  all: ReadonlyMap<number, Held> = new Map();
  readonly #conversations: Conversations;
  #news = noNews();

  constructor(conversations: Conversations) {
    this.#conversations = conversations;
  }

  names(): string[] {
    return [...this.all.values()].map(({ groupName }) => groupName);
  }

  /** The id of the one that has the name now. */
  idOf(groupName: string): number | undefined {
    return [...this.all].find(([, held]) => held.groupName === groupName)?.[0];
  }

  /** The names of those that the conversation is in. */
  of(conversationID: string): string[] {
    const holding = [...this.all.values()].filter(({ memberIDs }) => memberIDs.has(conversationID));
    return holding.map(({ groupName }) => groupName);
  }

  takeNews(): ConversationGroupNews {
    const news = this.#news;
    this.#news = noNews();
    return news;
  }

  apply(event: LoggedEvent): void {
    const next = new Map(this.all);
    if (event.name === 'conversationGroupCreated') next.set(...this.#entryOf(event.conversationGroup));
    else if ('conversationGroupID' in event) {
      const { conversationGroupID: id } = event;
      const held = next.get(id);
      if (event.name === 'conversationGroupDeleted') next.delete(id);
      else if (held && 'groupName' in event) next.set(id, { ...held, groupName: event.groupName });
      else if (held && 'added' in event) {
        const memberIDs = new Set([...held.memberIDs, ...this.#existing(event.added)]);
        for (const member of event.removed) memberIDs.delete(member);
        next.set(id, { ...held, memberIDs });
      }
    } else return;
    this.#become(next);
  }

  /** Takes a conversation that is no more out of all (CG15). */
  drop(conversationID: string): void {
    const without = ({ groupName, memberIDs }: Held) => ({
      groupName,
      memberIDs: new Set([...memberIDs].filter((member) => member !== conversationID)),
    });
    this.#become(new Map([...this.all].map(([id, held]) => [id, without(held)])));
  }

  replaceAll(groups: ConversationGroup[]): void {
    this.#become(new Map(groups.map((group) => this.#entryOf(group))));
  }

  #entryOf({ conversationGroupID, groupName, conversationIDList }: ConversationGroup): [number, Held] {
    return [conversationGroupID, { groupName, memberIDs: new Set(this.#existing(conversationIDList)) }];
  }

  /** The conversation of a group may have ended since. */
  #existing(conversationIDs: string[]): string[] {
    return conversationIDs.filter((id) => groupIDOf(id) === undefined || this.#conversations.get(id));
  }

  /** What differs is news, also to the conversations, which show the names. */
  #become(next: ReadonlyMap<number, Held>): void {
    const { all } = this;
    this.all = next;
    for (const id of new Set([...all.keys(), ...next.keys()])) {
      const before = all.get(id);
      const after = next.get(id);
      const isRenamed = before?.groupName !== after?.groupName;
      const either = [...new Set([...(before?.memberIDs ?? []), ...(after?.memberIDs ?? [])])];
      const moved = either.filter((member) => before?.memberIDs.has(member) !== after?.memberIDs.has(member));
      if (isRenamed || moved.length > 0) this.#news.isChanged = true;
      if (before && after && moved.length > 0) this.#news.memberIDs.add(id);
      for (const member of isRenamed ? either : moved) this.#conversations.touch(member);
    }
  }
}

const noNews = () => ({ isChanged: false, memberIDs: new Set<number>() });
