/**
 * Random histories of group attributes: groups end and are made again, connections drop, answers get lost, the server
 * restarts, and devices sleep longer than the log in memory reaches back. At the end, what each device was told must
 * equal what a fresh fetch gives.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { type SeededRandom, seededRandom } from '@muster/testkit';
import { expect, it } from 'vitest';

const { EVENT, TYPES } = MusterChat;
const USERS = ['ann', 'ann', 'bob'];
const GROUPS = ['g1', 'g2'];
const KEYS = ['a', 'b', 'c', '__proto__'];
/** Not permitted, no such group, a group of that name: what the calls of a history may be refused. */
const REFUSALS = [10004, 10007, 10009, 10010, 10013, 10021, 10025];

type Attributes = Record<string, string>;

/** A page that fetches the attributes of a group when it first sees it, and goes by the events from then on. */
class Page {
  readonly device: ChatSDK;
  readonly told = new Map<string, Attributes>();

  constructor(device: ChatSDK) {
    this.device = device;
    device.on(EVENT.GROUP_ATTRIBUTES_UPDATED, ({ data }) => {
      this.told.set(data.groupID, data.groupAttributes);
    });
    device.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => this.meet(data.map(({ groupID }) => groupID)));
  }

  private meet(groupIDs: string[]): void {
    for (const groupID of this.told.keys()) if (!groupIDs.includes(groupID)) this.told.delete(groupID);
    for (const groupID of groupIDs) if (!this.told.has(groupID)) void this.fetch(groupID);
  }

  private async fetch(groupID: string): Promise<void> {
    this.told.set(groupID, {});
    const answer = await this.device.getGroupAttributes({ groupID }).catch(() => undefined);
    if (answer && this.told.has(groupID)) this.told.set(groupID, answer.data.groupAttributes);
  }
}

class History {
  private readonly random: SeededRandom;
  private readonly storage: string;
  private readonly pages: Page[] = [];
  private readonly pending = new Set<Promise<unknown>>();
  private muster!: Muster;

  constructor(random: SeededRandom, storage: string) {
    this.random = random;
    this.storage = storage;
  }

  async run(steps: number): Promise<void> {
    this.muster = await startMuster({ storage: this.storage });
    for (const userID of USERS) this.pages.push(new Page(await this.muster.login(userID)));
    for (let step = 0; step < steps; step += 1) await this.step();
    await this.sleep();
    await this.compare();
  }

  private async step(): Promise<void> {
    const choice = this.random.below(100);
    if (choice < 90) this.write();
    else if (choice < 94) this.muster.faults.cutConnections();
    else if (choice < 97) this.muster.faults.cutAfterCommit(1 + this.random.below(3));
    else if (choice < 99) await this.settle();
    else await this.restart();
    if (this.random.below(4) === 0) await pause(this.random.below(15));
  }

  private write(): void {
    const { device } = this.pick(this.pages);
    const writing = this.call(device, this.pick(GROUPS), this.pick(KEYS)).catch(
      (error: { code?: number }) => {
        expect(REFUSALS).toContain(error.code);
      },
    );
    this.pending.add(writing);
    void writing.finally(() => this.pending.delete(writing));
  }

  private call(device: ChatSDK, groupID: string, key: string): Promise<unknown> {
    const kind = this.random.below(20);
    const groupAttributes = { [key]: `${this.random.below(1_000)}` };
    if (kind < 9) return device.setGroupAttributes({ groupID, groupAttributes });
    if (kind < 11) return device.initGroupAttributes({ groupID, groupAttributes });
    if (kind < 13) return device.deleteGroupAttributes({ groupID, keyList: [key] });
    if (kind < 14) return device.getGroupAttributes({ groupID });
    if (kind < 16) return device.joinGroup({ groupID });
    if (kind < 17) return device.quitGroup(groupID);
    if (kind < 19) return device.createGroup({ type: TYPES.GRP_MEETING, groupID, name: 'n' });
    return this.random.below(3) === 0 ? device.dismissGroup(groupID) : Promise.resolve();
  }

  /** While bob is away, more is written than the log in memory holds. */
  private async sleep(): Promise<void> {
    await this.settle();
    const [ann, , bob] = this.pages.map(({ device }) => device) as [ChatSDK, ChatSDK, ChatSDK];
    const groupID = 'long';
    await ann.createGroup({ type: TYPES.GRP_MEETING, groupID, name: 'n' });
    await ann.setGroupAttributes({ groupID, groupAttributes: { first: '1', second: '1' } });
    await bob.joinGroup({ groupID });
    await expect.poll(() => this.pages[2]?.told.get(groupID)).toEqual({ first: '1', second: '1' });
    const { port, SDKAppID, secretKey } = this.muster;
    await this.muster.server().close();
    // Bob's device finds nobody on this port; ann writes through another door of the same database.
    const elsewhere = await startMuster({ storage: this.storage, SDKAppID, secretKey });
    const other = await elsewhere.login('ann');
    for (let index = 0; index < 300; index += 1) {
      await other.setGroupAttributes({ groupID, groupAttributes: { second: `${index}` } });
    }
    await other.deleteGroupAttributes({ groupID, keyList: ['first'] });
    await elsewhere.close();
    this.muster = await startMuster({ storage: this.storage, SDKAppID, secretKey, port });
  }

  private async compare(): Promise<void> {
    for (const [index, page] of this.pages.entries()) {
      const fresh = await this.muster.login(USERS[index] ?? '');
      for (const { groupID } of (await fresh.getGroupList()).data.groupList) {
        const truth = (await fresh.getGroupAttributes({ groupID })).data.groupAttributes;
        await expect.poll(() => page.told.get(groupID), { timeout: 10_000 }).toEqual(truth);
        expect((await page.device.getGroupAttributes({ groupID })).data.groupAttributes).toEqual(truth);
      }
    }
  }

  private async restart(): Promise<void> {
    const { SDKAppID, secretKey, port } = this.muster;
    await this.muster.server().close();
    this.muster = await startMuster({ storage: this.storage, SDKAppID, secretKey, port });
  }

  private async settle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.pages.map(({ device }) => device.destroy()));
    await this.muster.close();
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)] as Item;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it.each([1, 2])('[DL4][DL5][GR5] events tell what a fetch tells, whatever breaks (seed %i)', async (seed) => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-attributes-'));
  const history = new History(seededRandom(seed), `sqlite:${join(folder, 'muster.db')}`);
  try {
    await history.run(300);
  } finally {
    await history.end();
    await rm(folder, { recursive: true, force: true });
  }
});
