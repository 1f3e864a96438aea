/**
 * From a commit to the devices: numbers of the log, counters, and who is subscribed to what. Handlers publish here
 * what storage has committed, before they answer; so an answer never overtakes the events of its own write (DL9).
 */
import { groupScope, type LoggedEvent, type Scope, scopeOwner } from '@muster/protocol';
import type { NumberedEvent } from '@muster/storage';
import type { Session } from '../sessions/session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { CounterDelivery } from './counter-delivery.ts';
import { Flusher } from './flusher.ts';
import { LogDelivery } from './log-delivery.ts';

export interface DeliveryObserver {
  eventsSent(kind: 'counters' | 'log', events: number): void;
  conflated(changes: number): void;
}

export class Delivery {
  readonly flusher = new Flusher();
  readonly log: LogDelivery;
  readonly counters: CounterDelivery;
  private readonly sessions: SessionRegistry;

  constructor(options: {
    sessions: SessionRegistry;
    tickMs: number;
    now: () => number;
    observer: DeliveryObserver;
  }) {
    const { sessions, tickMs, now, observer } = options;
    this.sessions = sessions;
    this.log = new LogDelivery(now, (events) => observer.eventsSent('log', events));
    this.counters = new CounterDelivery({
      tickMs,
      now,
      observer: {
        sent: (events) => observer.eventsSent('counters', events),
        conflated: (changes) => observer.conflated(changes),
      },
    });
  }

  /** Publishes the events of one commit. `cause` is the device that asked for it. */
  publish(events: readonly NumberedEvent[], cause: Session | undefined): void {
    for (const [scope, own] of byScope(events)) {
      this.log.publish(scope, own, cause?.subscriptionTo(scope));
      for (const { event } of own) this.follow(scope, event);
    }
  }

  /** Lets the subscriptions follow what an event says about membership. */
  private follow(scope: Scope, event: LoggedEvent): void {
    const userID = scopeOwner(scope).id;
    if (event.name === 'groupJoined') {
      const { profile, seq, countersVersion } = event.group;
      for (const session of this.sessions.ofUser(userID)) {
        session.subscribeGroup({ groupID: profile.groupID, seq, countersVersion }, false);
      }
    } else if (event.name === 'groupLeft') {
      for (const session of this.sessions.ofUser(userID)) session.unsubscribeGroup(event.groupID);
    } else if (event.name === 'groupDismissed') {
      this.endGroup(event.groupID);
    }
  }

  /** Nothing of a group follows its end (DL4); whoever was subscribed has been told of it, or is told by the log. */
  private endGroup(groupID: string): void {
    const feed = this.log.feed(groupScope(groupID));
    this.counters.drop(groupID);
    if (!feed) return;
    for (const subscription of feed.subscriptions) this.log.serveNow(feed, subscription);
    this.log.drop(groupScope(groupID));
    for (const session of this.sessions.all()) session.groups.delete(groupID);
  }

  sweep(): void {
    this.log.sweep();
    this.counters.sweep();
  }

  stop(): void {
    this.counters.stop();
  }
}

function byScope(events: readonly NumberedEvent[]): Map<Scope, NumberedEvent[]> {
  const scopes = new Map<Scope, NumberedEvent[]>();
  for (const event of events) {
    const own = scopes.get(event.scope);
    if (own) own.push(event);
    else scopes.set(event.scope, [event]);
  }
  return scopes;
}
