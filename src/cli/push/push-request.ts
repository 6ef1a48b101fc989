import { DomainError } from '../../core/errors/index.js';
import { contentDigestOf } from '../../core/http/content-digest.js';
import { parseRetryAfter, retry, type RetryPolicy } from '../../core/http/client/retry.js';
import type { PushTarget } from './push-target.js';

const POLICY: RetryPolicy = { attempts: 6, baseDelayMs: 1000, maxDelayMs: 120_000 };
const TIMEOUT_MS = 300_000;
/** The server, or something before it, says that another try may do. */
const PASSING = new Set([429, 502, 503, 504]);

/** What the server answers to an upload, as far as it is shown. */
export interface PushAnswer {
  readonly source: {
    readonly id: string;
    readonly name: string;
    readonly environment_name: string;
  };
  readonly resources: number;
  readonly changed: boolean;
  readonly notices: readonly {
    readonly level: string;
    readonly code: string;
    readonly message: string;
  }[];
}

export interface PushRequest extends PushTarget {
  readonly content: Buffer;
  readonly allowOlder: boolean;
  /** Told before each further try. */
  readonly onRetry: (why: string) => void;
  readonly policy?: RetryPolicy;
}

/** An answer that may be another one in a moment. */
class Passing extends Error {
  constructor(
    readonly failure: DomainError,
    readonly afterMs: number | null,
  ) {
    super(failure.message);
  }
}

/**
 * Uploads, again where it may help: the same bytes twice are the same content. `Retry-After` is waited for.
 *
 * @throws DomainError `PUSH.REFUSED`, `PUSH.UNREACHABLE`
 */
export async function sendContent(request: PushRequest, signal: AbortSignal): Promise<PushAnswer> {
  try {
    return await retry(
      request.policy ?? POLICY,
      signal,
      (error) => {
        if (!(error instanceof Passing)) return 'give-up';
        request.onRetry(error.failure.message);
        return { afterMs: error.afterMs };
      },
      () => sendOnce(request, signal),
    );
  } catch (error) {
    if (error instanceof Passing) throw error.failure;
    throw error;
  }
}

async function sendOnce(request: PushRequest, signal: AbortSignal): Promise<PushAnswer> {
  const url = new URL(request.url);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/sources/${request.source}/content`;
  if (request.allowOlder) url.searchParams.set('allow_older', 'true');
  const response = await fetch(url, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${request.token}`,
      'content-type': 'application/octet-stream',
      'content-digest': contentDigestOf(request.content),
      accept: 'application/json, application/problem+json',
    },
    body: new Uint8Array(request.content),
    // Elsewhere the key has no business.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Passing(unreachable(request.url, error), null);
  });
  if (response.ok) return (await response.json()) as PushAnswer;
  const failure = await refused(response);
  if (!PASSING.has(response.status)) throw failure;
  throw new Passing(failure, parseRetryAfter(response.headers.get('retry-after')));
}

/** RFC 9457, as far as it is shown. */
interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
}

async function refused(response: Response): Promise<DomainError> {
  const { status } = response;
  const problem = (await response.json().catch(() => ({}))) as Problem | null;
  const code = typeof problem?.code === 'string' ? problem.code : `HTTP ${status}`;
  return new DomainError({
    code: 'PUSH.REFUSED',
    kind: 'unavailable',
    message: `The server refused: ${detailOf(status, problem)} (${code})`,
    details: { status, code },
  });
}

function detailOf(status: number, problem: Problem | null): string {
  if (status === 401) return 'the API key is not valid, expired or revoked';
  if (status === 413) return 'the content is larger than a proxy before it lets through';
  if (status >= 300 && status < 400) {
    return 'it answers with a redirect, and the API key is not sent elsewhere. Give the address it redirects to as --url';
  }
  if (typeof problem?.detail === 'string') return problem.detail;
  return 'it gave no reason that DriftGuard would; is the URL that of a DriftGuard server?';
}

function unreachable({ origin }: URL, error: unknown): DomainError {
  const cause = error instanceof Error ? error.cause : undefined;
  const reason =
    cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection failed';
  return new DomainError({
    code: 'PUSH.UNREACHABLE',
    kind: 'unavailable',
    message: `${origin} cannot be reached (${reason}).`,
    details: { origin, reason },
    cause: error,
  });
}
