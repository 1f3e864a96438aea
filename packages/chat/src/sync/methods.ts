/** Methods that are a command: what they take, how they ask, what they give back. */
import type { CommandInput, CommandOutput } from '@muster/protocol';
import { type Checks, operationID, type Taken, take } from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import type { ChatResponse } from '../types/results.ts';
import type { AskingName } from './calls.ts';

/** What the checks let through must be what the command takes; otherwise a call lacks an argument. */
type Fitting<C extends Checks, Name extends AskingName> =
  Taken<C> extends CommandInput<Name> ? [] : [theInputDoesNotFit: Name];

interface Row<Name extends AskingName, C extends Checks, Data> {
  takes: C;
  gives(output: CommandOutput<Name>, input: Taken<C>): Data | Promise<Data>;
  /** Served as soon as `login` has resolved (US4). */
  early?: boolean;
  spends?: 'counterWrites' | 'counterReads';
  /** Runs when the answer is read, before anything that came after it. */
  apply?(output: CommandOutput<Name>, input: Taken<C>): void;
}

type Method<Data> = (given: unknown) => Promise<ChatResponse<Data>>;

/** A method of the name of its command. A write takes an `operationID` besides (DL2). */
export function methodOf<Name extends AskingName, C extends Checks, Data>(
  core: Core,
  name: Name,
  row: Row<Name, C, Data>,
  ..._fitting: Fitting<C, Name>
): Method<Data> {
  return translatedMethodOf(core, name, { ...row, sends: (taken) => taken as CommandInput<Name> });
}

/** The same of a method that does not take what its command does; `sends` is asked when the method is called. */
export function translatedMethodOf<Name extends AskingName, C extends Checks, Data>(
  { calls, log }: Core,
  name: Name,
  { takes, gives, apply, sends, ...how }: Row<Name, C, Data> & { sends(input: Taken<C>): CommandInput<Name> },
): Method<Data> {
  const checks: Checks = { ...takes, operationID };
  return async (given) => {
    const { operationID: own, ...rest } = take(name, given, checks, log);
    const taken = rest as Taken<C>;
    const output = await calls.ask(name, sends(taken), {
      ...how,
      operationID: own as string | undefined,
      ...(apply && { apply: (answer) => apply(answer, taken) }),
    });
    return ok(await gives(output, taken));
  };
}

/** For methods that take a groupID alone, not in an object. */
export function byGroupID<Data>(method: Method<Data>): Method<Data> {
  return (groupID) => method({ groupID });
}

/** For answers that are the data. */
export const asItIs = <Output>(output: Output): Output => output;
