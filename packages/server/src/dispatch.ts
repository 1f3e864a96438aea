/**
 * One way from every door to every command: the command exists, its input is of its form, the caller may call so
 * often, the handler decides. Refusals are values up to here; a fault is caught here, once, and logged with its cause.
 */
import { COMMANDS, type CommandName, type OperationID, type WireError, wireError } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { App } from './app.ts';
import type { Call, Handler } from './call.ts';
import { HANDLERS } from './handlers.ts';
import { operationHash } from './operation-hash.ts';
import type { CallRate } from './sessions/call-rate.ts';
import type { Session } from './sessions/session.ts';
import { inputFault, isCommandName } from './validators.ts';

export interface Request {
  command: string;
  input: unknown;
  userID: string;
  isAdministrator: boolean;
  session: Session | undefined;
  rate: CallRate;
  operation?: OperationID;
  operationID?: string;
}

export type Answer = { ok: true; output: unknown } | { ok: false; error: WireError };

export async function dispatch(app: App, request: Request): Promise<Answer> {
  const { command, input } = request;
  if (!isCommandName(command) || !hasHandler(command))
    return refused(app, 'other', 'UNKNOWN_COMMAND', unknownCommand(command));
  const fault = inputFault(command, input);
  if (fault) return refused(app, command, 'INVALID_ARGUMENT', fault);
  const now = app.now();
  const charged = charge(app, request, command, now);
  if (charged === 'refused') return refused(app, command, 'TOO_FREQUENT');
  const call = { ...request, operation: operationOf(request, command), now } as unknown as Call<never>;
  try {
    const result = await (HANDLERS[command] as unknown as Handler<never>)(app, call);
    if (!result.ok) return refused(app, command, result.error, result.message);
    if (result.repeated && charged === 'charged') request.rate.refund();
    app.metrics.operations.inc({ command });
    return { ok: true, output: result.output };
  } catch (cause) {
    app.log.error({ err: cause, command }, 'a command failed');
    return refused(app, command, 'INTERNAL');
  }
}

function hasHandler(command: CommandName): command is keyof typeof HANDLERS {
  return Object.hasOwn(HANDLERS, command);
}

function unknownCommand(command: string): string {
  return `there is no command ${JSON.stringify(command.slice(0, 64))}; the reference lists them all`;
}

function refused(app: App, command: string, name: WireError['name'], message?: string): Answer {
  app.metrics.refusals.inc({ command, error: name });
  return { ok: false, error: wireError(name, message) };
}

/** Spends one call of the caller's allowance, unless the call is a repeat of one that was charged (GC10). */
function charge(
  app: App,
  request: Request,
  command: CommandName,
  now: number,
): 'free' | 'charged' | 'refused' {
  if (!app.settings.callLimits || COMMANDS[command].spends === 'none') return 'free';
  const { session, operation, rate } = request;
  if (session && operation) {
    if (operation.seq <= session.highestSeq) return 'free';
    if (!rate.take(now)) return 'refused';
    session.highestSeq = operation.seq;
    return 'charged';
  }
  return rate.take(now) ? 'charged' : 'refused';
}

function operationOf(request: Request, command: CommandName): Operation | undefined {
  const { session, operation, operationID } = request;
  if (COMMANDS[command].kind !== 'write' || (!operation && operationID === undefined)) return undefined;
  const made: Operation = { hash: operationHash(command, request.input) };
  if (session && operation) made.device = { device: session.device, session: session.number, ...operation };
  if (operationID !== undefined) made.app = { userID: request.userID, operationID };
  return made;
}
