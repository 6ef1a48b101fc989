import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UnprocessableEntityException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, from, type Observable, of } from 'rxjs';
import { currentTenant, type TenantContext } from '../../context/index.js';
import { DomainError } from '../../errors/index.js';
import { IdempotencyKeys, type KeptAnswer, type KeyedRequest } from './idempotency-keys.js';

export const IDEMPOTENCY_HEADER = 'idempotency-key';
export const REPLAYED_HEADER = 'idempotency-replayed';
const ACCEPTABLE = /^[\x21-\x7e]{1,255}$/;
const RETRY_SECONDS = 1;

/**
 * `Idempotency-Key` of draft-ietf-httpapi-idempotency-key-header on every POST of somebody known: what succeeded once is answered
 * again, not done again. Refusals are not remembered.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyKeys) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (execution.getType() !== 'http') return next.handle();
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const tenant = currentTenant();
    const given = request.headers[IDEMPOTENCY_HEADER];
    if (request.method !== 'POST' || given === undefined || tenant === undefined) {
      return next.handle();
    }
    const keyed = keyedRequest(request, String(given));
    const reply = http.getResponse<FastifyReply>();
    const claim = await this.keys.claim(tenant, keyed);
    switch (claim.is) {
      case 'answered':
        return of(replay(reply, claim.answer));
      case 'anotherRequest':
        throw new UnprocessableEntityException();
      case 'inFlight':
        void reply.header('retry-after', RETRY_SECONDS);
        throw inFlight();
      case 'new':
        return this.#firstTime(tenant, claim.id, reply, next);
    }
  }

  #firstTime(
    tenant: TenantContext,
    id: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Observable<unknown> {
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.keys.keep(tenant, id, keptAnswer(reply, answer));
        return answer;
      }),
      catchError((error: unknown) =>
        from(this.keys.forget(tenant, id)).pipe(
          concatMap(() => {
            throw error;
          }),
        ),
      ),
    );
  }
}

function keptAnswer(reply: FastifyReply, answer: unknown): KeptAnswer {
  const location = reply.getHeader('location');
  return {
    status: reply.statusCode,
    location: typeof location === 'string' ? location : null,
    body: answer === undefined || answer === null ? null : JSON.stringify(answer),
  };
}

function replay(reply: FastifyReply, answer: KeptAnswer): unknown {
  void reply.status(answer.status).header(REPLAYED_HEADER, 'true');
  if (answer.location !== null) void reply.header('location', answer.location);
  return answer.body === null ? undefined : JSON.parse(answer.body);
}

function keyedRequest(request: FastifyRequest, key: string): KeyedRequest {
  if (!ACCEPTABLE.test(key)) {
    throw new DomainError({
      code: 'IDEMPOTENCY.KEY_INVALID',
      kind: 'invalid',
      message: 'Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID.',
    });
  }
  const { body } = request;
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
    throw new DomainError({
      code: 'IDEMPOTENCY.NOT_FOR_FILES',
      kind: 'invalid',
      message: 'An uploaded file takes no Idempotency-Key; send the request without it.',
    });
  }
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(body ?? null)}`)
    .digest();
  return { key, hash };
}

function inFlight(): DomainError {
  return new DomainError({
    code: 'IDEMPOTENCY.IN_FLIGHT',
    kind: 'conflict',
    message: `A request with this Idempotency-Key is being answered; ask again in a moment.`,
  });
}
