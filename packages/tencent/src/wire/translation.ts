/** What the table of commands is made of: a body becomes calls of ours, their answers become a body. */
import type { CommandName, CommandOutput, WireError } from '@muster/protocol';
import { type Body, errorBody, isBody } from './frame.ts';

/** A call of ours. Its input is checked where every input is, so that here it is whatever was sent. */
export interface OwnCall {
  command: CommandName;
  input: Record<string, unknown>;
}

export type OwnAnswer = { ok: true; output: unknown } | { ok: false; error: WireError };

/** Who asks, and what a body may need of him. */
export interface WireCaller {
  userID: string;
  /** Milliseconds since 1970. */
  now: number;
}

export interface Translation {
  /** What is asked, in this order; nothing where the answer is always the same. */
  calls(body: Body, caller: WireCaller): OwnCall[];
  /** The answer; `answers` stand in the order of the calls. */
  answer(answers: readonly OwnAnswer[], body: Body, caller: WireCaller): Body;
}

/** A command that one of ours carries out. */
export function one<Name extends CommandName>(
  command: Name,
  input: (body: Body, caller: WireCaller) => Record<string, unknown>,
  answer: (output: CommandOutput<Name>, body: Body, caller: WireCaller) => Body,
): Translation {
  return {
    calls: (body, caller) => [{ command, input: given(input(body, caller)) }],
    answer: ([first], body, caller) =>
      first?.ok ? answer(first.output as CommandOutput<Name>, body, caller) : refusalOf(first),
  };
}

/** A command that is answered without asking anybody: what it is about is not built. */
export function always(answer: (body: Body, caller: WireCaller) => Body): Translation {
  return { calls: () => [], answer: (_answers, body, caller) => answer(body, caller) };
}

/** The body that refuses with the first of the errors. */
export function refusalOf(answer: OwnAnswer | undefined): Body {
  if (!answer || answer.ok) throw new Error('there is no refusal to translate');
  return errorBody(answer.error);
}

/** The first of the answers that is a refusal. */
export function firstRefusal(answers: readonly OwnAnswer[]): OwnAnswer | undefined {
  return answers.find(({ ok }) => !ok);
}

/** Without the properties that are undefined: ours are left out or have a value. */
export function given(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** The objects of a list; what is none is left to be refused as an empty object. */
export function objectsOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.map((item) => (isBody(item) ? item : {})) : [];
}

/** The texts of a list, bounded: each may become a call of its own. */
export function textsOf(value: unknown, countMax: number): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === 'string').slice(0, countMax);
}
