import { DeadlineExceededError, parseRetryAfter } from '../../core/http/client/index.js';
import type { RetryDecision } from '../../core/http/client/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { CoverageStatus, InventoryFailure } from '../../core/providers/index.js';

/** Why a call failed, in words that are safe to show. */
export interface ReadFailure {
  readonly status: Extract<CoverageStatus, 'denied' | 'throttled' | 'failed'>;
  readonly message: string;
  /** The request itself was refused: asking for fewer types may be answered. */
  readonly rejected: boolean;
}

type ErrorClass = 'throttled' | 'denied' | 'unauthenticated' | 'transient' | 'invalid' | 'other';

/** https://cloud.google.com/apis/design/errors, by the names of google.rpc.Code and of what goes wrong below HTTP. */
const KINDS: Readonly<Record<string, ErrorClass>> = {
  RESOURCE_EXHAUSTED: 'throttled',
  PERMISSION_DENIED: 'denied',
  UNAUTHENTICATED: 'unauthenticated',
  INVALID_ARGUMENT: 'invalid',
  NOT_FOUND: 'invalid',
  UNAVAILABLE: 'transient',
  INTERNAL: 'transient',
  UNKNOWN: 'transient',
  ABORTED: 'transient',
  DEADLINE_EXCEEDED: 'transient',
  AbortError: 'transient',
  TimeoutError: 'transient',
  SyntaxError: 'transient',
  EAI_AGAIN: 'transient',
  ECONNREFUSED: 'transient',
  ECONNRESET: 'transient',
  EHOSTUNREACH: 'transient',
  ENETUNREACH: 'transient',
  ENOTFOUND: 'transient',
  EPIPE: 'transient',
  ETIMEDOUT: 'transient',
  ERR_STREAM_PREMATURE_CLOSE: 'transient',
};

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'denied',
  404: 'invalid',
  429: 'throttled',
};

interface GcpErrorFacts {
  readonly code: string;
  /** Only of refusals of the API itself: other texts may quote the request. */
  readonly refusal: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly kind: ErrorClass;
}

/** What the SDK throws: its transport's error with the answer, or what the network said. */
interface SdkError {
  readonly name?: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly cause?: { readonly name?: string; readonly code?: string };
  readonly response?: {
    readonly status?: number;
    readonly headers?: Headers;
    readonly data?: unknown;
  };
}

/** One table for everything the SDK can throw. */
function factsOf(error: unknown): GcpErrorFacts {
  if (error instanceof DeadlineExceededError) {
    const code = `no answer within ${error.milliseconds} ms`;
    return { code, refusal: null, status: null, retryAfterMs: null, kind: 'transient' };
  }
  const thrown: SdkError = typeof error === 'object' && error !== null ? error : {};
  const status = thrown.response?.status ?? null;
  const answer =
    status === null ? null : (rpcStatus(thrown.message) ?? rpcError(thrown.response?.data));
  const code = answer?.status ?? codeOf(thrown, status);
  const kind =
    KINDS[code] ?? (status === null ? 'other' : (BY_STATUS[status] ?? serverFault(status)));
  const spoken = kind === 'denied' || kind === 'invalid';
  return {
    code,
    refusal: spoken ? (answer?.message ?? null) : null,
    status,
    retryAfterMs: parseRetryAfter(thrown.response?.headers?.get('retry-after')),
    kind,
  };
}

/** The transport puts the body of a refused call into the message: `{ error: { code, message, status } }` (AIP-193). */
function rpcStatus(body: string | undefined): { status: string; message: string | null } | null {
  try {
    return rpcError(JSON.parse(body ?? ''));
  } catch {
    return null;
  }
}

function rpcError(body: unknown): { status: string; message: string | null } | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const error = (body.error ?? {}) as { readonly status?: unknown; readonly message?: unknown };
  if (typeof error.status !== 'string') return null;
  return {
    status: error.status,
    message: typeof error.message === 'string' ? error.message : null,
  };
}

function codeOf({ name, code, cause }: SdkError, status: number | null): string {
  if (status !== null) return `HTTP ${status}`;
  if (typeof code === 'string') return code;
  return cause?.code ?? cause?.name ?? name ?? 'UnknownError';
}

function serverFault(status: number): ErrorClass {
  return status >= 500 ? 'transient' : 'other';
}

/** Only throttling, server faults and network faults are worth another try. */
export function retryDecision(error: unknown): RetryDecision {
  const { kind, retryAfterMs } = factsOf(error);
  return kind === 'throttled' || kind === 'transient' ? { afterMs: retryAfterMs } : 'give-up';
}

/** What a failed call means for the coverage of what it was to read. */
export function readFailure(error: unknown, permission: string): ReadFailure {
  const facts = factsOf(error);
  const { kind } = facts;
  const rejected = kind === 'denied' || kind === 'invalid';
  switch (kind) {
    case 'denied': {
      const said = facts.refusal ? `: ${shorten(facts.refusal)}` : '';
      return { status: 'denied', message: `${permission} is not allowed${said}`, rejected };
    }
    case 'throttled':
      return {
        status: 'throttled',
        message: `Cloud Asset Inventory still throttles after all retries (${permission})`,
        rejected,
      };
    case 'unauthenticated':
      return {
        status: 'failed',
        message: 'The credentials were no longer accepted: they expired or were revoked',
        rejected,
      };
    case 'invalid':
      return {
        status: 'failed',
        message: `Cloud Asset Inventory refused the request: ${shorten(facts.refusal ?? describe(facts))}`,
        rejected,
      };
    case 'transient':
    case 'other':
      return { status: 'failed', message: `Cloud Asset Inventory: ${describe(facts)}`, rejected };
  }
}

const FAILURES: Readonly<Record<ErrorClass, readonly [InventoryFailure, string]>> = {
  denied: ['denied', 'This identity may not list assets (cloudasset.assets.listResource)'],
  throttled: ['throttled', 'Cloud Asset Inventory still throttles after all retries'],
  unauthenticated: [
    'unauthenticated',
    'Google Cloud did not accept the credentials; check or renew them',
  ],
  transient: [
    'unreachable',
    'Cloud Asset Inventory could not be reached; check the network and the endpoint',
  ],
  invalid: ['connection-invalid', 'Cloud Asset Inventory refused the request; check the scope'],
  other: ['unreachable', 'Google Cloud did not answer as expected; check the endpoint'],
};

/** Nothing can be read at all. */
export function inventoryError(error: unknown): InventoryError {
  const facts = factsOf(error);
  const [failure, message] = FAILURES[facts.kind];
  const said = facts.refusal ? `: ${shorten(facts.refusal)}` : '';
  return new InventoryError(failure, 'gcp', `${message} (${describe(facts)})${said}`);
}

/** Whether no call of this scan will ever be answered, whatever it asks for. */
export function isHopeless(error: unknown): boolean {
  const { kind } = factsOf(error);
  return kind === 'unauthenticated' || kind === 'transient' || kind === 'other';
}

function describe({ code, status }: GcpErrorFacts): string {
  return status === null || code.startsWith('HTTP') ? code : `${code}, HTTP ${status}`;
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}
