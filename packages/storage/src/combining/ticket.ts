import type { CounterChanges, CounterState, Decision } from '@muster/domain';
import { refuse } from '@muster/domain';
import type { CounterOutcome, CounterReply, CounterRequest, Operation } from '../port.ts';

/**
 * A request on its way through a shared commit.
 *
 * A rule that throws must not spoil the requests it shares the commit with: towards the engine it refuses, which
 * leaves nothing, and the caller's promise is rejected with what was thrown.
 */
export class Ticket implements CounterRequest {
  readonly groupID: string;
  readonly userID: string;
  readonly isAdministrator: boolean;
  readonly now: number;
  declare readonly key?: string;
  declare readonly operation?: Operation;
  private readonly request: CounterRequest;
  private readonly resolve: (outcome: CounterOutcome) => void;
  private readonly reject: (cause: unknown) => void;
  private fault: { cause: unknown } | undefined;

  constructor(
    request: CounterRequest,
    resolve: (outcome: CounterOutcome) => void,
    reject: (cause: unknown) => void,
  ) {
    this.groupID = request.groupID;
    this.userID = request.userID;
    this.isAdministrator = request.isAdministrator;
    this.now = request.now;
    if (request.key !== undefined) this.key = request.key;
    if (request.operation !== undefined) this.operation = request.operation;
    this.request = request;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** The device whose order the request keeps. */
  get device(): number | undefined {
    return this.operation?.device?.device;
  }

  decide(state: CounterState): Decision<CounterChanges, CounterReply> {
    this.fault = undefined;
    try {
      return this.request.decide(state);
    } catch (cause) {
      this.fault = { cause };
      return refuse('INTERNAL');
    }
  }

  settle(outcome: CounterOutcome | undefined): void {
    if (this.fault && outcome && !outcome.ok) this.reject(this.fault.cause);
    else if (outcome) this.resolve(outcome);
    else this.reject(new Error('The storage gave fewer outcomes than it was given requests.'));
  }

  fail(cause: unknown): void {
    this.reject(cause);
  }
}
