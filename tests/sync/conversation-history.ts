/**
 * A random history of one user's conversations: three devices of hers and two other people write, groups come and go,
 * connections drop, answers get lost and the server restarts. Whenever all is quiet, every device, a fresh login, what
 * the events told, and what the server answers over HTTP must agree (DL5, CG16).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { type SeededRandom, seededRandom } from '@muster/testkit';
import { expect } from 'vitest';
import { ConversationObserver, shownBy, storedFor } from './conversation-observer.ts';

export interface ConversationHistoryRun {
  seed: number;
  steps: number;
  /** A database to run on; a SQLite file of its own unless given. */
  storage?: string;
}

const { TYPES } = MusterChat;
const GROUPS = ['g1', 'g2', 'g3'];
const CONVERSATIONS = [...GROUPS.map((groupID) => `GROUP${groupID}`), 'C2Cbob', 'C2Ccay', 'C2Cnobody', '?'];
const NAMES = ['Work', 'Home', 'Play', 'Later'];
/** What a call may be refused here, by the rules or as its outcome is unknown (10002); anything else is a fault. */
const REFUSALS = new Set([
  2500, 2503, 10002, 10004, 10007, 10009, 10010, 10013, 10017, 10019, 10021, 10025, 10030, 51006, 51009,
  51010, 51011, 52001,
]);
const AGREE_MS_MAX = 10_000;

export async function runConversationHistory(run: ConversationHistoryRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-conversations-'));
  const storage = run.storage ?? `sqlite:${join(folder, 'muster.db')}`;
  const history = new ConversationHistory(seededRandom(run.seed), storage);
  try {
    await history.begin();
    for (let step = 0; step < run.steps; step += 1) await history.step();
    await history.compare();
  } finally {
    await history.end();
    await rm(folder, { recursive: true, force: true });
  }
}

class ConversationHistory {
  private readonly random: SeededRandom;
  private readonly storage: string;
  private muster!: Muster;
  private readonly observers: ConversationObserver[] = [];
  private readonly others: ChatSDK[] = [];
  private readonly pending = new Set<Promise<unknown>>();

  constructor(random: SeededRandom, storage: string) {
    this.random = random;
    this.storage = storage;
  }

  async begin(): Promise<void> {
    this.muster = await startMuster({ storage: this.storage, tickMs: 10 });
    for (let device = 0; device < 3; device += 1)
      this.observers.push(new ConversationObserver(await this.muster.login('ann')));
    for (const userID of ['bob', 'cay']) this.others.push(await this.muster.login(userID));
  }

  async step(): Promise<void> {
    const choice = this.random.below(100);
    if (choice < 60) this.write(this.pick(this.observers).device, (device) => this.ownCall(device));
    else if (choice < 86) this.write(this.pick(this.others), (device) => this.othersCall(device));
    else if (choice < 91) this.muster.faults.cutConnections();
    else if (choice < 94) this.muster.faults.cutAfterCommit(1 + this.random.below(3));
    else if (choice < 95) this.muster.faults.failAfterCommit(1);
    else if (choice < 96) this.keepAway();
    else if (choice < 99) await this.compare();
    else await this.restart();
    if (this.random.below(4) === 0) await pause(this.random.below(15));
  }

  /** One of her devices stays away for a while, whatever it tries, and misses what the others do. */
  private keepAway(): void {
    const ofAnn = () => [...this.muster.server().app.sessions.ofUser('ann')];
    const [away] = ofAnn().slice(this.random.below(this.observers.length));
    if (!away) return;
    const until = performance.now() + 200 + this.random.below(300);
    const timer = setInterval(() => {
      for (const session of ofAnn()) if (session.device === away.device) session.outbox.cut();
      if (performance.now() > until) clearInterval(timer);
    }, 5);
  }

  /** One write of one device; what it is refused is part of the history. */
  private write(device: ChatSDK, call: (device: ChatSDK) => Promise<unknown>): void {
    const writing = call(device).catch((error: { code?: number; message?: string }) => {
      if (!REFUSALS.has(error.code ?? 0)) throw error;
    });
    this.pending.add(writing);
    void writing.finally(() => this.pending.delete(writing)).catch(() => undefined);
  }

  private ownCall(device: ChatSDK): Promise<unknown> {
    const kind = this.random.below(20);
    if (kind < 9) return this.folderCall(device, kind);
    const conversationID = this.pick(CONVERSATIONS);
    const conversationIDList = [conversationID, this.pick(CONVERSATIONS)];
    const groupID = this.pick(GROUPS);
    if (kind < 11) return device.setMessageRead({ conversationID });
    if (kind < 12) return device.pinConversation({ conversationID, isPinned: this.random.below(2) === 0 });
    if (kind < 13) return device.deleteConversation(conversationID);
    if (kind < 14)
      return device.markConversation({
        conversationIDList,
        markType: 2 ** this.random.below(3),
        enableMark: this.random.below(2) === 0,
      });
    if (kind < 15)
      return device.setConversationCustomData({ conversationIDList, customData: `c${this.random.below(9)}` });
    if (kind < 16)
      return device.setMessageRemindType({
        groupID,
        messageRemindType: this.pick([TYPES.MSG_REMIND_ACPT_AND_NOTE, TYPES.MSG_REMIND_ACPT_NOT_NOTE]),
      });
    if (kind < 17) return device.joinGroup({ groupID });
    if (kind < 18) return device.quitGroup(groupID);
    if (kind < 19) return this.changeMessage(device, conversationID);
    return this.say(device);
  }

