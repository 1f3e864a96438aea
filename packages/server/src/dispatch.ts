/**
 * One way from every door to every command: the command exists, its input is of its form, the caller may call so
 * often, the handler decides. Refusals are values up to here; a fault is caught here, once, and logged with its cause.
 */
import { COMMANDS, type CommandName, type OperationID, type WireError, wireError } from '@muster/protocol';
import type { Operation } from '@muster/storage';
import type { App } from './app.ts';
import type { Call, Handler } from './call.ts';
import { HANDLERS } from './handlers.ts';
import { appOperationHash, operationHash } from './operation-hash.ts';
import type { CallRate } from './sessions/call-rate.ts';
import type { Session } from './sessions/session.ts';
import { inputFault } from './validators.ts';

export interface Request {
  command: string;
  input: unknown;
  userID: string;
  isAdministrator: boolean;
  isForeign: boolean;
  session: Session | undefined;
  /** The caller's allowance; a door that has limited the call already gives none. */
  rate: CallRate | undefined;
  operation: OperationID | undefined;
  operationID: string | undefined;
}

export type Answer = { ok: true; output: unknown } | { ok: false; error: WireError };

/** What a request needs of its command, found by one look at its name. */
interface Route {
  command: CommandName;
  handler: Handler<never>;
  isCharged: boolean;
  isWrite: boolean;
}

const ROUTES: ReadonlyMap<string, Route> = new Map(
  Object.entries(HANDLERS).map(([name, handler]) => {
    const command = name as CommandName;
    const { spends, kind } = COMMANDS[command];
    const isCharged = spends !== 'none';
    return [name, { command, handler: handler as Handler<never>, isCharged, isWrite: kind === 'write' }];
  }),
);

export function dispatch(app: App, request: Request): Promise<Answer> {
  const { input, userID, isAdministrator, isForeign, session } = request;
  const route = ROUTES.get(request.command);
  if (!route) {
    return Promise.resolve(refused(app, 'other', 'UNKNOWN_COMMAND', unknownCommand(request.command)));
  }
  const { command } = route;
  const fault = inputFault(command, input);
  if (fault) return Promise.resolve(refused(app, command, 'INVALID_ARGUMENT', fault));
  const now = app.now();
  const charged = charge(app, request, route, now);
  if (charged === 'refused') return Promise.resolve(refused(app, command, 'TOO_FREQUENT'));
  const operation = route.isWrite ? operationOf(request, command) : undefined;
  const call = { input, userID, isAdministrator, isForeign, session, operation, now } as Call<never>;
  return carryOut(app, route, call, charged === 'charged' ? request.rate : undefined);
}

/**
 * Lets the handler decide. `charged` is the allowance that the call was charged to: a repeat is given it back. Not an
 * async function, because every request comes through here and each await would cost it several closures.
 */
function carryOut(
  app: App,
  { command, handler }: Route,
  call: Call<never>,
  charged: CallRate | undefined,
): Promise<Answer> {
  return begun(handler, app, call).then(
    (result) => {
      if (!result.ok) {
        charged?.forget(call.operation?.device?.seq ?? 0);
        return refused(app, command, result.error, result.message);
      }
      if (result.repeated) charged?.refund();
      app.metrics.operations.inc({ command });
      return result;
    },
    (cause) => {
      app.log.error({ err: cause, command }, 'a command failed');
      return refused(app, command, 'INTERNAL');
    },
  );
}

/** What a handler throws before it waits for anything is a fault like any other. */
function begun(handler: Handler<never>, app: App, call: Call<never>): ReturnType<Handler<never>> {
  try {
    return handler(app, call);
  } catch (cause) {
    return Promise.reject(cause);
  }
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
  { isCharged, isWrite }: Route,
  now: number,
): 'free' | 'charged' | 'refused' {
  if (!app.settings.callLimits || !isCharged || !request.rate) return 'free';
  return request.rate.charge(now, isWrite && request.session ? request.operation : undefined);
}

function operationOf(request: Request, command: CommandName): Operation | undefined {
  const { session, operation, operationID } = request;
  if (!operation && operationID === undefined) return undefined;
  // A device repeats its own operations as they were; what it was asked, or a door made of it, may have grown since.
  const isAskedAnew = session !== undefined && (operationID !== undefined || request.isForeign);
  const hashOf = isAskedAnew ? appOperationHash : operationHash;
  const made: Operation = { hash: hashOf(command, request.input) };
  if (session && operation) {
    const { seq, low } = operation;
    made.device = { device: session.device, session: session.number, seq, low };
  }
  if (operationID !== undefined) made.app = { userID: request.userID, operationID };
  return made;
}
