import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import { isObject, read } from '../../values.js';
import { fieldSchema, type FieldSchema, type TypeSchema } from './schema.js';

/** A field no schema describes: nothing is concluded from its absence. */
export const OPEN_FIELD: FieldSchema = fieldSchema({ known: false, facts: { extras: 'unknown' } });

/** A type nobody described. */
export const OPEN_TYPE: TypeSchema = { name: '', field: () => OPEN_FIELD, names: () => [] };

function objectAt(parent: JsonObject, key: string): JsonObject | undefined {
  const value = read(parent, key);
  return isObject(value) ? value : undefined;
}

/** The `pattern` that controller-gen writes for `resource.Quantity`. */
function isQuantity(schema: JsonObject): boolean {
  const pattern = read(schema, 'pattern');
  return (
    read(schema, 'x-kubernetes-int-or-string') === true &&
    typeof pattern === 'string' &&
    pattern.includes('[KMGTPE]i')
  );
}

function spellingOf(schema: JsonObject): Pick<FieldFacts, 'kind'> {
  if (isQuantity(schema)) return { kind: 'quantity' };
  const format = read(schema, 'format');
  if (format === 'duration') return { kind: 'duration' };
  if (format === 'date-time') return { kind: 'timestamp' };
  return {};
}

function listFacts(schema: JsonObject, items: JsonObject | undefined): FieldFacts {
  const keys = read(schema, 'x-kubernetes-list-map-keys');
  const identity = Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  const properties = items && objectAt(items, 'properties');
  const defaults = identity.flatMap((key) => {
    const property = properties && objectAt(properties, key);
    const value = property && read(property, 'default');
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...(identity.length > 0 && { identity, identityDefaults: Object.fromEntries(defaults) }),
    ...(read(schema, 'x-kubernetes-list-type') === 'set' && { order: 'set' as const }),
    ...(items !== undefined && read(items, 'type') === 'object' && { explicitEmpty: true }),
  };
}

function fieldFrom(schema: JsonObject, name: string): FieldSchema {
  const items = objectAt(schema, 'items');
  const values = objectAt(schema, 'additionalProperties');
  const inner = items ?? values;
  const struct = objectAt(schema, 'properties') !== undefined;
  const fallback = read(schema, 'default');
  return fieldSchema({
    shape: items ? 'list' : values ? 'map' : struct ? 'struct' : 'plain',
    type: () => typeFrom(inner ?? schema, name),
    facts: items ? listFacts(schema, items) : spellingOf(schema),
    elementFacts: inner ? spellingOf(inner) : {},
    zero: false,
    defaultsFor: () => (fallback === undefined ? [] : [fallback]),
  });
}

function typeFrom(schema: JsonObject, name: string): TypeSchema {
  const properties = objectAt(schema, 'properties');
  const fields = new Map<string, FieldSchema>();
  return {
    name,
    names: () => Object.keys(properties ?? {}),
    field(key) {
      let field = fields.get(key);
      if (field === undefined) {
        const property = properties && objectAt(properties, key);
        field = property ? fieldFrom(property, `${name}.${key}`) : OPEN_FIELD;
        fields.set(key, field);
      }
      return field;
    },
  };
}

const BUILT = new WeakMap<JsonObject, TypeSchema>();

/** The type of an `openAPIV3Schema` of a CustomResourceDefinition; built once per schema object. */
export function openApiType(schema: JsonObject, name: string): TypeSchema {
  let type = BUILT.get(schema);
  if (type === undefined) {
    type = typeFrom(schema, name);
    BUILT.set(schema, type);
  }
  return type;
}

/** The structural schema of one version of a CRD, v1 or v1beta1; undefined when it serves no such kind or version. */
export function schemaInDefinition(
  definition: JsonObject,
  group: string,
  version: string,
  kind: string,
): JsonObject | undefined {
  const spec = objectAt(definition, 'spec');
  const names = spec && objectAt(spec, 'names');
  if (!spec || !names || read(names, 'kind') !== kind || read(spec, 'group') !== group)
    return undefined;
  const versions: JsonValue | undefined = read(spec, 'versions');
  const served = Array.isArray(versions) ? versions.filter(isObject) : [];
  const match = served.find((one) => read(one, 'name') === version);
  const own = match && objectAt(match, 'schema');
  const shared = objectAt(spec, 'validation');
  const holder = own ?? shared;
  return holder && objectAt(holder, 'openAPIV3Schema');
}
