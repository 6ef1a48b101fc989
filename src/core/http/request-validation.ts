import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/index.js';

/** Where `@ApiProperty` keeps what it was told. */
export const DECLARED_PROPERTY = 'swagger/apiModelProperties';

interface FieldProblem {
  /** Path of the field: `scopes.0.region`. */
  readonly field: string;
  readonly problems: readonly string[];
}

/** Bodies and queries are what their DTO declares: unknown fields are refused, not dropped. */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const problems = errors.flatMap((error) => fieldProblems(error, ''));
      return new DomainError({
        code: 'REQUEST.INVALID',
        kind: 'invalid',
        message: `The request is not valid: ${problems.map((one) => one.problems.join(', ')).join('; ')}.`,
        details: { errors: problems },
      });
    },
  });
}

class RequestValidation extends ValidationPipe {
  /** PostgreSQL has no NUL in texts; nobody means one. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'custom' && hasNul(value)) {
      throw new DomainError({
        code: 'REQUEST.INVALID',
        kind: 'invalid',
        message: 'The request is not valid: texts must not contain the character U+0000.',
      });
    }
    const body: unknown = await super.transform(value, metadata);
    if (metadata.type === 'body') refuseNulls(body);
    return body;
  }
}

/** `@IsOptional` lets null pass as if the field were left out; only what is declared nullable may be null. */
function refuseNulls(body: unknown): void {
  const fields = forbiddenNulls(body, '');
  if (fields.length === 0) return;
  throw new DomainError({
    code: 'REQUEST.INVALID',
    kind: 'invalid',
    message: `The request is not valid: ${fields.map((one) => `${one} must not be null`).join('; ')}.`,
    details: { errors: fields.map((field) => ({ field, problems: ['must not be null'] })) },
  });
}

function forbiddenNulls(value: unknown, parent: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const field = parent === '' ? name : `${parent}.${name}`;
    if (item !== null) return forbiddenNulls(item, field);
    return isDeclaredNotNull(prototype, name) ? [field] : [];
  });
}

function isDeclaredNotNull(prototype: unknown, name: string): boolean {
  if (typeof prototype !== 'object' || prototype === null) return false;
  const declared = Reflect.getMetadata(DECLARED_PROPERTY, prototype, name) as
    { readonly nullable?: boolean } | undefined;
  return declared !== undefined && declared.nullable !== true;
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null || Symbol.asyncIterator in value) return false;
  return Object.entries(value).some(([name, item]) => name.includes('\0') || hasNul(item));
}

function fieldProblems(error: ValidationError, parent: string): FieldProblem[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.values(error.constraints ?? {});
  return [
    ...(own.length === 0 ? [] : [{ field, problems: own }]),
    ...(error.children ?? []).flatMap((child) => fieldProblems(child, field)),
  ];
}
