import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';

/** An error as Azure Resource Manager words it. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly details: readonly JsonObject[] = [],
  ) {
    super(message);
  }
}

export function armReply(
  body: Json,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const requestId = randomUUID();
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': requestId,
      date: new Date().toUTCString(),
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations#error-response, OData v4 error shape */
export function armError({ status, code, message, headers, details }: ArmError): Reply {
  const error = { code, message, ...(details.length > 0 ? { details: [...details] } : {}) };
  return armReply({ error }, status, headers);
}

/** Resource Graph wraps what is wrong in a general error and says it in the details. */
export function graphError(
  status: number,
  code: string,
  details: readonly JsonObject[],
  headers: Readonly<Record<string, string>> = {},
): ArmError {
  const message = `Please provide below info when asking for support: timestamp = ${new Date().toISOString()}, correlationId = ${randomUUID()}.`;
  return new ArmError(status, code, message, headers, details);
}
