/** What the table of commands is made of: a body becomes calls of ours, and what they are answered a body. */
import type { CommandName, CommandOutput, WireError } from '@muster/protocol';
import { type Body, errorBody, isBody } from './frame.ts';
import type { WireMemory } from './memory.ts';

export type OwnAnswer<Name extends CommandName = CommandName> =
  | { ok: true; output: CommandOutput<Name> }
  | { ok: false; error: WireError };

/** Asks a command of ours. Its input is checked where every input is, so that here it is whatever was sent. */
export type Ask = <Name extends CommandName>(
  command: Name,
  input: Record<string, unknown>,
) => Promise<OwnAnswer<Name>>;

/** A request as it is translated. */
export interface WireCall {
  body: Body;
  /** Who asks. */
  userID: string;
  /** Milliseconds since 1970. */
  now: number;
  memory: WireMemory;
  /** Up to which number the client was told by now of what is the user's own. */
  told: () => number;
  ask: Ask;
}

export type Translation = (call: WireCall) => Promise<Body>;

/** A command that one of ours carries out. */
export function one<Name extends CommandName>(
  command: Name,
  input: (body: Body, call: WireCall) => Record<string, unknown>,
  answer: (output: CommandOutput<Name>, body: Body, call: WireCall) => Body = () => ({}),
): Translation {
  return async (call) => {
    const answered = await call.ask(command, given(input(call.body, call)));
    return answered.ok ? answer(answered.output, call.body, call) : errorBody(answered.error);
  };
}

const READINGS_MAX = 3;

/**
 * A reading of what is the user's own that is no older than what the client is told meanwhile: the client takes an
 * answer for the newest, and would have again what it was told to be gone.
 */
export function upToDate(translation: Translation): Translation {
  return async (call) => {
    for (let reading = 1; ; reading += 1) {
      const told = call.told();
      const body = await translation(call);
      if (call.told() === told || reading === READINGS_MAX) return body;
    }
  };
}

/** A command that is answered without asking anybody: what it is about is not built. */
export function always(answer: (body: Body) => Body): Translation {
  return async ({ body }) => answer(body);
}

/** Several commands one after the other, as long as they go well. */
export async function inTurn(
  steps: readonly (() => Promise<OwnAnswer>)[],
  answer: () => Body = () => ({}),
): Promise<Body> {
  for (const step of steps) {
    const answered = await step();
    if (!answered.ok) return errorBody(answered.error);
  }
  return answer();
}

/** Without the properties that are undefined: ours are left out or have a value. */
export function given(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** The objects of a list; what is none is left to be refused as an empty object. */
export function objectsOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.map((item) => (isBody(item) ? item : {})) : [];
}

/** The name that a property holds; what is no text names nothing, which is left to be refused. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The number that a property spells; what spells none is left to be refused. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

/** The texts of a list, bounded: each may become a call of its own. */
export function textsOf(value: unknown, countMax: number): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === 'string').slice(0, countMax);
}
