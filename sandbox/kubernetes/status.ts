import type { JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';

/** Answers of the API server that are not objects: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details: JsonObject = {},
    readonly headers: Readonly<Record<string, string>> = {},
    readonly metadata: JsonObject = {},
  ) {
    super(message);
  }

  reply(): Reply {
    const reply = jsonReply(
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: this.metadata,
        status: 'Failure',
        message: this.message,
        reason: this.reason,
        details: this.details,
        code: this.code,
      },
      this.code,
    );
    return { ...reply, headers: { ...reply.headers, ...this.headers } };
  }
}

export function jsonReply(body: JsonObject, status = 200, contentType = 'application/json'): Reply {
  return {
    status,
    headers: {
      'content-type': contentType,
      'cache-control': 'no-cache, private',
      date: new Date().toUTCString(),
    },
    body: `${JSON.stringify(body)}\n`,
  };
}

export function notFound(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}
