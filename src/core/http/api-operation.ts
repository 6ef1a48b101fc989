import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { Pagination } from './page.js';

/** The body of every error answer, RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'urn:driftguard:error:environment.not_found' })
  type!: string;

  @ApiProperty({ example: 'Not Found' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ example: 'There is no such environment.' })
  detail!: string;

  @ApiProperty({ example: 'ENVIRONMENT.NOT_FOUND', description: 'Stable; see docs/errors.md.' })
  code!: string;

  @ApiProperty({ format: 'uuid', description: 'Also in the log.' })
  error_id!: string;

  @ApiProperty({ description: 'Also in the answer header x-correlation-id.' })
  correlation_id!: string;

  @ApiPropertyOptional({
    description: 'Which fields of the request were wrong.',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        field: { type: 'string' },
        problems: { type: 'array', items: { type: 'string' } },
      },
    },
  })
  errors?: unknown[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  details?: Record<string, unknown>;
}

interface OperationOptions {
  /** Stable name of the operation in the SDK: `listDrifts`. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Status of success. Default 200. */
  readonly status?: number;
  /** What success answers; null for an empty body. */
  readonly response: Type | null;
  /** `page`: `{ data: Response[], pagination }`. */
  readonly list?: boolean;
  readonly example?: unknown;
  /** Error codes by what they mean here, beyond 400, 401 and 403: `{ 404: 'ENVIRONMENT.NOT_FOUND' }`. */
  readonly errors?: Readonly<Record<number, string>>;
  readonly public?: boolean;
}

/** Describes one operation for OpenAPI: its name, answer, example and errors. On every handler. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { response } = options;
  const errors: Record<number, string> = {
    400: 'REQUEST.INVALID',
    ...(options.public ? {} : { 401: 'AUTH.REQUIRED', 403: 'AUTH.FORBIDDEN' }),
    429: 'REQUEST.TOO_MANY',
    503: 'SERVICE.UNAVAILABLE',
    ...options.errors,
  };
  return applyDecorators(
    ApiOperation({
      operationId: options.id,
      summary: options.summary,
      ...(options.description === undefined ? {} : { description: options.description }),
    }),
    ...(response === null ? [] : [ApiExtraModels(response, Pagination, Problem)]),
    ApiResponse({
      status: options.status ?? 200,
      description: response === null ? 'Done; no body.' : 'Success.',
      ...(response === null ? {} : { content: successContent(response, options) }),
    }),
    ...Object.entries(errors).map(([status, code]) =>
      ApiResponse({ status: Number(status), ...problemAnswer(code) }),
    ),
    ...(options.public ? [] : [ApiBearerAuth()]),
  );
}

export function problemAnswer(code: string) {
  return {
    description: code,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
  };
}

function successContent(response: Type, options: OperationOptions) {
  const one = { $ref: getSchemaPath(response) };
  const schema = options.list
    ? {
        type: 'object',
        required: ['data', 'pagination'],
        properties: {
          data: { type: 'array', items: one },
          pagination: { $ref: getSchemaPath(Pagination) },
        },
      }
    : one;
  return {
    'application/json': {
      schema,
      ...(options.example === undefined ? {} : { example: options.example }),
    },
  };
}
