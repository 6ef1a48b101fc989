import { StateSourceError } from '../../../core/providers/index.js';
import { connectionFailure, statusFailure } from './transfer/failures.js';

const DENIED =
  /AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidClientTokenId|UnrecognizedClient|ExpiredToken|AuthFailure|TokenRefreshRequired/;
const THROTTLED = /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded/;
const MISSING = /NoSuchKey|NoSuchBucket|NoSuchVersion|NotFound/;

/** What an AWS error means to who reads the state. Only its name and status are told: messages may quote the request. */
export function awsFailure(
  source: string,
  error: unknown,
  needs: string,
  signal: AbortSignal,
): Error {
  if (signal.aborted || error instanceof StateSourceError) {
    return connectionFailure(source, error, signal);
  }
  const { name = '', status } = factsOf(error);
  if (name === 'CredentialsProviderError') {
    return new StateSourceError('denied', source, 'no AWS credentials were found on this machine.');
  }
  if (name === 'PermanentRedirect' || status === 301) {
    return new StateSourceError(
      'url-invalid',
      source,
      'the bucket is in another region: name it as ?region=….',
    );
  }
  if (DENIED.test(name)) {
    return new StateSourceError('denied', source, `access denied (${name}). It takes ${needs}.`);
  }
  if (THROTTLED.test(name)) return statusFailure(source, 429, needs);
  if (MISSING.test(name)) return statusFailure(source, 404, needs);
  if (name === 'InvalidObjectState') {
    return new StateSourceError('missing', source, 'the object is archived; restore it first.');
  }
  if (status !== undefined) return statusFailure(source, status, needs);
  return connectionFailure(source, error, signal);
}

function factsOf(error: unknown): { name?: string; status?: number } {
  if (typeof error !== 'object' || error === null) return {};
  const { name, $metadata } = error as {
    name?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  const status = $metadata?.httpStatusCode;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
}
