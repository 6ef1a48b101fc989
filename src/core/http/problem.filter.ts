import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, problemDetails, statusOf } from '../errors/index.js';
import { Logger, maskSecrets } from '../logging/index.js';

/** What a failure is answered with, in whatever form. */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly logLevel: 'info' | 'warn' | 'error';
}

/** What the framework itself refuses, by status; the words stay ours, so no internals leak. */
const FRAMEWORK_ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['REQUEST.INVALID', 'The request could not be read: check its path, headers and JSON body.'],
  401: ['AUTH.REQUIRED', 'Send an access token: `Authorization: Bearer …`.'],
  403: ['AUTH.FORBIDDEN', 'This is not allowed for your role.'],
  404: ['REQUEST.NO_SUCH_PATH', 'There is nothing at this path.'],
  405: ['REQUEST.METHOD_NOT_ALLOWED', 'This path does not know this method.'],
  408: ['REQUEST.TIMEOUT', 'The request took too long to arrive.'],
  413: ['REQUEST.TOO_LARGE', 'The request is larger than this installation accepts.'],
  415: ['REQUEST.MEDIA_TYPE', 'Send the content type that the documentation names.'],
  422: [
    'IDEMPOTENCY.KEY_REUSED',
    'This Idempotency-Key came with another request before; take a new one.',
  ],
  429: ['REQUEST.TOO_MANY', 'Too many requests; try again later.'],
  503: ['SERVICE.UNAVAILABLE', 'A part of the service is not available; try again later.'],
};
const UNKNOWN: Answer = {
  status: 500,
  code: 'INTERNAL',
  message: 'Something unexpected went wrong. Quote the error id when you report it.',
  details: {},
  logLevel: 'error',
};

/** Turns every failure into RFC 9457 problem details, and one log line with the same error id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const answer = answerTo(error);
    const errorId = this.log(error, answer, request);
    if (reply.sent) return;
    const problem = problemDetails(
      { ...answer, details: maskSecrets(answer.details) as Record<string, unknown> },
      { errorId, correlationId: request.id },
    );
    void reply
      .status(answer.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  /** One line; answers its error id. */
  log(error: unknown, answer: Answer, request: FastifyRequest): string {
    const errorId = randomUUID();
    this.logger.write(answer.logLevel, 'request failed', {
      error_id: errorId,
      correlation_id: request.id,
      method: request.method,
      path: request.url.split('?')[0],
      status: answer.status,
      code: answer.code,
      ...(answer.logLevel === 'info' ? { reason: answer.message } : { error }),
    });
    return errorId;
  }
}

export function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) {
    return {
      status: statusOf(error.kind),
      code: error.code,
      message: error.message,
      details: error.details,
      logLevel: error.logLevel,
    };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const known = FRAMEWORK_ERRORS[status];
    if (known !== undefined) {
      return { status, code: known[0], message: known[1], details: {}, logLevel: 'info' };
    }
  }
  return UNKNOWN;
}
