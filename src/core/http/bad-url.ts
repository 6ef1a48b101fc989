import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemDetails } from '../errors/index.js';
import { CORRELATION_HEADER, correlationIdOf } from './correlation.js';

/** What the router itself refuses, before there is a handler: no id is that long, and some escapes mean nothing. */
export function refuseBadUrl(
  error: Error & { readonly code?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const status = tooLong ? 404 : 400;
  const correlationId = correlationIdOf(request.raw);
  const problem = problemDetails(
    {
      status,
      code: tooLong ? 'REQUEST.NO_SUCH_PATH' : 'REQUEST.INVALID',
      message: tooLong
        ? 'There is nothing at this path.'
        : 'The path cannot be read: a percent sign must be followed by the two digits of a UTF-8 byte.',
      details: {},
    },
    { errorId: randomUUID(), correlationId },
  );
  void reply
    .status(status)
    .header(CORRELATION_HEADER, correlationId)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(JSON.stringify(problem));
}
