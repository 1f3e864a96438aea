import pino, { type Logger } from 'pino';

/** Structured logs on standard error; secrets, userSigs and contents of messages never get here (SE4). */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: false }));
}
