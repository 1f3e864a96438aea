/** What whoever runs the server asks it: is it alive, can it serve, what has it counted. */
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';

export function addOperationsDoor(server: FastifyInstance, app: App, state: { stopping: boolean }): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    if (state.stopping) return reply.status(503).send({ status: 'stopping' });
    try {
      await app.storage.check();
      return { status: 'ready' };
    } catch (cause) {
      app.log.warn({ err: cause }, 'the storage does not answer');
      return reply.status(503).send({ status: 'storage unavailable' });
    }
  });
  server.get('/metrics', async (_request, reply) => {
    const { registry } = app.metrics;
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}
