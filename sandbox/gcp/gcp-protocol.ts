import type { JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';

/** https://cloud.google.com/apis/design/errors#error_model: status names and their HTTP codes. */
const HTTP_CODE = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;
export type RpcStatus = keyof typeof HTTP_CODE;

/** An error as the service words it. */
export class GcpServiceError extends Error {
  constructor(
    readonly status: RpcStatus,
    message: string,
    readonly details: readonly JsonObject[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
    readonly httpCode: number = HTTP_CODE[status],
  ) {
    super(message);
  }
}

export function invalidArgument(message: string): GcpServiceError {
  return new GcpServiceError('INVALID_ARGUMENT', message);
}

export function errorInfo(reason: string, metadata: JsonObject = {}): JsonObject {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'cloudasset.googleapis.com', ...metadata },
  };
}

export function jsonReply(body: JsonObject, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', date: new Date().toUTCString() },
    body: `${JSON.stringify(body, null, 2)}\n`,
  };
}

/** https://google.aip.dev/193#http11json-representation */
export function errorReply(error: GcpServiceError): Reply {
  const { message, status, details, httpCode } = error;
  const reply = jsonReply(
    {
      error: {
        code: httpCode,
        message,
        status,
        ...(details.length ? { details: [...details] } : {}),
      },
    },
    httpCode,
  );
  const challenge =
    httpCode === 401 ? { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' } : {};
  return { ...reply, headers: { ...reply.headers, ...challenge, ...error.headers } };
}
