import type { ErrorName, LoggedEvent, Scope } from '@muster/protocol';

/** A rule's no: a value, with the row of the errors table and what was wrong in words. */
export interface Refusal {
  ok: false;
  error: ErrorName;
  message?: string;
}

/** A rule's yes: what changes, what is told and what the caller is answered. */
export interface Acceptance<Changes, Reply> {
  ok: true;
  changes: Changes;
  events: ScopedEvent[];
  reply: Reply;
}

export type Decision<Changes, Reply> = Acceptance<Changes, Reply> | Refusal;

/** A logged event with the scope it is numbered in. */
export interface ScopedEvent {
  scope: Scope;
  event: LoggedEvent;
}

export function refuse(error: ErrorName, message?: string): Refusal {
  return message === undefined ? { ok: false, error } : { ok: false, error, message };
}

export function accept<Changes, Reply>(changes: Changes, reply: Reply, events: ScopedEvent[] = []): Acceptance<Changes, Reply> {
  return { ok: true, changes, events, reply };
}
