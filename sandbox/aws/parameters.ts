import { isObject } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { AwsServiceError } from './aws-protocol.js';

type ParameterKind = 'string' | 'integer' | 'number' | 'boolean' | 'strings' | 'objects';

/** Checks a request body as strictly as the service's model: no unknown member, every member of its type, required ones there. */
export function checkParameters(
  body: JsonObject,
  members: Readonly<Record<string, ParameterKind>>,
  required: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(body)) {
    const kind = members[name];
    if (!kind) throw validation(`Unknown member '${name}'`);
    if (value !== null && !isKind(value, kind)) {
      throw new AwsServiceError('SerializationException', `'${name}' is not of type ${kind}.`);
    }
  }
  const missing = required.find((name) => body[name] === undefined || body[name] === null);
  if (missing)
    throw validation(
      `Value null at '${lowerFirst(missing)}' failed to satisfy constraint: Member must not be null`,
    );
}

export function validation(problem: string): AwsServiceError {
  return new AwsServiceError('ValidationException', `1 validation error detected: ${problem}`);
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isKind(value: Json, kind: ParameterKind): boolean {
  switch (kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === kind;
    case 'integer':
      return Number.isInteger(value);
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'objects':
      return Array.isArray(value) && value.every(isObject);
  }
}
