import type { Refusal } from '@muster/domain';
import type { CommandInput, CommandName, CommandOutput } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { App } from './app.ts';
import type { Session } from './sessions/session.ts';

/** A checked request, as a handler gets it. */
export interface Call<Name extends CommandName = CommandName> {
  input: CommandInput<Name>;
  userID: string;
  isAdministrator: boolean;
  /** Whether the original SDK or REST asks, which some rules treat otherwise (CG6). */
  isForeign: boolean;
  /** The device that asks; undefined over HTTP. */
  session: Session | undefined;
  /** What tells a repeat of this write; undefined for a read, and over HTTP without a key. */
  operation: Operation | undefined;
  /** Milliseconds since 1970, read once for the request. */
  now: number;
}

export type Result<Name extends CommandName> =
  | { ok: true; output: CommandOutput<Name>; repeated?: boolean }
  | Refusal;

export type Handler<Name extends CommandName> = (app: App, call: Call<Name>) => Promise<Result<Name>>;
