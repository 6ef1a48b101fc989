import { DeadlineExceededError } from '../../../../core/http/client/index.js';
import { outboundRefusal } from '../../../../core/http/outbound/index.js';
import { DomainError } from '../../../../core/errors/index.js';
import { StateSourceError, type StateSourceFailure } from '../../../../core/providers/index.js';

/** What an HTTP status other than 2xx says about a state. `needs` names the right that is missing. */
export function statusFailure(
  source: string,
  status: number,
  needs: string,
  retryAfterMs: number | null = null,
): StateSourceError {
  const [failure, message] = judge(status, needs);
  return new StateSourceError(failure, source, message, retryAfterMs);
}

function judge(status: number, needs: string): [StateSourceFailure, string] {
  switch (status) {
    case 401:
      return ['denied', `the credentials are not accepted (${status}). It takes ${needs}.`];
    case 403:
      return ['denied', `access denied (${status}). It takes ${needs}.`];
    case 404:
    case 410:
      return [
        'missing',
        `there is no such state (${status}), or the credentials may not know. Check the address; it takes ${needs}.`,
      ];
    case 409:
    case 412:
      return ['changed', 'it was replaced while it was read; it is read again.'];
    case 408:
    case 425:
    case 500:
    case 502:
    case 503:
    case 504:
      return ['unreachable', `the server failed (${status}). Try again later.`];
    case 429:
      return ['throttled', 'the server is asked too often (429). Try again later.'];
    default:
      return ['answer-invalid', `the server answers ${status} instead of the state.`];
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|DEPTH_ZERO/;
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no name server knows the host',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer fell silent',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
};

/**
 * What a failed connection means. Errors that say it already, and the caller's own abort, are passed on; of anything else only the
 * code is told.
 */
export function connectionFailure(source: string, error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason instanceof Error ? signal.reason : new Error('aborted');
  const refusal = outboundRefusal(error);
  if (refusal !== undefined) return refusal;
  if (error instanceof DomainError) return error;
  if (error instanceof DeadlineExceededError) {
    return new StateSourceError('unreachable', source, 'no answer in time. Try again later.');
  }
  const code = codeOf(error);
  const words = CERTIFICATE.test(code)
    ? `the certificate of the server is not trusted (${code})`
    : (WORDS[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`);
  return new StateSourceError(
    'unreachable',
    source,
    `${words}. Check the address and the network.`,
  );
}

/** `ECONNREFUSED` and the like, also from within; empty when there is none. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 5) return '';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(error.code)) {
    return error.code;
  }
  if ('cause' in error) return codeOf(error.cause, depth + 1);
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0], depth + 1);
  return '';
}
