/** What an app would know of the world if it listened to the events alone. */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { expect } from 'vitest';
import { brief } from './history.ts';

type Value = number | bigint;

export class Observer {
  readonly userID: string;
  readonly device: ChatSDK;
  /** Per group, the counters as the events told them, beginning with what was there when the group was first met. */
  private readonly told = new Map<string, Map<string, Value>>();
  private readonly versions = new Map<string, number>();
  private readonly fetches = new Set<Promise<unknown>>();
  private list: ReturnType<typeof brief> = [];

  constructor(userID: string, device: ChatSDK) {
    this.userID = userID;
    this.device = device;
    device.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => {
      this.take(data.groupID, data.key, data.version, data.value);
    });
    device.on(MusterChat.EVENT.GROUP_COUNTER_DELETED, ({ data }) => {
      this.take(data.groupID, data.key, data.version, undefined);
    });
    device.on(MusterChat.EVENT.GROUP_LIST_UPDATED, ({ data }) => this.meet(brief(data)));
  }

  private take(groupID: string, key: string, version: number, value: Value | undefined): void {
    const name = `${groupID}/${key}`;
    expect(version).toBeGreaterThan(this.versions.get(name) ?? 0);
    this.versions.set(name, version);
    const counters = this.told.get(groupID) ?? new Map<string, Value>();
    this.told.set(groupID, counters);
    if (value === undefined) counters.delete(key);
    else counters.set(key, value);
  }

  /** A group that was left is forgotten; one that is new starts with what it holds, as a page would fetch it. */
  private meet(list: ReturnType<typeof brief>): void {
    const present = new Set(list.map(({ groupID }) => groupID));
    for (const groupID of this.told.keys()) if (!present.has(groupID)) this.told.delete(groupID);
    for (const groupID of present) if (!this.told.has(groupID)) this.fetch(groupID);
    this.list = list;
  }

  private fetch(groupID: string): void {
    this.told.set(groupID, new Map());
    const fetching = this.device.getGroupCounters({ groupID }).then(
      ({ data }) => {
        if (this.told.has(groupID)) this.told.set(groupID, new Map(Object.entries(data.counters)));
      },
      // The group was left or ended meanwhile: then there is nothing to know of it.
      () => undefined,
    );
    this.fetches.add(fetching);
    void fetching.finally(() => this.fetches.delete(fetching));
  }

  /** Resolves when nothing is being fetched. */
  async settle(): Promise<void> {
    while (this.fetches.size > 0) await Promise.all(this.fetches);
  }

  async groups(): Promise<ReturnType<typeof brief>> {
    return brief((await this.device.getGroupList()).data.groupList);
  }

  toldGroups(): ReturnType<typeof brief> {
    return this.list;
  }

  async counters(groupID: string): Promise<unknown> {
    return (await this.device.getGroupCounters({ groupID })).data.counters;
  }

  toldCounters(groupID: string): unknown {
    return Object.fromEntries(this.told.get(groupID) ?? []);
  }
}
