import { DeadlineExceededError, parseRetryAfter } from '../../core/http/client/index.js';
import type { RetryDecision } from '../../core/http/client/index.js';
import { outboundRefusal } from '../../core/http/outbound/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { CoverageStatus, InventoryFailure } from '../../core/providers/index.js';
import { parseResetsAfter } from './request-quota.js';

/** Why a call failed, in words that are safe to show. */
export interface ReadFailure {
  readonly status: Extract<CoverageStatus, 'denied' | 'throttled' | 'failed'>;
  readonly message: string;
}

/** A status other than 2xx of a plain Resource Manager call, in the shape the SDK throws for its own operations. */
export class ArmStatusError extends Error {
  constructor(
    readonly statusCode: number,
    readonly body: unknown,
    readonly response: { readonly headers: ResponseHeaders },
  ) {
    super(`HTTP ${statusCode}`);
    this.name = 'ArmStatusError';
  }
}

interface ResponseHeaders {
  get(name: string): string | undefined;
}

type ErrorClass = 'throttled' | 'denied' | 'unauthenticated' | 'transient' | 'other';

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
const DENIED = new Set([
  'AccessDenied',
  'AuthorizationFailed',
  'Forbidden',
  'LinkedAuthorizationFailed',
  // What Resource Graph says when none of the subscriptions is visible to the caller.
  'NoValidSubscriptionsInQueryRequest',
]);

/** Codes of Resource Manager, and names of what @azure/identity throws. */
const UNAUTHENTICATED = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationFailed',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
  'ExpiredAuthenticationToken',
  'InvalidAuthenticationToken',
  'InvalidAuthenticationTokenTenant',
]);

const THROTTLED = new Set([
  'RateLimiting',
  'RequestThrottled',
  'SubscriptionRequestsThrottled',
  'TooManyRequests',
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
  'GatewayTimeout',
  'InternalServerError',
  'PARSE_ERROR',
  'REQUEST_SEND_ERROR',
  'ServerTimeout',
  'ServiceUnavailable',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
  // The authority could not be reached, in the words of MSAL.
  'endpoints_resolution_error',
  'network_error',
]);

interface AzureErrorFacts {
  readonly code: string;
  /** Only of refusals: other texts may quote the request, and with it a token. */
  readonly refusal: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly kind: ErrorClass;
}

interface ThrownError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly body?: unknown;
  readonly response?: { readonly headers?: Partial<ResponseHeaders> };
}

/** One table for everything the SDKs can throw. */
function factsOf(error: unknown): AzureErrorFacts {
  if (error instanceof DeadlineExceededError) {
    const code = `no answer within ${error.milliseconds} ms`;
    return { code, refusal: null, status: null, retryAfterMs: null, kind: 'transient' };
  }
  const thrown: ThrownError = typeof error === 'object' && error !== null ? error : {};
  const answer = innermost(thrown.body);
  const code = answer.code ?? thrown.code ?? signInCode(thrown) ?? thrown.name ?? 'UnknownError';
  const status = thrown.statusCode ?? null;
  const kind = classify(code, thrown.name ?? '', status);
  return {
    code,
    refusal: kind === 'denied' ? answer.message : null,
    status,
    retryAfterMs: askedToWait(thrown.response?.headers),
    kind,
  };
}

/** Resource Graph wraps what went wrong in a general error; the first detail says it. */
function innermost(body: unknown): { code: string | null; message: string | null } {
  const { error } = asRecord(body);
  const outer = asRecord(error);
  const details = Array.isArray(outer.details) ? outer.details : [];
  const inner = asRecord(details[0]);
  return {
    code: text(inner.code) ?? text(outer.code),
    message: text(inner.message) ?? text(outer.message),
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function signInCode({ message = '' }: ThrownError): string | null {
  return /\b(AADSTS\d+|endpoints_resolution_error|network_error)\b/.exec(message)?.[0] ?? null;
}

function askedToWait(headers: Partial<ResponseHeaders> | undefined): number | null {
  const read = (name: string): string | undefined => headers?.get?.(name);
  const asked = parseRetryAfter(read('retry-after'));
  const quota = parseResetsAfter(read('x-ms-user-quota-resets-after'));
  return asked === null && quota === null ? null : Math.max(asked ?? 0, quota ?? 0);
}

function classify(code: string, name: string, status: number | null): ErrorClass {
  if (THROTTLED.has(code) || status === 429) return 'throttled';
  if (DENIED.has(code) || (status === 403 && !UNAUTHENTICATED.has(code))) return 'denied';
  const unreachable = TRANSIENT.has(code) || (status !== null && status >= 500);
  if (unreachable) return 'transient';
  const rejected = status === 401 || UNAUTHENTICATED.has(code) || UNAUTHENTICATED.has(name);
  return rejected || code.startsWith('AADSTS') ? 'unauthenticated' : 'other';
}

/** Only throttling, server faults and network faults are worth another try. */
export function retryDecision(error: unknown): RetryDecision {
  const { kind, retryAfterMs } = factsOf(error);
  return kind === 'throttled' || kind === 'transient' ? { afterMs: retryAfterMs } : 'give-up';
}

/** Whether the service answered and said no to this one call, so that another call may fare better. */
export function isAnswered(error: unknown): boolean {
  const { kind, status } = factsOf(error);
  return status !== null && kind !== 'throttled' && kind !== 'unauthenticated';
}

/** What a failed call means for the coverage of what it was to read. */
export function readFailure(error: unknown, operation: string): ReadFailure {
  const facts = factsOf(error);
  switch (facts.kind) {
    case 'denied':
      return {
        status: 'denied',
        message: shorten(facts.refusal ?? `${operation} is not allowed (${describe(facts)})`),
      };
    case 'throttled':
      return { status: 'throttled', message: `${operation} is still throttled after all retries` };
    case 'unauthenticated':
      return {
        status: 'failed',
        message: `${operation}: the credentials were not accepted (${facts.code}); they expired, or belong to another tenant`,
      };
    case 'transient':
    case 'other':
      return { status: 'failed', message: `${operation} failed: ${describe(facts)}` };
  }
}

const FAILURES: Readonly<Record<ErrorClass, readonly [InventoryFailure, string]>> = {
  denied: ['denied', 'Azure does not allow this identity to read any subscription'],
  throttled: ['throttled', 'Azure Resource Graph still throttles after all retries'],
  unauthenticated: ['unauthenticated', 'Azure did not accept the credentials; check or renew them'],
  transient: ['unreachable', 'Azure could not be reached; check the network and the endpoint'],
  other: ['unreachable', 'Azure did not answer as expected; check the endpoint and the authority'],
};

/** Nothing can be read at all: no token, or no answer. */
export function inventoryError(error: unknown): InventoryError {
  const refusal = outboundRefusal(error);
  if (refusal) return new InventoryError('connection-invalid', 'azure', refusal.message);
  const facts = factsOf(error);
  const [failure, message] = FAILURES[facts.kind];
  return new InventoryError(failure, 'azure', `${message} (${describe(facts)}).`);
}

function describe({ code, status }: AzureErrorFacts): string {
  return status === null ? code : `${code}, HTTP ${status}`;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function shorten(message: string): string {
  return message.length > 300 ? `${message.slice(0, 297)}...` : message;
}
