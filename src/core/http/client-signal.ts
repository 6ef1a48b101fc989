import type { FastifyReply } from 'fastify';

/**
 * Aborts when the client leaves before its answer is complete. Fastify's own `request.signal` aborts as soon as a body has
 * been read to its end, that is in the middle of every upload.
 */
export function clientSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort();
  });
  return controller.signal;
}
