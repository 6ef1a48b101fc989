import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';
import { keyInAnyCase } from '../any-case.js';

/** One field of an ARM object, as the management API describes it. */
export interface ArmField {
  /** The field's name as the API spells it. */
  readonly name: string;
  /** Computed by the service. Some requests may set it all the same, so it only speaks of what nobody declared. */
  readonly readOnly: boolean;
  readonly facts: FieldFacts;
  /** The value, or each element or entry, is an object of this schema; null for scalars. */
  readonly schema: string | null;
  readonly shape: 'scalar' | 'object' | 'list' | 'map';
}

const CODE = /^([otdb]*)([[{]*)(?:>(.*))?$/;

function shapeOf(container: string, schema: string | undefined): ArmField['shape'] {
  if (container.startsWith('[')) return 'list';
  if (container.startsWith('{')) return 'map';
  return schema === undefined ? 'scalar' : 'object';
}

function fieldOf(name: string, entry: JsonValue): ArmField {
  const [code, fallback] = Array.isArray(entry) ? entry : [entry];
  const [, flags = '', container = '', schema] =
    (typeof code === 'string' ? CODE.exec(code) : null) ?? [];
  return {
    name,
    readOnly: flags.includes('o'),
    schema: schema ?? null,
    shape: shapeOf(container, schema),
    facts: {
      ...(fallback !== undefined && { default: fallback }),
      ...(flags.includes('t') && { kind: 'timestamp' as const }),
      ...(flags.includes('b') && { kind: 'bytes' as const }),
    },
  };
}

/** The published schemas of one Azure resource provider (knowledge/data/azure/arm). */
export class ArmSchemas {
  private constructor(private readonly schemas: JsonObject) {}

  static readonly NONE = new ArmSchemas({});

  /** The schemas of a resource type's provider and the name of the one it follows; null when none is published. */
  static open(knowledge: Knowledge, type: string): { schemas: ArmSchemas; root: string | null } {
    const [namespace = '', ...names] = type.toLowerCase().split('/');
    const provider = knowledge.load(`azure/arm/${namespace}`);
    const schemas = provider && read(provider, 'schemas');
    const types = provider && read(provider, 'types');
    if (!isObject(schemas) || !isObject(types)) return { schemas: ArmSchemas.NONE, root: null };
    const root = read(types, names.join('/'));
    return { schemas: new ArmSchemas(schemas), root: typeof root === 'string' ? root : null };
  }

  private fieldsOf(schema: string | null): JsonObject | undefined {
    const fields = schema === null ? undefined : read(this.schemas, schema);
    return isObject(fields) ? fields : undefined;
  }

  /** Every field name of a schema; empty when nothing is published. */
  names(schema: string | null): readonly string[] {
    return Object.keys(this.fieldsOf(schema) ?? {});
  }

  /** A field by name, in whatever case: ARM does not tell them apart. */
  find(schema: string | null, name: string): ArmField | undefined {
    const fields = this.fieldsOf(schema);
    if (!fields) return undefined;
    const found = keyInAnyCase(fields, name);
    const entry = found === undefined ? undefined : read(fields, found);
    return found === undefined || entry === undefined ? undefined : fieldOf(found, entry);
  }
}
