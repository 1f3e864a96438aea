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
  /** What the method is called, where that is not the name of its command. */
  method?: string;
  takes: C;
  /** What the command takes, of what the method does; asked when the method is called. */
  sends?(input: Taken<C>): CommandInput<Name>;
  /** The data; absent when the answer is. */
  gives?(output: CommandOutput<Name>, input: Taken<C>): Data | Promise<Data>;
  /** Served as soon as `login` has resolved (US4). */
  early?: boolean;
  spends?: 'counterWrites' | 'counterReads';
  /** Runs when the answer is read, before anything that came after it. */
  apply?(output: CommandOutput<Name>, input: Taken<C>): void;
}

type Translated<Name extends AskingName, C extends Checks, Data> = Row<Name, C, Data> &
  Required<Pick<Row<Name, C, Data>, 'sends'>>;

type Method<Data> = (given: unknown) => Promise<ChatResponse<Data>>;

/** A method of the name of its command. A write takes an `operationID` besides (DL2). */
export function methodOf<Name extends AskingName, C extends Checks, Data = CommandOutput<Name>>(
  core: Core,
  name: Name,
  row: Translated<Name, C, Data>,
): Method<Data>;
export function methodOf<Name extends AskingName, C extends Checks, Data = CommandOutput<Name>>(
  core: Core,
  name: Name,
  row: Row<Name, C, Data>,
  ...fitting: Fitting<C, Name>
): Method<Data>;
export function methodOf<Name extends AskingName, C extends Checks, Data>(
  { calls, log }: Core,
  name: Name,
  { method = name, takes, apply, sends = asItIs, gives = asItIs, ...how }: Row<Name, C, Data>,
): Method<Data> {
  return async (given) => {
    const { operationID: own, ...rest } = take(method, given, { ...takes, operationID } as Checks, log);
    const taken = rest as Taken<C>;
    const output = await calls.ask(name, sends(taken), {
      ...how,
      operationID: own as string | undefined,
      apply: (answer) => apply?.(answer, taken),
    });
    return ok(await gives(output, taken));
  };
}

const asItIs = (it: unknown) => it as never;

/** For methods that take a groupID alone, not in an object. */
export function byGroupID<Data>(method: Method<Data>): Method<Data> {
  return (groupID) => method({ groupID });
}
