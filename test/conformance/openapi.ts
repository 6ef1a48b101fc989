import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
}

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Record<string, Content> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method'>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const file = path.resolve(import.meta.dirname, '../../openapi/driftguard.json');
const document = JSON.parse(readFileSync(file, 'utf8')) as Document;

export function operations(): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase() as Operation['method'],
    })),
  );
}

/** The smallest body the schema accepts, from its examples. */
export function bodyFor(operation: Operation): object | undefined {
  const content = operation.requestBody?.content['application/json'];
  if (content?.schema === undefined) return undefined;
  return valueOf(content.schema) as object;
}

function valueOf(schema: Schema): unknown {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const target = document.components.schemas[name];
    if (target === undefined) throw new Error(`openapi/driftguard.json has no schema ${name}`);
    return valueOf(target);
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.allOf?.[0] !== undefined) return valueOf(schema.allOf[0]);
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, valueOf(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return schema.items === undefined ? [] : [valueOf(schema.items)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      if (schema.format === 'uuid') return '01980a3e-0000-7000-8000-00000000ffff';
      if (schema.format === 'password') return 'a passphrase for tests';
      if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z';
      return 'text';
  }
}
