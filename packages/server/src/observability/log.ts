import pino, { type Logger } from 'pino';

const CAUSES_MAX = 5;

/** Structured logs on standard error; secrets, userSigs and contents of messages never get here (SE4). */
export function createLog(level: string): Logger {
  const destination = pino.destination({ dest: 2, sync: false });
  return pino({ level, base: null, serializers: { err: faultFields } }, destination);
}

/** What a log says of a fault. Engines put more on their errors: the rows and the parameters of a statement. */
export function faultFields(fault: unknown, causes = CAUSES_MAX): Record<string, unknown> {
  if (!(fault instanceof Error)) return { type: typeof fault };
  const { name, message, stack, cause } = fault;
  const { code } = fault as { code?: unknown };
  const fields = { type: name, code, message, stack };
  return cause === undefined || causes === 0 ? fields : { ...fields, cause: faultFields(cause, causes - 1) };
}