  private folderCall(device: ChatSDK, kind: number): Promise<unknown> {
    const groupName = this.pick(NAMES);
    const conversationIDList = [this.pick(CONVERSATIONS), this.pick(CONVERSATIONS)];
    if (kind < 2) return device.createConversationGroup({ groupName, conversationIDList });
    if (kind < 3) return device.deleteConversationGroup(groupName);
    if (kind < 5) return device.renameConversationGroup({ oldName: groupName, newName: this.pick(NAMES) });
    if (kind < 8) return device.addConversationsToGroup({ groupName, conversationIDList });
    return device.deleteConversationsFromGroup({ groupName, conversationIDList });
  }

  /** Takes back, deletes or changes one of the last messages. */
  private async changeMessage(device: ChatSDK, conversationID: string): Promise<unknown> {
    const { data } = await device.getMessageList({ conversationID });
    const message = data.messageList.at(-1 - this.random.below(2));
    if (!message) return device.clearHistoryMessage(conversationID);
    const kind = this.random.below(3);
    if (kind === 0) return device.deleteMessage([message]);
    if (kind === 1) return device.revokeMessage(message);
    message.cloudCustomData = `m${this.random.below(9)}`;
    return device.modifyMessage(message);
  }

  private othersCall(device: ChatSDK): Promise<unknown> {
    const kind = this.random.below(14);
    const groupID = this.pick(GROUPS);
    if (kind > 12) return device.dismissGroup(groupID);
    if (kind > 11) return device.addGroupMember({ groupID, userIDList: ['ann'] });
    if (kind < 7) return this.say(device);
    if (kind < 8) return device.setMessageRead({ conversationID: 'C2Cann' });
    if (kind < 9)
      return device.createGroup({
        type: this.pick([TYPES.GRP_PUBLIC, TYPES.GRP_MEETING, TYPES.GRP_COMMUNITY, TYPES.GRP_WORK]),
        groupID,
        name: `n${this.random.below(9)}`,
        memberList: [{ userID: 'ann' }],
        joinOption: 'FreeAccess',
      } as never);
    if (kind < 10) return device.deleteGroupMember({ groupID, userIDList: ['ann'] });
    if (kind < 11) return device.joinGroup({ groupID });
    return this.random.below(2) === 0
      ? device.dismissGroup(groupID)
      : device.updateGroupProfile({ groupID, name: `n${this.random.below(9)}` });
  }

  private say(device: ChatSDK): Promise<unknown> {
    const isToGroup = this.random.below(2) === 0;
    const to = isToGroup ? this.pick(GROUPS) : this.pick(['ann', 'bob', 'cay']);
    const text = `t${this.random.below(1_000)}`;
    const atUserList = this.random.below(3) === 0 ? [this.pick(['ann', TYPES.MSG_AT_ALL])] : [];
    const message = isToGroup
      ? device.createTextAtMessage({
          to,
          conversationType: TYPES.CONV_GROUP,
          payload: { text, atUserList },
        })
      : device.createTextMessage({ to, conversationType: TYPES.CONV_C2C, payload: { text } });
    return device.sendMessage(message);
  }

  private async restart(): Promise<void> {
    const { SDKAppID, secretKey, port } = this.muster;
    await this.muster.server().close();
    this.muster = await startMuster({ storage: this.storage, tickMs: 10, SDKAppID, secretKey, port });
  }

  /** Waits until every write has its answer; one that was refused against the rules ends the run. */
  private async settle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  /** All is quiet: everybody agrees. */
  async compare(): Promise<void> {
    await this.settle();
    const fresh = await this.muster.login('ann');
    const expected = await shownBy(fresh);
    for (const observer of this.observers) {
      await expect.poll(() => shownBy(observer.device), { timeout: AGREE_MS_MAX }).toEqual(expected);
      await expect.poll(() => observer.told(), { timeout: AGREE_MS_MAX }).toEqual(expected);
      expect(observer.contradictions).toEqual([]);
    }
    expect(await storedFor(this.muster, 'ann')).toEqual({
      names: expected.names,
      folders: expected.folders.map(({ conversationIDList, groupName }) => ({
        conversationIDList,
        groupName,
      })),
      conversations: expected.conversations.map(({ conversationID, unreadCount }) => ({
        conversationID,
        unreadCount,
      })),
    });
    await fresh.destroy();
  }

  async end(): Promise<void> {
    const devices = [...this.observers.map(({ device }) => device), ...this.others];
    await Promise.allSettled(devices.map((device) => device.destroy()));
    await this.muster.close();
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)] as Item;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
