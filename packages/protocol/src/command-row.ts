/** What is said of a command in the table of commands. */
import type { ErrorName } from './errors.ts';
import type { EventName } from './events.ts';

export interface CommandRow {
  feature: 'users' | 'groups' | 'group-counters' | 'messages' | 'conversations' | 'conversation-groups';
  /** A write carries an operation id and is answered after it is durable (DL1, DL2). */
  kind: 'read' | 'write' | 'session';
  /** Which limit a call spends (GC10). */
  spends: 'counterCalls' | 'none';
  /** `socket` commands need a device; the others are on our HTTP door too. */
  doors: 'socket' | 'both';
  /** Refusals beyond those that every command has. */
  errors: readonly ErrorName[];
  raises: readonly EventName[];
  doc: string;
}

/** Keeps the row's own types. */
export const command = <const Row extends CommandRow>(row: Row): Row => row;
