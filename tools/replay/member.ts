/** A person in a group: sends increases, and keeps what the events say. */
import MusterChat, { type ChatSDK } from '@muster/chat';
import type { Amounts, Key } from './measure.ts';

const { GROUP_COUNTER_UPDATED } = MusterChat.EVENT;

export class Member {
  readonly userID: string;
  /** Events whose version was not above the one before of the same counter: there must be none (GC12). */
  disorder = 0;
  private readonly groupID: string;
  private readonly chat: ChatSDK;
  private readonly seen = new Map<string, { value: number; version: number }>();

  constructor(chat: ChatSDK, userID: string, groupID: string) {
    this.chat = chat;
    this.userID = userID;
    this.groupID = groupID;
  }

  /** Listens first, so that no event is missed, and joins then. */
  async join(): Promise<void> {
    this.chat.on(GROUP_COUNTER_UPDATED, ({ data: { groupID, key, value, version } }) => {
      if (groupID !== this.groupID) return;
      if (version <= (this.seen.get(key)?.version ?? 0)) this.disorder += 1;
      this.seen.set(key, { value, version });
    });
    await this.chat.joinGroup({ groupID: this.groupID });
  }

  /** Increases a counter and gives the result of this very operation. */
  async increase(key: Key, value: number): Promise<number> {
    const { data } = await this.chat.increaseGroupCounter({ groupID: this.groupID, key, value });
    return data.value;
  }

  /** What the events have said so far; 0 for a counter that none spoke of. */
  byEvents(): Amounts {
    return amountsOf((key) => this.seen.get(key)?.value);
  }

  /** What the SDK answers, from its memory. */
  async byMemory(): Promise<Amounts> {
    const { data } = await this.chat.getGroupCounters({ groupID: this.groupID });
    return amountsOf((key) => data.counters[key]);
  }

  leave(): Promise<void> {
    return this.chat.destroy();
  }
}

export function amountsOf(read: (key: Key) => number | undefined): Amounts {
  const amount = (key: Key): number => read(key) ?? 0;
  return {
    lines: amount('lines'),
    words: amount('words'),
    links: amount('links'),
    questions: amount('questions'),
    thanks: amount('thanks'),
  };
}
