/** One logged-in device on its connection, and what it is subscribed to. */
import {
  type CloseReason,
  type GroupView,
  groupScope,
  type KickType,
  type Scope,
  userScope,
} from '@muster/protocol';
import type { CounterSubscription } from '../delivery/counter-feed.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { LogSubscription } from '../delivery/log-feed.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { CallRate } from './call-rate.ts';

export interface GroupSubscription {
  log: LogSubscription;
  counters: CounterSubscription;
  /** Whether it stands for the device's own presence in an AVChatRoom. */
  isRoom: boolean;
}

export class Session {
  readonly userID: string;
  readonly device: number;
  /** Rises with every login of the device; operations carry it (DL2). */
  readonly number: number;
  /** When the device logged in first, in milliseconds: the oldest is ended when there are too many (US6). */
  readonly since: number;
  readonly isAdministrator: boolean;
  readonly outbox: Outbox;
  readonly groups = new Map<string, GroupSubscription>();
  readonly rate: CallRate;
  /** Its user's log. Until it is subscribed, what happens is left to the end of the login to follow. */
  log: LogSubscription | undefined;
  private readonly delivery: Delivery;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    who: {
      userID: string;
      device: number;
      session: number;
      since: number;
      isAdministrator: boolean;
      rate: CallRate;
    },
    outbox: Outbox,
    delivery: Delivery,
  ) {
    this.userID = who.userID;
    this.device = who.device;
    this.number = who.session;
    this.since = who.since;
    this.isAdministrator = who.isAdministrator;
    this.rate = who.rate;
    this.outbox = outbox;
    this.delivery = delivery;
  }

  subscribeUser(sent: number): void {
    this.log = this.delivery.log.subscribe(userScope(this.userID), this.outbox, sent);
  }

  /** Begins to be told of a group that the device knows as the view shows it. */
  subscribeGroup(
    view: Pick<GroupView, 'seq' | 'countersVersion'> & { groupID: string },
    isRoom: boolean,
  ): void {
    if (this.groups.has(view.groupID)) return;
    const log = this.delivery.log.subscribe(groupScope(view.groupID), this.outbox, view.seq);
    if (!log) return;
    const counters = this.delivery.counters.subscribe(view.groupID, this.outbox, view.countersVersion);
    counters.ended = () => void this.groups.delete(view.groupID);
    this.groups.set(view.groupID, { log, counters, isRoom });
  }

  unsubscribeGroup(groupID: string): void {
    const group = this.groups.get(groupID);
    if (!group) return;
    this.groups.delete(groupID);
    this.delivery.log.unsubscribe(groupScope(groupID), group.log);
    this.delivery.counters.unsubscribe(group.counters);
  }

  subscriptionTo(scope: Scope): LogSubscription | undefined {
    if (scope === userScope(this.userID)) return this.log;
    return this.groups.get(scope.slice('group:'.length))?.log;
  }

  /** Begins some work of this device when what it began before is done: what it says goes out as it was said (MS2). */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.turn.then(work, work);
    this.turn = turn;
    return turn;
  }

  /** Tells the device that its login has ended, and closes its connection. */
  kick(type: KickType): void {
    this.outbox.push({ event: 'kickedOut', type });
    this.end('kickedOut');
  }

  end(reason: CloseReason): void {
    this.release();
    this.outbox.close(reason);
  }

  /** Stops all that is sent to it. */
  release(): void {
    if (this.log) this.delivery.log.unsubscribe(userScope(this.userID), this.log);
    for (const groupID of [...this.groups.keys()]) this.unsubscribeGroup(groupID);
    this.log = undefined;
  }
}
