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

interface Caller {
  /** By the caller's own id of the operation; the oldest come first. */
  answers: Map<string, Given>;
  /** The lowest sequence whose answer a device still lacks: those before it are confirmed, and kept no longer. */
  low: number;
}

interface Name {
  caller: string;
  id: string;
  low: number;
}

const ANSWERS_MAX = limit('operationsOpen_perDevice_max');
const CALLERS_MAX = 50_000;

export class PassingAnswers {
  private readonly callers = new Map<string, Caller>();

  /** Sends, unless that was done before. What is refused or fails may be tried again. */
  once(operation: Operation | undefined, send: () => Promise<Answer>): Promise<Answer> {
    if (!operation) return send();
    const names = namesOf(operation);
    for (const { caller, id } of names) {
      const known = this.callers.get(caller);
      const given = known?.answers.get(id);
      if (given) return again(given, operation.hash);
      if (known && Number(id) < known.low) return Promise.resolve(refuse('OPERATION_CONFIRMED'));
    }
    const answer = send();
    for (const name of names) this.remember(name, { hash: operation.hash, answer });
    const forget = (): void => {
      for (const { caller, id } of names) this.callers.get(caller)?.answers.delete(id);
    };
    answer.then(({ ok }) => ok || forget(), forget);
    return answer;
  }

  private remember({ caller, id, low }: Name, given: Given): void {
    const known = this.callers.get(caller) ?? { answers: new Map<string, Given>(), low: 0 };
    // A caller who speaks comes last: those who have been silent longest are forgotten first.
    this.callers.delete(caller);
    this.callers.set(caller, known);
    known.low = Math.max(known.low, low);
    for (const other of known.answers.keys()) if (Number(other) < known.low) known.answers.delete(other);
    known.answers.set(id, given);
    if (known.answers.size > ANSWERS_MAX) deleteFirst(known.answers);
    if (this.callers.size > CALLERS_MAX) deleteFirst(this.callers);
  }
}

/** What an app calls its operations has no order: nothing of it is confirmed. */
function namesOf({ device, app }: Operation): Name[] {
  const names: Name[] = [];
  if (device) names.push({ caller: `device ${device.device}`, id: String(device.seq), low: device.low });
  if (app) names.push({ caller: `user ${app.userID}`, id: app.operationID, low: 0 });
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
