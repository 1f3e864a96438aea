import type { Outbox } from '../delivery/outbox.ts';

/** A connection as the socket door sees it, whatever language its client speaks. */
export interface Connection {
  readonly outbox: Outbox;
  /** Requests that have no answer yet. */
  readonly requestsInFlight: number;
  receive(data: Buffer, isBinary: boolean): void;
  /** The socket failed; its closing follows. */
  fail(cause: Error): void;
  gone(): void;
  /** Looks after what time alone brings about; called about once a second. */
  sweep(): void;
}
