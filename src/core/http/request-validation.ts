import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/index.js';

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
    return super.transform(value, metadata) as Promise<unknown>;
  }
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
