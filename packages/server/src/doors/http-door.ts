/**
 * Our HTTP door: `POST /v1/commands/<name>`, for backends and scripts. The userSig in `Authorization: Bearer` names
 * its user; `Idempotency-Key` is the operation id (DL2). Both doors meet in dispatch.
 */
import { COMMANDS, ERRORS, type ErrorName, limit, type WireError, wireError } from '@muster/protocol';
import { userIDOf } from '@muster/tencent';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { dispatch } from '../dispatch.ts';
import { CallRate } from '../sessions/call-rate.ts';
import { userSigFault } from '../sessions/login.ts';
import { register } from '../sessions/register.ts';
import { isCommandName } from '../validators.ts';
import { isOwnOperationID } from './client-frames.ts';

const RATES_MAX = 50_000;

export function addHttpDoor(server: FastifyInstance, app: App): void {
  const rates = new Map<string, CallRate>();
  server.post('/v1/commands/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    if (isCommandName(name) && COMMANDS[name].doors === 'socket') {
      return answerError(reply, wireError('UNKNOWN_COMMAND', `${name} needs a device: it is on /ws only`));
    }
    const userID = await authenticate(app, request);
    if (typeof userID !== 'string') {
      app.metrics.refusals.inc({ command: isCommandName(name) ? name : 'other', error: userID.name });
      return answerError(reply, userID);
    }
    const operationID = request.headers['idempotency-key'];
    if (operationID !== undefined && !isOwnOperationID(operationID)) {
      return answerError(reply, wireError('INVALID_ARGUMENT', 'Idempotency-Key must be 1 to 64 bytes'));
    }
    const answer = await dispatch(app, {
      command: name,
      input: request.body ?? {},
      userID,
      isAdministrator: app.settings.administrators.has(userID),
      isForeign: false,
      session: undefined,
      rate: rateOf(rates, userID, app.now()),
      operation: undefined,
      operationID,
    });
    return answer.ok ? reply.send(answer.output) : answerError(reply, answer.error);
  });
}

/** The user whose userSig the request bears, or why it is refused. A first call registers him (US3). */
async function authenticate(app: App, request: FastifyRequest): Promise<string | WireError> {
  const header = request.headers.authorization ?? '';
  const space = header.indexOf(' ');
  if (header.slice(0, space).toLowerCase() !== 'bearer') {
    return wireError('NOT_LOGGED_IN', 'Send the header "Authorization: Bearer <userSig>".');
  }
  const userSig = header.slice(space + 1);
  const userID = userIDOf(userSig);
  if (userID === undefined) return wireError('USERSIG_MALFORMED');
  const fault = await userSigFault(app, userID, userSig);
  if (fault) return wireError(fault.error, fault.message);
  await register(app, userID);
  return userID;
}

/** The allowance of a user, over all his HTTP calls together (GC10). */
function rateOf(rates: Map<string, CallRate>, userID: string, now: number): CallRate {
  const known = rates.get(userID);
  if (known) return known;
  if (rates.size >= RATES_MAX) for (const [user, rate] of rates) if (rate.isWhole(now)) rates.delete(user);
  const rate = new CallRate();
  rates.set(userID, rate);
  return rate;
}

export function answerError(reply: FastifyReply, error: WireError): FastifyReply {
  const { status } = ERRORS[error.name];
  if (error.retryable) void reply.header('retry-after', '1');
  return reply.status(status).send(error);
}

/** Gives Fastify's own faults (a body that is no JSON, too large, ...) the form of ours. */
export function setErrorHandlers(server: FastifyInstance, app: App): void {
  server.setNotFoundHandler((_request, reply) =>
    answerError(reply, wireError('UNKNOWN_COMMAND', 'There is no such address.')),
  );
  server.setErrorHandler((cause: { statusCode?: number; message?: string }, _request, reply) => {
    const status = cause.statusCode ?? 500;
    if (status >= 500) app.log.error({ err: cause }, 'a request failed');
    const { name, message } = ownError(status, cause.message);
    app.metrics.refusals.inc({ command: 'other', error: name });
    return answerError(reply, wireError(name, message));
  });
}

function ownError(
  status: number,
  message: string | undefined,
): { name: ErrorName; message?: string | undefined } {
  if (status === 413) return { name: 'REQUEST_TOO_LARGE', message };
  if (status === 415)
    return { name: 'MALFORMED_REQUEST', message: 'Send the header "Content-Type: application/json".' };
  return status >= 500 ? { name: 'INTERNAL' } : { name: 'MALFORMED_REQUEST', message };
}

export const BODY_BYTES_MAX = limit('frame_bytes_max');
