import { DeadlineExceededError } from '../../core/http/client/index.js';
import type { RetryDecision } from '../../core/http/client/index.js';
import { outboundRefusal } from '../../core/http/outbound/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { CoverageStatus, InventoryFailure } from '../../core/providers/index.js';

/** An answer of the API server other than 2xx; `message` is the server's `Status.message`, or empty. */
export class KubernetesStatusError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly retryAfterMs: number | null,
  ) {
    super(message);
    this.name = 'KubernetesStatusError';
  }
}

/** The kubeconfig's own way to credentials failed: a plugin, a token file, a certificate. What a plugin printed may be secret. */
export class CredentialSourceError extends Error {
  constructor(readonly code: string) {
    super(`the credential plugin or a file of the kubeconfig failed: ${code}`);
    this.name = 'CredentialSourceError';
  }

  static from(error: unknown): CredentialSourceError {
    return new CredentialSourceError(networkCode(error));
  }
}

/** Why a call failed, in words that are safe to show. */
export interface ReadFailure {
  readonly status: Extract<CoverageStatus, 'denied' | 'throttled' | 'failed'>;
  readonly message: string;
}

type ErrorClass = 'throttled' | 'denied' | 'unauthenticated' | 'transient' | 'untrusted' | 'other';

interface ErrorFacts {
  readonly kind: ErrorClass;
  readonly retryAfterMs: number | null;
  /** What happened, without anything that was sent. */
  readonly text: string;
}

/** Node's codes for certificates that do not hold: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
const TRANSIENT_CODES =
  /^(EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT|UND_ERR_\w+)$/;

/** One table for everything a call can throw. */
function factsOf(error: unknown): ErrorFacts {
  if (error instanceof KubernetesStatusError) return statusFacts(error);
  if (error instanceof DeadlineExceededError) {
    const text = `no answer within ${error.milliseconds} ms`;
    return { kind: 'transient', retryAfterMs: null, text };
  }
  if (error instanceof CredentialSourceError) {
    return { kind: 'unauthenticated', retryAfterMs: null, text: error.message };
  }
  const code = networkCode(error);
  if (CERTIFICATE.test(code)) {
    const text = `the server's certificate is not trusted (${code})`;
    return { kind: 'untrusted', retryAfterMs: null, text };
  }
  const kind = TRANSIENT_CODES.test(code) || code === 'SyntaxError' ? 'transient' : 'other';
  return { kind, retryAfterMs: null, text: code };
}

function statusFacts({ status, reason, message, retryAfterMs }: KubernetesStatusError): ErrorFacts {
  const text = `HTTP ${status}${reason ? ` ${reason}` : ''}${message ? `: ${shorten(message)}` : ''}`;
  return { kind: classOf(status), retryAfterMs, text };
}

function classOf(status: number): ErrorClass {
  if (status === 429) return 'throttled';
  if (status === 403) return 'denied';
  if (status === 401) return 'unauthenticated';
  return status >= 500 ? 'transient' : 'other';
}

/** `fetch` hides the code in the cause: "fetch failed", "terminated". */
function networkCode(error: unknown): string {
  for (let current = error; typeof current === 'object' && current !== null;) {
    const { code, name, cause } = current as { code?: unknown; name?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    if (cause === undefined) return typeof name === 'string' ? name : 'UnknownError';
    current = cause;
  }
  return 'UnknownError';
}

/** The list changed too much since its first page; it must start again (API concepts, "410 Gone"). */
export function isExpired(error: unknown): boolean {
  return error instanceof KubernetesStatusError && error.status === 410;
}

/** Only throttling, server faults and network faults are worth another try. */
export function retryDecision(error: unknown): RetryDecision {
  const { kind, retryAfterMs } = factsOf(error);
  return kind === 'throttled' || kind === 'transient' ? { afterMs: retryAfterMs } : 'give-up';
}

/** What a failed call means for the coverage of what it was to read. */
export function readFailure(error: unknown): ReadFailure {
  const { kind, text } = factsOf(error);
  switch (kind) {
    case 'denied':
      return { status: 'denied', message: text.replace(/^HTTP 403 (?:Forbidden: )?/, '') };
    case 'throttled':
      return { status: 'throttled', message: `Still throttled after all retries (${text})` };
    case 'unauthenticated':
      return { status: 'failed', message: `The credentials are no longer accepted (${text})` };
    case 'transient':
    case 'untrusted':
    case 'other':
      return { status: 'failed', message: `Listing failed: ${text}` };
  }
}

const FAILURES: Readonly<Record<ErrorClass, readonly [InventoryFailure, string]>> = {
  denied: ['denied', 'The cluster does not let this identity discover its API'],
  throttled: ['throttled', 'The cluster still throttles after all retries'],
  unauthenticated: ['unauthenticated', 'There are no credentials the cluster accepts; renew them'],
  transient: [
    'unreachable',
    'The cluster could not be reached; check the network and the server address',
  ],
  untrusted: [
    'unreachable',
    'The connection to the cluster is not safe; give its certificate authority',
  ],
  other: [
    'unreachable',
    'This does not answer like a Kubernetes API server; check the server address',
  ],
};

/** Nothing can be read at all. */
export function inventoryError(error: unknown): InventoryError {
  const refusal = outboundRefusal(error);
  if (refusal) return new InventoryError('connection-invalid', 'kubernetes', refusal.message);
  const { kind, text } = factsOf(error);
  const [failure, message] = FAILURES[kind];
  return new InventoryError(failure, 'kubernetes', `${message} (${text}).`);
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}
