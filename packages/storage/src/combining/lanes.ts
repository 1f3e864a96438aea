import { LIMITS } from '@muster/protocol';
import type { Engine } from '../engine.ts';
import type { Ticket } from './ticket.ts';

/** What one commit took. `operations` also counts those that were refused. */
export interface Commit {
  operations: number;
  milliseconds: number;
}

/** The requests that wait for one commit: of all groups on an engine that commits one at a time, else of one group. */
interface Lane {
  readonly name: string;
  waiting: Ticket[];
  isCommitting: boolean;
}

export interface LaneOptions {
  engine: Engine;
  /** How many commits may run at a time. */
  commitsAtOnce: number;
  onCommit(commit: Commit): void;
  /** A ticket has got its outcome. */
  onSettled(ticket: Ticket): void;
}

/**
 * Lines of requests and their commits. There is no timer: the first request of a quiet lane goes as soon as the
 * current turn has brought what it brings, and what arrives during a commit goes together in the next.
 */
export class Lanes {
  private readonly options: LaneOptions;
  private readonly lanes = new Map<string, Lane>();
  private ready: Lane[] = [];
  private commits = 0;
  private waiting = 0;
  private isScheduled = false;
  private idle: (() => void)[] = [];

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /** Requests that wait for a commit to begin. */
  get queued(): number {
    return this.waiting;
  }

  /** The name of the lane in which requests of this group wait. */
  nameOf(groupID: string): string {
    return this.options.engine.commits === 'one-at-a-time' ? '' : groupID;
  }

  push(ticket: Ticket): void {
    const lane = this.lane(this.nameOf(ticket.groupID));
    this.waiting += 1;
    lane.waiting.push(ticket);
    if (lane.waiting.length === 1 && !lane.isCommitting) this.ready.push(lane);
    if (this.commits < this.options.commitsAtOnce) this.schedule();
  }

  /** Resolves once nothing waits and no commit runs. */
  async drained(): Promise<void> {
    if (this.commits === 0 && this.waiting === 0) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private lane(name: string): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    const lane: Lane = { name, waiting: [], isCommitting: false };
    this.lanes.set(name, lane);
    return lane;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.start();
    });
  }

  private start(): void {
    while (this.commits < this.options.commitsAtOnce) {
      const lane = this.ready.shift();
      if (!lane) return;
      void this.commit(lane);
    }
  }

  /** Never rejects: a fault goes to the callers whose requests were in the commit. */
  private async commit(lane: Lane): Promise<void> {
    const tickets = lane.waiting.splice(0, LIMITS.batch_operations_max.value);
    lane.isCommitting = true;
    this.commits += 1;
    this.waiting -= tickets.length;
    await this.write(tickets);
    this.commits -= 1;
    lane.isCommitting = false;
    for (const ticket of tickets) this.options.onSettled(ticket);
    if (lane.waiting.length > 0) this.ready.push(lane);
    else this.lanes.delete(lane.name);
    this.start();
    if (this.commits === 0 && this.waiting === 0) this.wakeIdle();
  }

  private async write(tickets: readonly Ticket[]): Promise<void> {
    const begin = performance.now();
    try {
      const outcomes = await this.options.engine.groupCounters.update(tickets);
      for (const [at, ticket] of tickets.entries()) ticket.settle(outcomes[at]);
    } catch (cause) {
      for (const ticket of tickets) ticket.fail(cause);
    }
    this.options.onCommit({ operations: tickets.length, milliseconds: performance.now() - begin });
  }

  private wakeIdle(): void {
    const waiting = this.idle;
    this.idle = [];
    for (const resolve of waiting) resolve();
  }
}
