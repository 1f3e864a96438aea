/** The user's conversation groups by their ids, which is the order of their making (CG3, CG10). */
import type { ConversationGroup, LoggedEvent } from '@muster/protocol';
import { type Conversations, groupIDOf } from './conversations.ts';

/** Whether anything changed, and in which of them the conversations did (CG13). */
export type ConversationGroupNews = ReturnType<typeof noNews>;

interface Held {
  groupName: string;
  members: Set<string>;
}

export class ConversationGroups {
  readonly all = new Map<number, Held>();
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
    switch (event.name) {
      case 'conversationGroupCreated': {
        const { conversationGroupID: id, groupName, conversationIDList } = event.conversationGroup;
        this.#put(id, groupName, this.#existing(conversationIDList));
        break;
      }
      case 'conversationGroupDeleted':
        this.#remove(event.conversationGroupID);
        break;
      case 'conversationGroupRenamed': {
        const held = this.all.get(event.conversationGroupID);
        if (held) this.#put(event.conversationGroupID, event.groupName, [...held.members]);
        break;
      }
      case 'conversationGroupMembersUpdated': {
        const { conversationGroupID: id, added, removed } = event;
        const held = this.all.get(id);
        if (!held) break;
        const gone = new Set(removed);
        const staying = [...held.members].filter((member) => !gone.has(member));
        this.#put(id, held.groupName, [...staying, ...this.#existing(added)]);
        this.#news.members.add(id);
      }
    }
  }

  /** Takes a conversation that is no more out of all (CG15). */
  drop(conversationID: string): void {
    for (const [id, { members }] of this.all) {
      if (!members.delete(conversationID)) continue;
      this.#news.isChanged = true;
      this.#news.members.add(id);
    }
  }

  replaceAll(groups: ConversationGroup[]): void {
    const named = new Set(groups.map(({ conversationGroupID: id }) => id));
    for (const id of this.all.keys()) if (!named.has(id)) this.#remove(id);
    for (const { conversationGroupID: id, groupName, conversationIDList } of groups) {
      const held = this.all.get(id);
      const isSame = JSON.stringify([...(held?.members ?? [])]) === JSON.stringify(conversationIDList);
      if (held?.groupName !== groupName || !isSame) this.#put(id, groupName, conversationIDList);
      if (!isSame) this.#news.members.add(id);
    }
  }

  clear(): void {
    this.all.clear();
    this.#news = noNews();
  }

  /** The conversation of a group may have ended since. */
  #existing(conversationIDs: string[]): string[] {
    return conversationIDs.filter((id) => groupIDOf(id) === undefined || this.#conversations.get(id));
  }

  #put(id: number, groupName: string, members: string[]): void {
    const before = this.all.get(id);
    const after = { groupName, members: new Set(members) };
    this.all.set(id, after);
    // The members show its name.
    const isRenamed = before?.groupName !== groupName;
    const either = new Set([...(before?.members ?? []), ...members]);
    this.#tell([...either].filter((one) => isRenamed || before?.members.has(one) !== after.members.has(one)));
  }

  #remove(id: number): void {
    const members = [...(this.all.get(id)?.members ?? [])];
    if (this.all.delete(id)) this.#tell(members);
  }

  #tell(members: string[]): void {
    this.#news.isChanged = true;
    for (const member of members) this.#conversations.touch(member);
  }
}

const noNews = () => ({ isChanged: false, members: new Set<number>() });
