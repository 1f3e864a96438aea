/** How a method asks the server: typed by the tables, waiting until calls are served, within the rate. */
import type { COMMANDS, CommandInput, CommandName, CommandOutput } from '@muster/protocol';
import type { Core } from '../core.ts';

export type AskingName = {
  [Name in CommandName]: (typeof COMMANDS)[Name]['kind'] extends 'read' | 'write' ? Name : never;
}[CommandName];

/**
 * Writes carry an operation id, reads do not. The names say which is which; the table, which says it too, would cost
 * more than it tells, and a test holds the two together.
 */
export function isWrite(command: CommandName): boolean {
  return !/^(get|search|log)/.test(command);
}

export interface How<Name extends AskingName> {
  /** Served as soon as `login` has resolved (US4). */
  early?: boolean;
  spends?: 'counterWrites' | 'counterReads';
  operationID?: string | undefined;
  /** Runs when the answer is read, before anything that came after it. */
  apply?: (output: CommandOutput<Name>) => void;
}

export interface Calls {
  ask<Name extends AskingName>(
    command: Name,
    input: CommandInput<Name>,
    how?: How<Name>,
  ): Promise<CommandOutput<Name>>;
}

export function createCalls(core: Core): Calls {
  return {
    async ask(command, input, { early, spends, apply, operationID } = {}) {
      const { session, rate, mirror } = core;
      await session.served(early);
      if (spends) {
        // The limits are known by now: the login brings them.
        rate.spend(spends);
        // From now on the group is one that the app has heard of, so that a reconnect brings it up to date (GC14).
        mirror.heldCounters.hear((input as { groupID: string }).groupID);
      }
      return session.requests.ask({
        command,
        input,
        operationID,
        apply: apply as (output: unknown) => void,
      }) as never;
    },
  };
}
