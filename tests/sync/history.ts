/**
 * A random history: devices of two users write to groups and counters while connections drop, answers get lost and
 * the server restarts. At the end, what each device was told must equal what a fresh fetch gives (DL5).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { type SeededRandom, seededRandom } from '@muster/testkit';
import { expect } from 'vitest';
import { Observer } from './observer.ts';

export interface HistoryRun {
  seed: number;
  steps: number;
  /** A database to run on; a SQLite file of its own unless given. */
  storage?: string;
}

const USERS = ['ann', 'ann', 'bob'] as const;
const GROUPS = ['g1', 'g2', 'g3'];
const KEYS = ['a', 'b', 'c', '__proto__'];

export async function runHistory({ seed, steps, storage }: HistoryRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-history-'));
  const history = new History(seedOf(seed), storage ?? `sqlite:${join(folder, 'muster.db')}`);
  try {
    await history.begin();
    for (let step = 0; step < steps; step += 1) await history.step();
    await history.compare();
  } finally {
    await history.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const seedOf = (seed: number): SeededRandom => seededRandom(seed);

class History {
  private readonly random: SeededRandom;
  private readonly storage: string;
  private muster!: Muster;
  private readonly observers: Observer[] = [];
  private readonly pending = new Set<Promise<unknown>>();

  constructor(random: SeededRandom, storage: string) {
    this.random = random;
    this.storage = storage;
  }

  async begin(): Promise<void> {
    this.muster = await startMuster({ storage: this.storage, tickMs: 10 });
    for (const userID of USERS) this.observers.push(new Observer(userID, await this.muster.login(userID)));
  }

  async step(): Promise<void> {
    const choice = this.random.below(100);
    if (choice < 88) this.write();
    else if (choice < 93) this.muster.faults.cutConnections();
    else if (choice < 97) this.muster.faults.cutAfterCommit(1 + this.random.below(3));
    else if (choice < 99) await this.settle();
    else await this.restart();
    if (this.random.below(4) === 0) await pause(this.random.below(15));
  }

  /** One write of one device; what it is refused is part of the history. */
  private write(): void {
    const { device } = this.pick(this.observers);
    const writing = this.call(device, this.pick(GROUPS), this.pick(KEYS)).catch(
      (error: { code?: number }) => {
        expect([10004, 10007, 10009, 10010, 10013, 10021, 10025, 10063]).toContain(error.code);
      },
    );
    this.pending.add(writing);
    void writing.finally(() => this.pending.delete(writing));
  }

  private call(device: ChatSDK, groupID: string, key: string): Promise<unknown> {
    const value = this.random.below(100) - 30;
    const kind = this.random.below(20);
    if (kind < 6) return device.increaseGroupCounter({ groupID, key, value });
    if (kind < 8) return device.decreaseGroupCounter({ groupID, key, value });
    if (kind < 11)
      return device.setGroupCounters({ groupID, counters: { [this.pick(KEYS)]: value, other: value } });
    if (kind < 13) return device.deleteGroupCounters({ groupID, keyList: [key] });
    if (kind < 15) return device.joinGroup({ groupID });
    if (kind < 16) return device.quitGroup(groupID);
    if (kind < 17)
      return device.createGroup({ type: MusterChat.TYPES.GRP_MEETING, groupID, name: `n${value}` });
    if (kind < 18) return device.updateGroupProfile({ groupID, name: `n${value}` });
    if (kind < 19) return device.updateMyProfile({ nick: `n${value}` });
    return this.random.below(6) === 0 ? device.dismissGroup(groupID) : device.getGroupCounters({ groupID });
  }

  private async restart(): Promise<void> {
    const { SDKAppID, secretKey, port } = this.muster;
    await this.muster.server().close();
    this.muster = await startMuster({ storage: this.storage, tickMs: 10, SDKAppID, secretKey, port });
  }

  /** Waits until every write has its answer. */
  private async settle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  /** Everything a device holds and was told is what a fresh device of the same user fetches. */
  async compare(): Promise<void> {
    await this.settle();
    for (const observer of this.observers) {
      await observer.settle();
      const fresh = await this.muster.login(observer.userID);
      await expect.poll(() => observer.groups(), { timeout: 10_000 }).toEqual(await groupsOf(fresh));
      expect(observer.toldGroups()).toEqual(await groupsOf(fresh));
      expect((await observer.device.getMyProfile()).data.nick).toBe((await fresh.getMyProfile()).data.nick);
      for (const { groupID } of await groupsOf(fresh)) {
        const { data } = await fresh.getGroupCounters({ groupID });
        await expect.poll(() => observer.counters(groupID), { timeout: 10_000 }).toEqual(data.counters);
        expect(observer.toldCounters(groupID)).toEqual(data.counters);
      }
    }
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.observers.map(({ device }) => device.destroy()));
    await this.muster.close();
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)] as Item;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function groupsOf(device: ChatSDK): Promise<{ groupID: string; name: string; memberCount: number }[]> {
  const { data } = await device.getGroupList();
  return brief(data.groupList);
}

/** What of a group list must agree. */
export function brief(
  groups: readonly { groupID: string; name: string; memberCount: number; ownerID: string }[],
) {
  const shown = groups.map(({ groupID, name, memberCount, ownerID }) => ({
    groupID,
    name,
    memberCount,
    ownerID,
  }));
  return shown.sort((one, other) => (one.groupID < other.groupID ? -1 : 1));
}
