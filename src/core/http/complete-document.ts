import type { OpenAPIObject } from '@nestjs/swagger';
import { problemAnswer } from './api-operation.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['post']>;
type Schema = Record<string, unknown> & {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
};
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** What is true of every operation and need not be said at each: which bodies are refused, and that unknown fields are. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      if (method === 'post' && operation.security !== undefined) nameIdempotency(operation);
      const body = operation.requestBody;
      if (body === undefined || '$ref' in body) continue;
      operation.responses['413'] ??= problemAnswer('REQUEST.TOO_LARGE');
      operation.responses['415'] ??= problemAnswer('REQUEST.MEDIA_TYPE');
      // A change without anything to change changes nothing.
      if (method === 'patch') body.required = false;
      for (const { schema } of Object.values(body.content)) close(schema as Schema, schemas);
    }
  }
  return document;
}

function nameIdempotency(operation: OperationObject): void {
  const takesFiles = operation.requestBody !== undefined && takesNoJson(operation.requestBody);
  if (takesFiles) return;
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'One value for all attempts of one request: what succeeded within 24 hours is answered again, not done again.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    },
  ];
  operation.responses['409'] ??= problemAnswer('IDEMPOTENCY.IN_FLIGHT');
  operation.responses['422'] ??= problemAnswer('IDEMPOTENCY.KEY_REUSED');
}

function takesNoJson(body: NonNullable<OperationObject['requestBody']>): boolean {
  return !('$ref' in body) && body.content['application/json'] === undefined;
}

/** The validation of requests refuses what a body does not declare, see `requestValidation`. */
function close(schema: Schema | undefined, all: Readonly<Record<string, Schema>>): void {
  if (schema === undefined) return;
  if (typeof schema.$ref === 'string') {
    close(all[schema.$ref.split('/').at(-1) ?? ''], all);
    return;
  }
  for (const part of ['allOf', 'oneOf', 'anyOf']) {
    for (const one of (schema[part] ?? []) as Schema[]) close(one, all);
  }
  close(schema.items, all);
  if (schema.properties === undefined || schema.additionalProperties !== undefined) return;
  schema.additionalProperties = false;
  for (const property of Object.values(schema.properties)) close(property, all);
}
