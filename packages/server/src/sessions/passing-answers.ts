/**
 * The answers of messages that nothing is kept of (MS3, MS5), for the server's life: a caller who asks again, because
 * his answer was lost, gets it again and his message is not delivered twice (DL2).
 */
import { refuse } from '@muster/domain';
import { limit } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { Result } from '../call.ts';

type Answer = Result<'sendMessage'>;

interface Given {
  hash: number;
  answer: Promise<Answer>;
}

const ANSWERS_MAX = limit('operationsOpen_perDevice_max');
const CALLERS_MAX = 50_000;

export class PassingAnswers {
  /** By caller, and by the caller's own id of the operation; the oldest come first. */
  private readonly callers = new Map<string, Map<string, Given>>();

  /** Sends, unless that was done before. What is refused or fails may be tried again. */
  once(operation: Operation | undefined, send: () => Promise<Answer>): Promise<Answer> {
    if (!operation) return send();
    const names = namesOf(operation);
    for (const { caller, id } of names) {
      const given = this.callers.get(caller)?.get(id);
      if (given) return again(given, operation.hash);
    }
    const answer = send();
    for (const name of names) this.remember(name, { hash: operation.hash, answer });
    const forget = (): void => {
      for (const { caller, id } of names) this.callers.get(caller)?.delete(id);
    };
    answer.then(({ ok }) => ok || forget(), forget);
    return answer;
  }

  private remember({ caller, id }: { caller: string; id: string }, given: Given): void {
    const own = this.callers.get(caller) ?? new Map<string, Given>();
    // A caller who speaks comes last: those who have been silent longest are forgotten first.
    this.callers.delete(caller);
    this.callers.set(caller, own.set(id, given));
    if (own.size > ANSWERS_MAX) deleteFirst(own);
    if (this.callers.size > CALLERS_MAX) deleteFirst(this.callers);
  }
}

function namesOf({ device, app }: Operation): { caller: string; id: string }[] {
  const names: { caller: string; id: string }[] = [];
  if (device) names.push({ caller: `device ${device.device}`, id: String(device.seq) });
  if (app) names.push({ caller: `user ${app.userID}`, id: app.operationID });
  return names;
}

async function again({ hash, answer }: Given, asked: number): Promise<Answer> {
  if (hash !== asked) return refuse('OPERATION_CONTENT_DIFFERS');
  const given = await answer;
  return given.ok ? { ...given, repeated: true } : given;
}

function deleteFirst(of: Map<string, unknown>): void {
  for (const key of of.keys()) {
    of.delete(key);
    return;
  }
}
