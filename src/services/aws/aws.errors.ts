import { DeadlineExceededError, parseRetryAfter } from '../../core/http/client/index.js';
import type { RetryDecision } from '../../core/http/client/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { CoverageStatus, InventoryFailure } from '../../core/providers/index.js';

/** Why a call failed, in words that are safe to show. */
export interface ReadFailure {
  readonly status: Extract<CoverageStatus, 'denied' | 'throttled' | 'failed'>;
  readonly message: string;
  /** Nobody answered at all, after all retries: the next call there will hardly do better. */
  readonly unreachable?: boolean;
}

/** Who asked, and where. */
export interface ReadPlace {
  readonly accountId: string;
  readonly region: string | null;
  /** ARN of who calls. */
  readonly principal: string;
}

type ErrorClass = 'throttled' | 'denied' | 'unauthenticated' | 'transient' | 'other';

/** The throttling codes all AWS SDKs retry: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const THROTTLING = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ServiceLimitExceededException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AccessDeniedError',
  'AuthorizationError',
  'NotAuthorized',
  'UnauthorizedOperation',
]);

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and the SDK's own credential errors. */
const UNAUTHENTICATED = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidCredentialsException',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

const TRANSIENT = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'HandlerInternalFailureException',
  'InternalError',
  'InternalFailure',
  'NetworkFailureException',
  'NotStabilizedException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceInternalErrorException',
  'ServiceUnavailable',
  'TimeoutError',
]);

interface AwsErrorFacts {
  readonly code: string;
  /** Only of refusals: other texts may quote the request, and with it a session token. */
  readonly refusal: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly kind: ErrorClass;
}

/** One table for everything the SDK can throw. */
function factsOf(error: unknown): AwsErrorFacts {
  if (error instanceof DeadlineExceededError) {
    const code = `no answer within ${error.milliseconds} ms`;
    return { code, refusal: null, status: null, retryAfterMs: null, kind: 'transient' };
  }
  const thrown: SdkError = typeof error === 'object' && error !== null ? error : {};
  const code = thrown.code ?? thrown.name ?? 'UnknownError';
  const status = thrown.$metadata?.httpStatusCode ?? null;
  const kind = classify(code, thrown.name ?? '', status, thrown.message ?? '');
  return {
    code,
    refusal: kind === 'denied' ? (thrown.message ?? null) : null,
    status,
    retryAfterMs: parseRetryAfter(thrown.$response?.headers?.['retry-after']),
    kind,
  };
}

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Cloud Control passes on what the service behind a type said, under a name of its own. */
const PASSED_ON = new Set([
  'GeneralServiceException',
  'HandlerFailureException',
  'InvalidRequestException',
]);
const REFUSAL = /not authorized to perform|AccessDenied|UnauthorizedOperation/;

function classify(code: string, name: string, status: number | null, text: string): ErrorClass {
  const known = (codes: ReadonlySet<string>): boolean => codes.has(code) || codes.has(name);
  if (known(THROTTLING) || status === 429) return 'throttled';
  if (known(DENIED) || (known(PASSED_ON) && REFUSAL.test(text))) return 'denied';
  if (known(UNAUTHENTICATED)) return 'unauthenticated';
  if (known(TRANSIENT) || (status !== null && status >= 500)) return 'transient';
  // It answered well and the answer could not be read: the body broke off in the middle.
  return status !== null && status < 300 ? 'transient' : 'other';
}

/** Only throttling, server faults and network faults are worth another try. */
export function retryDecision(error: unknown): RetryDecision {
  const { kind, retryAfterMs } = factsOf(error);
  return kind === 'throttled' || kind === 'transient' ? { afterMs: retryAfterMs } : 'give-up';
}

/** What a failed call means for the coverage of what it was to read. */
export function readFailure(error: unknown, operation: string, place?: ReadPlace): ReadFailure {
  const facts = factsOf(error);
  const where = place ? ` in ${nameOf(place)}` : '';
  switch (facts.kind) {
    case 'denied': {
      const refused = place ? `${place.principal} lacks ${operation}${where}` : null;
      const words = facts.refusal ? shorten(facts.refusal) : null;
      return {
        status: 'denied',
        message: [refused, words].filter(Boolean).join(': ') || `${operation} is not allowed`,
      };
    }
    case 'throttled':
      return {
        status: 'throttled',
        message: `${operation} is still throttled after all retries${where}`,
      };
    case 'unauthenticated':
      return {
        status: 'failed',
        message: `${operation}${where}: the credentials were not accepted (${facts.code}); they expired, or the region is not enabled for this account`,
      };
    case 'transient':
    case 'other':
      return {
        status: 'failed',
        message: `${operation} failed${where}: ${describe(facts)}`,
        unreachable: facts.kind === 'transient' && facts.status === null,
      };
  }
}

function nameOf({ accountId, region }: ReadPlace): string {
  return [accountId && `account ${accountId}`, region].filter(Boolean).join(', ');
}

/** Cloud Control does not have the type in this region, or cannot do this with it. */
export function isUnsupported(error: unknown): boolean {
  return ['TypeNotFoundException', 'UnsupportedActionException'].includes(factsOf(error).code);
}

/** The service knows no such thing: the resource is gone, or the type cannot be read there. */
export function isNotFound(error: unknown): boolean {
  return factsOf(error).code === 'ResourceNotFoundException';
}

const FAILURES: Readonly<Record<ErrorClass, readonly [InventoryFailure, string]>> = {
  denied: ['denied', 'AWS does not allow this identity to call STS'],
  throttled: ['throttled', 'AWS STS still throttles after all retries'],
  unauthenticated: ['unauthenticated', 'AWS did not accept the credentials; check or renew them'],
  transient: ['unreachable', 'AWS could not be reached; check the network and the endpoint'],
  other: ['unreachable', 'AWS STS did not answer as expected; check the endpoint'],
};

/** Nothing can be read at all: the identity could not be established. */
export function inventoryError(error: unknown): InventoryError {
  const facts = factsOf(error);
  const [failure, message] = FAILURES[facts.kind];
  return new InventoryError(failure, 'aws', `${message} (${describe(facts)}).`);
}

function describe({ code, status }: AwsErrorFacts): string {
  return status === null ? code : `${code}, HTTP ${status}`;
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}
