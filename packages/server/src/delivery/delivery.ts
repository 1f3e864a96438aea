/**
 * From a commit to the devices: numbers of the log, counters, and who is subscribed to what. Handlers publish here
 * what storage has committed, before they answer; so an answer never overtakes the events of its own write (DL9).
 */
import { groupScope, type LoggedEvent, type Scope, scopeOwner, userScope } from '@muster/protocol';
import type { NumberedEvent } from '@muster/storage';
import type { Session } from '../sessions/session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { CounterDelivery } from './counter-delivery.ts';
import { Flusher } from './flusher.ts';
import { LogDelivery } from './log-delivery.ts';
import { PassingDelivery } from './passing-delivery.ts';

export interface DeliveryObserver {
  eventsSent(kind: 'counters' | 'log' | 'passing', events: number): void;
  conflated(changes: number): void;
}

export class Delivery {
  readonly flusher = new Flusher();
  readonly log: LogDelivery;
  readonly counters: CounterDelivery;
  readonly passing: PassingDelivery;
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
    this.passing = new PassingDelivery(this.log, now, (events) => observer.eventsSent('passing', events));
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
      const taken = this.log.publish(scope, own, cause?.subscriptionTo(scope));
      for (const event of taken) this.follow(scope, event);
    }
  }

  /**
   * Lets a session that has just logged in follow what happened while it did: the events of its user's log after the
   * number it was read at. False when they are no longer remembered.
   */
  followSince(session: Session, sent: number): boolean {
    const events = this.log.eventsSince(userScope(session.userID), sent);
    for (const event of events ?? []) followMembership(session, event);
    return events !== undefined;
  }

  /** Lets the subscriptions follow what an event says about membership. */
  private follow(scope: Scope, event: LoggedEvent): void {
    const { kind, id } = scopeOwner(scope);
    if (kind === 'user') {
      for (const session of this.sessions.ofUser(id)) if (session.log) followMembership(session, event);
    } else if (event.name === 'groupDismissed') this.endGroup(event.groupID);
  }

  /** Nothing of a group follows its end (DL4). */
  private endGroup(groupID: string): void {
    this.log.end(groupScope(groupID));
    this.counters.drop(groupID);
  }

  sweep(): void {
    this.log.sweep();
    this.counters.sweep();
    this.passing.sweep();
  }

  stop(): void {
    this.counters.stop();
  }
}

function followMembership(session: Session, event: LoggedEvent): void {
  if (event.name === 'groupLeft') session.unsubscribeGroup(event.groupID);
  if (event.name !== 'groupJoined') return;
  const { profile, seq, countersVersion } = event.group;
  session.subscribeGroup({ groupID: profile.groupID, seq, countersVersion }, false);
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
