import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

/** One field of an API object, as its discovery document describes it. */
export interface ApiField {
  readonly facts: FieldFacts;
  /** The value, or each element or entry, is an object of this schema; null for scalars. */
  readonly schema: string | null;
  readonly shape: 'scalar' | 'object' | 'list' | 'map';
}

const CODE = /^([oixetdbnr]*)([[{]*)(?:>(.*))?$/;

function fieldOf(code: string): ApiField {
  const [, flags = '', container = '', schema] = CODE.exec(code) ?? [];
  const shape = container.startsWith('[')
    ? 'list'
    : container.startsWith('{')
      ? 'map'
      : schema === undefined
        ? 'scalar'
        : 'object';
  return {
    schema: schema ?? null,
    shape,
    facts: {
      // An enum's zero value is "unspecified", which nobody sets: where it is absent, the inventory left it out. So it is
      // with what the API takes in and never gives back, and with what it has given another place (deprecated).
      absence: /[ixe]/.test(flags) ? ('unreadable' as const) : ('zero' as const),
      extras: 'unknown',
      // Constants of an enumeration: the letters' case is a spelling.
      ...(flags.includes('e') && { caseInsensitive: true }),
      ...(flags.includes('o') && { readOnly: true }),
      ...(flags.includes('r') && { kind: 'resource-id' as const }),
      ...(flags.includes('b') && { kind: 'bytes' as const }),
      ...(flags.includes('t') && { kind: 'timestamp' as const }),
      ...(flags.includes('d') && { kind: 'duration' as const }),
    },
  };
}

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/**
 * Schemas that may describe a kind of asset. Some inventories put the service or the scope before the name
 * (`RegionBackendService`), some APIs do (`DatabaseInstance`).
 */
function schemasOf(kind: string, kinds: JsonObject): string[] {
  const exact = texts(read(kinds, kind));
  if (exact.length > 0 || kind === '') return exact;
  const near = Object.keys(kinds).filter((name) => kind.endsWith(name) || name.endsWith(kind));
  return [...new Set(near.flatMap((name) => texts(read(kinds, name))))];
}

/** The published schemas of one Google service (knowledge/data/gcp/api). */
export class ApiSchemas {
  private constructor(private readonly schemas: JsonObject) {}

  static readonly NONE = new ApiSchemas({});

  /**
   * The schemas of a Cloud Asset type's service and the name of the one its resource follows. A kind that several
   * versions of an API describe takes the one that knows most of the keys at hand; null when none is published.
   */
  static open(
    knowledge: Knowledge,
    assetType: string,
    resource: JsonObject,
  ): { schemas: ApiSchemas; root: string | null } {
    const [host = '', kind = ''] = assetType.split('/');
    const service = knowledge.load(`gcp/api/${host.split('.')[0] ?? ''}`);
    const schemas = service && read(service, 'schemas');
    const kinds = service && read(service, 'kinds');
    if (!isObject(schemas) || !isObject(kinds)) return { schemas: ApiSchemas.NONE, root: null };
    const candidates = schemasOf(kind, kinds);
    const keys = Object.keys(resource);
    let best: { name: string; known: number } | undefined;
    for (const name of candidates) {
      const schema = read(schemas, name);
      if (!isObject(schema)) continue;
      const known = keys.filter((key) => Object.hasOwn(schema, key)).length;
      if (best === undefined || known > best.known) best = { name, known };
    }
    return { schemas: new ApiSchemas(schemas), root: best?.name ?? null };
  }

  private fieldsOf(schema: string | null): JsonObject | undefined {
    const fields = schema === null ? undefined : read(this.schemas, schema);
    return isObject(fields) ? fields : undefined;
  }

  /** Every field name of a schema; empty when nothing is published. */
  names(schema: string | null): readonly string[] {
    return Object.keys(this.fieldsOf(schema) ?? {});
  }

  find(schema: string | null, name: string): ApiField | undefined {
    const fields = this.fieldsOf(schema);
    const code = fields && read(fields, name);
    return typeof code === 'string' ? fieldOf(code) : undefined;
  }
}
