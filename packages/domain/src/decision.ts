import type { Cause, ErrorName, LoggedEvent, Scope } from '@muster/protocol';

/** A rule's no: a value, with the row of the errors table and what was wrong in words. */
export interface Refusal<Name extends ErrorName = ErrorName> {
  ok: false;
  error: Name;
  message?: string;
}

/** A rule's yes: what changes, what is told and what the caller is answered. */
export interface Acceptance<Changes, Reply> {
  ok: true;
  changes: Changes;
  events: readonly ScopedEvent[];
  reply: Reply;
}

/** `Name` are the errors that the row of the rule's command declares: giving another one does not compile. */
export type Decision<Changes, Reply, Name extends ErrorName = ErrorName> =
  | Acceptance<Changes, Reply>
  | Refusal<Name>;

/** The answer of a rule that only reads. */
export type Reading<Reply, Name extends ErrorName = ErrorName> = { ok: true; reply: Reply } | Refusal<Name>;

/** A logged event with the scope it is numbered in. */
export interface ScopedEvent {
  scope: Scope;
  event: LoggedEvent;
}

/** Shared by every decision that tells nothing: the hot path allocates no list for it. */
const NO_EVENTS: readonly ScopedEvent[] = Object.freeze([]);

export function refuse<const Name extends ErrorName>(error: Name, message?: string): Refusal<Name> {
  return message === undefined ? { ok: false, error } : { ok: false, error, message };
}

export function accept<Changes, Reply>(
  changes: Changes,
  reply: Reply,
  events: readonly ScopedEvent[] = NO_EVENTS,
): Acceptance<Changes, Reply> {
  return { ok: true, changes, events, reply };
}

/** An event for a scope, signed by what caused it. */
export function tell(scope: Scope, event: LoggedEvent, by: Cause | undefined): ScopedEvent {
  return { scope, event: by === undefined ? event : { ...event, by } };
}
