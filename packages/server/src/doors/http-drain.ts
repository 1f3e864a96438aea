import { wireError } from '@muster/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerError } from './http-door.ts';

/** Knows the HTTP requests under way, and takes no new commands once the server is stopping (SE5). */
export class HttpDrain {
  private readonly requests = new Set<FastifyRequest>();

  constructor(server: FastifyInstance, state: { stopping: boolean }) {
    server.addHook('onRequest', async (request, reply) => {
      this.requests.add(request);
      if (state.stopping && request.url.startsWith('/v1/')) await answerError(reply, wireError('STOPPING'));
    });
    // A request that was given up may end in one way, in the other, or in both.
    server.addHook('onResponse', async (request) => void this.requests.delete(request));
    server.addHook('onRequestAbort', async (request) => void this.requests.delete(request));
  }

  get underWay(): number {
    return this.requests.size;
  }
}
