/**
 * Brings what is kept nowhere to those who are connected: messages of AVChatRooms and online-only ones, and who comes
 * into a room or leaves it (MS3 to MS5). What is said in one group reaches everyone in one order (MS2).
 */
import { groupScope, limit, type OnlineMessageFrame, type RoomTipFrame, type Scope } from '@muster/protocol';
import { fanOut } from './fan-out.ts';
import { type SharedFrame, shareFrame } from './frame.ts';
import type { LogDelivery } from './log-delivery.ts';
import type { LogSubscription } from './log-feed.ts';
import type { Outbox } from './outbox.ts';

const TIPS_MAX = limit('groupTips_perSecond_max');
const SECOND_MS = 1_000;

interface Passing {
  frame: SharedFrame;
  /** Who is left out: the device that said it. */
  except: Outbox | undefined;
}

export class PassingDelivery {
  private readonly log: LogDelivery;
  private readonly now: () => number;
  private readonly countSent: (events: number) => void;
  /** What waits for the fan-out that is under way in its scope. */
  private readonly waiting = new Map<Scope, Passing[]>();
  /** When a room was told its last tips, the oldest first. */
  private readonly tips = new Map<string, number[]>();

  constructor(log: LogDelivery, now: () => number, countSent: (events: number) => void) {
    this.log = log;
    this.now = now;
    this.countSent = countSent;
  }

  toGroup(groupID: string, frame: OnlineMessageFrame | RoomTipFrame, except?: Outbox): void {
    const scope = groupScope(groupID);
    const passing = { frame: shareFrame(frame), except };
    const waiting = this.waiting.get(scope);
    if (waiting) waiting.push(passing);
    else void this.serve(scope, [passing]);
  }

  toDevices(outboxes: readonly Outbox[], frame: OnlineMessageFrame): void {
    const shared = shareFrame(frame);
    for (const outbox of outboxes) outbox.pushShared(shared);
    this.countSent(outboxes.length);
  }

  /** Whether a room may be told one more tip now; the tip counts. */
  takesTip(groupID: string): boolean {
    const now = this.now();
    const told = (this.tips.get(groupID) ?? []).filter((at) => now - at < SECOND_MS);
    if (told.length >= TIPS_MAX) return false;
    this.tips.set(groupID, [...told, now]);
    return true;
  }

  sweep(): void {
    const before = this.now() - SECOND_MS;
    for (const [groupID, told] of this.tips) if ((told.at(-1) ?? 0) < before) this.tips.delete(groupID);
  }

  /** One fan-out of a group at a time; what comes meanwhile goes out together in the next. */
  private async serve(scope: Scope, first: readonly Passing[]): Promise<void> {
    for (let due = first; due.length > 0; due = this.waiting.get(scope) ?? []) {
      this.waiting.set(scope, []);
      const subscribers = this.log.subscribersOf(scope);
      const serve = (item: LogSubscription): void => {
        // Whoever left since the fan-out began is told no more.
        if (subscribers.has(item)) this.push(item.outbox, due);
      };
      await fanOut([...subscribers], serve, this.now);
    }
    this.waiting.delete(scope);
  }

  private push(outbox: Outbox, due: readonly Passing[]): void {
    for (const { frame, except } of due) {
      if (outbox === except) continue;
      outbox.pushShared(frame);
      this.countSent(1);
    }
  }
}
