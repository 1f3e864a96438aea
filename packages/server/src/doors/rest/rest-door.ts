/**
 * The REST door: `POST /v4/<service>/<command>`, as backends call it that were written for the API that Muster follows
 * (RS). It answers 200 to whatever comes, and says in the body how it went.
 */
import { answerRest, countedName, REST_COMMANDS, readRestBody, restFailure } from '@muster/tencent';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { administratorOf, gateway, type RestRefusal } from './rest-access.ts';
import { restAsks } from './rest-asks.ts';
import { RestRate } from './rest-rate.ts';

export function addRestDoor(server: FastifyInstance, app: App, state: { stopping: boolean }): void {
  const rate = new RestRate();
  server.register(
    async (scope) => {
      // A body is read as text, whatever it says it is: its numbers are wanted in their digits (RS2).
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      scope.setErrorHandler((cause: { statusCode?: number }, _request, reply) => {
        if ((cause.statusCode ?? 500) < 500) return refuse(app, reply, gateway('HTTP_MALFORMED'));
        app.log.error({ err: cause }, 'a REST request failed');
        return refuse(app, reply, gateway('FAILED'));
      });
      scope.all('/*', async (request, reply) => {
        if (state.stopping) return refuse(app, reply, gateway('STOPPING'));
        if (request.method !== 'POST') return refuse(app, reply, gateway('HTTP_MALFORMED'));
        return carryOut(app, rate, { request, reply });
      });
    },
    { prefix: '/v4' },
  );
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

async function carryOut(app: App, rate: RestRate, { request, reply }: Exchange): Promise<FastifyReply> {
  const userID = await administratorOf(app, request.query as Record<string, unknown>);
  if (typeof userID !== 'string') return refuse(app, reply, userID);
  const path = (request.params as { '*': string })['*'];
  const served = REST_COMMANDS.get(path);
  const name = path.replace('/', '.');
  if (!served) return refuse(app, reply, gateway('UNKNOWN_COMMAND'), countedName(name));
  const now = app.now();
  if (app.settings.callLimits && !rate.take(path, now))
    return refuse(app, reply, gateway('TOO_FREQUENT'), name);
  const body = typeof request.body === 'string' ? readRestBody(request.body) : undefined;
  if (!body) return refuse(app, reply, gateway('JSON_MALFORMED'), name);
  return send(reply, await answerRest(served, { body, userID, now, ...restAsks(app, userID) }));
}

function refuse(
  app: App,
  reply: FastifyReply,
  { name, error }: RestRefusal,
  command = 'other',
): FastifyReply {
  app.metrics.refusals.inc({ command, error: name });
  return send(reply, restFailure(error));
}

/** JSON.stringify writes the values of counters in all their digits, which the serializers of Fastify would not. */
function send(reply: FastifyReply, body: Record<string, unknown>): FastifyReply {
  return reply.status(200).type('application/json; charset=utf-8').send(JSON.stringify(body));
}
