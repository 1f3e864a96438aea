/** The user's conversation groups by their ids, which is the order of their making (CG3, CG10). */
import type { ConversationGroup, LoggedEvent } from '@muster/protocol';
import { type Conversations, groupIDOf } from './conversations.ts';

/** Whether anything changed, and in which of them the conversations did (CG13). */
export type ConversationGroupNews = ReturnType<typeof noNews>;

interface Held {
  groupName: string;
  members: ReadonlySet<string>;
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
    const holding = [...this.all.values()].filter(({ members }) => members.has(conversationID));
    return holding.map(({ groupName }) => groupName);
  }

  takeNews(): ConversationGroupNews {
    const news = this.#news;
    this.#news = noNews();
    return news;
  }

  apply(event: LoggedEvent): void {
    const next = new Map(this.all);
    if (event.name === 'conversationGroupCreated') {
      const { conversationGroupID, groupName, conversationIDList } = event.conversationGroup;
      next.set(conversationGroupID, { groupName, members: new Set(this.#existing(conversationIDList)) });
    } else if ('conversationGroupID' in event) {
      const { conversationGroupID: id } = event;
      const held = this.all.get(id);
      if (event.name === 'conversationGroupDeleted') next.delete(id);
      else if (held && 'groupName' in event) next.set(id, { ...held, groupName: event.groupName });
      else if (held && 'added' in event) {
        const members = new Set([...held.members, ...this.#existing(event.added)]);
        for (const member of event.removed) members.delete(member);
        next.set(id, { ...held, members });
      }
    } else return;
    this.#become(next);
  }

  /** Takes a conversation that is no more out of all (CG15). */
  drop(conversationID: string): void {
    if (this.of(conversationID).length === 0) return;
    const without = ({ groupName, members }: Held) => ({
      groupName,
      members: new Set([...members].filter((member) => member !== conversationID)),
    });
    this.#become(new Map([...this.all].map(([id, held]) => [id, without(held)])));
  }

  replaceAll(groups: ConversationGroup[]): void {
    this.#become(
      new Map(
        groups.map(({ conversationGroupID, groupName, conversationIDList }) => [
          conversationGroupID,
          { groupName, members: new Set(conversationIDList) },
        ]),
      ),
    );
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
      const either = [...new Set([...(before?.members ?? []), ...(after?.members ?? [])])];
      const moved = either.filter((member) => before?.members.has(member) !== after?.members.has(member));
      if (isRenamed || moved.length > 0) this.#news.isChanged = true;
      if (before && after && moved.length > 0) this.#news.members.add(id);
      for (const member of isRenamed ? either : moved) this.#conversations.touch(member);
    }
  }
}

const noNews = () => ({ isChanged: false, members: new Set<number>() });
