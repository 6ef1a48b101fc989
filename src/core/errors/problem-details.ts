import { STATUS_CODES } from 'node:http';
import type { DomainError, ErrorKind } from './domain-error.js';

/** RFC 9457, with the members DriftGuard adds. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable, for programs: `DRIFT.NOT_FOUND`. */
  readonly code: string;
  /** Also in the log line that was written for this failure. */
  readonly error_id: string;
  readonly correlation_id: string;
  readonly errors?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function statusOf(kind: ErrorKind): number {
  switch (kind) {
    case 'invalid':
      return 400;
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'notFound':
      return 404;
    case 'conflict':
      return 409;
    case 'tooMany':
      return 429;
    case 'unavailable':
      return 503;
  }
}

export function problemDetails(
  error: Pick<DomainError, 'code' | 'message' | 'details'> & { readonly status: number },
  ids: { readonly errorId: string; readonly correlationId: string },
): ProblemDetails {
  const { errors, ...details } = error.details;
  return {
    type: `urn:driftguard:error:${error.code.toLowerCase()}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
    error_id: ids.errorId,
    correlation_id: ids.correlationId,
    ...(errors === undefined ? {} : { errors }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}
