import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { appendPath } from '../../place.js';
import { isEmpty, isObject, read } from '../../values.js';
import { SERVER_METADATA } from './kubernetes-node.js';
import { OPEN_TYPE } from './openapi-schema.js';
import type { FieldSchema, TypeSchema } from './schema.js';
import { fileMode, isInline, isProviderOnly, nameInApi } from './terraform-names.js';

export interface ConvertedManifest {
  readonly manifest: JsonObject;
  /** `spec.template.spec.containers[0].image` → `spec[0].template[0].spec[0].container[0].image`. */
  inCode(path: string): string;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Terraform writes an unset number or boolean as zero; the API leaves it out. */
function isUnset(value: JsonValue, actual: JsonValue | undefined): boolean {
  if (isEmpty(value)) return true;
  return (value === false || value === 0) && actual === undefined;
}

/** Turns a state of hashicorp/kubernetes into the manifest it stands for; `actual` helps to find the API's names. */
export function manifestFromTerraform(
  attributes: JsonObject,
  actual: JsonObject,
  type: TypeSchema,
): ConvertedManifest {
  const places = new Map<string, string>();

  function convertObject(
    source: JsonObject,
    live: JsonObject,
    schema: TypeSchema,
    path: string,
    code: string,
  ): JsonObject {
    const manifest: JsonObject = {};
    for (const [key, value] of Object.entries(source)) {
      if (path === '' && isProviderOnly(key)) continue;
      const [only] = Array.isArray(value) ? value : [];
      if (isObject(only) && isInline(key, schema)) {
        const inside = appendPath(appendPath(code, key), 0);
        Object.assign(manifest, convertObject(only, live, schema, path, inside));
        continue;
      }
      const name = nameInApi(key, schema, live);
      if (schema.name.endsWith('#ObjectMeta') && SERVER_METADATA.has(name)) continue;
      const there = read(live, name);
      if (isUnset(value, there)) continue;
      const below = appendPath(path, name);
      const converted = convert(
        fileMode(name, value),
        there,
        schema.field(name),
        below,
        appendPath(code, key),
      );
      if (!isEmpty(converted)) manifest[name] = converted;
    }
    return manifest;
  }

  function convert(
    value: JsonValue,
    live: JsonValue | undefined,
    field: FieldSchema,
    path: string,
    code: string,
  ): JsonValue {
    places.set(path, code);
    const type = field.type ?? OPEN_TYPE;
    if (field.shape === 'map') return value;
    if (!Array.isArray(value)) {
      return isObject(value) ? convertObject(value, objectOf(live), type, path, code) : value;
    }
    const [first] = value;
    const single = field.shape === 'struct' || (field.shape === 'plain' && isObject(live));
    if (single && isObject(first) && value.length === 1) {
      return convertObject(first, objectOf(live), type, path, appendPath(code, 0));
    }
    const elements = Array.isArray(live) ? live : [];
    return value.map((item, index) => {
      const below = appendPath(path, index);
      const inCode = appendPath(code, index);
      places.set(below, inCode);
      return isObject(item)
        ? convertObject(item, objectOf(elements[index]), type, below, inCode)
        : item;
    });
  }

  const manifest = convertObject(attributes, actual, type, '', '');
  return { manifest, inCode: (path) => inCode(path, places) };
}

/** The longest converted place the path starts with, and the rest as it is. */
function inCode(path: string, places: ReadonlyMap<string, string>): string {
  for (let end = path.length; end > 0; end--) {
    if (end < path.length && path[end] !== '.' && path[end] !== '[') continue;
    const place = places.get(path.slice(0, end));
    if (place !== undefined) return `${place}${path.slice(end)}`;
  }
  return path;
}
