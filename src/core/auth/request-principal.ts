import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { authErrors } from './auth.errors.js';
import type { Operator } from './operators/operators.js';
import type { Principal } from './principal.js';
import type { Origin } from './sessions/session-store.js';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** The token of `Authorization: Bearer …`; from nowhere else, so that no cookie or URL authenticates a request. */
export function bearerOf(request: FastifyRequest): string | null {
  return BEARER.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** @throws Error for a request that nobody authenticated. */
export function principalOf(request: FastifyRequest & { readonly user?: Principal }): Principal {
  // Where passport puts it.
  if (request.user === undefined) throw new Error('a public handler has no principal');
  return request.user;
}

export function originOf(request: FastifyRequest): Origin {
  return {
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    correlationId: request.id,
  };
}

/** Where the request comes from, for sessions and the audit log. */
export const FromOrigin = createParamDecorator((_: unknown, execution: ExecutionContext): Origin =>
  originOf(execution.switchToHttp().getRequest<FastifyRequest>()),
);

const operators = new WeakMap<FastifyRequest, string>();

export function noteOperator(request: FastifyRequest, name: string): void {
  operators.set(request, name);
}

/** The operator who calls a handler that is `@OperatorOnly()`. */
export const PlatformOperator = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Operator => {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const name = operators.get(request);
    if (name === undefined) throw new Error('the handler is not for operators');
    return { name: `operator ${name}`, ip: request.ip, correlationId: request.id };
  },
);

/** The session of the caller. @throws DomainError `AUTH.SESSION_REQUIRED` for who comes with an API key. */
export const CurrentSession = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string => {
    const session = sessionOf(execution);
    if (session === null) throw authErrors.sessionRequired();
    return session;
  },
);

/** The session of the caller; null for who comes with an API key. */
export const CurrentSessionOrNone = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string | null => sessionOf(execution),
);

function sessionOf(execution: ExecutionContext): string | null {
  return principalOf(execution.switchToHttp().getRequest<FastifyRequest>()).sessionId;
}
