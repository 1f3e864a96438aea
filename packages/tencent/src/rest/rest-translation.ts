/** What the table of REST v4 is made of: a body becomes commands of ours, and what they are answered a body. */
import type { CommandName, CommandOutput } from '@muster/protocol';
import type { Body } from '../wire/frame.ts';
import { type Ask, given } from '../wire/translation.ts';
import type { RestError, RestServiceName } from './rest-errors.ts';
import { restErrorOf } from './rest-errors.ts';

/** A request of an administrator as it is translated. */
export interface RestCall {
  body: Body;
  service: RestServiceName;
  /** The administrator himself. */
  userID: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Asks as the administrator. */
  ask: Ask;
  /** Asks for an account that the body names; every answer is a refusal when there is no such account. */
  askFor(userID: unknown): Ask;
}

/** What a command answers beyond the common fields, or why it is refused. */
export type RestResult = { ok: true; body: Body } | { ok: false; error: RestError };
export type RestTranslation = (call: RestCall) => Promise<RestResult>;

export const answer = (body: Body): RestResult => ({ ok: true, body });
export const failure = (code: number, message: string): RestResult => ({
  ok: false,
  error: { code, message },
});

/** The answer of ours as a result, whose body is made of the output. */
export function resultOf<Output>(
  { service }: Pick<RestCall, 'service'>,
  answered: { ok: true; output: Output } | { ok: false; error: Parameters<typeof restErrorOf>[1] },
  body: (output: Output) => Body = () => ({}),
): RestResult {
  return answered.ok
    ? answer(body(answered.output))
    : { ok: false, error: restErrorOf(service, answered.error) };
}

interface OneCommand<Name extends CommandName> {
  /** The property that names the account acted for; the administrator acts as himself without it. */
  actsFor?: string;
  input: (body: Body) => Record<string, unknown>;
  answer?: (output: CommandOutput<Name>, body: Body) => Body;
}

/** A command that one of ours carries out. */
export function carriedOutBy<Name extends CommandName>(
  command: Name,
  { actsFor, input, answer: bodyOf = () => ({}) }: OneCommand<Name>,
): RestTranslation {
  return async (call) => {
    const { body } = call;
    const ask = actsFor === undefined ? call.ask : call.askFor(body[actsFor]);
    const answered = await ask(command, given(input(body)));
    return resultOf(call, answered, (output) => bodyOf(output, body));
  };
}
