import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every definition of one release, from its v3 folder or its v2 `swagger.json`, by full name. */
export function readDefinitions(source) {
  if (!statSync(source).isDirectory()) return JSON.parse(readFileSync(source, 'utf8')).definitions;
  const definitions = {};
  for (const file of readdirSync(source).sort()) {
    const schemas = JSON.parse(readFileSync(join(source, file), 'utf8')).components?.schemas ?? {};
    for (const [name, schema] of Object.entries(schemas)) definitions[name] ??= schema;
  }
  return definitions;
}

/** `io.k8s.api.apps.v1.Deployment` → `{ file: 'apps-v1', type: 'Deployment', folder: 'apps/v1', module: 'api' }`. */
export function placeOf(fullName) {
  const parts = fullName.split('.');
  const type = parts.at(-1);
  const version = parts.at(-2);
  const group = parts.at(-3);
  const file = `${group}-${version}`;
  if (fullName.startsWith('io.k8s.api.')) {
    return { file, type, module: 'api', folder: `${group}/${version}` };
  }
  const match = /^io\.k8s\.([\w-]+)\.(pkg\..+)\.\w+$/.exec(fullName);
  if (match === null) return { file, type, module: null, folder: null };
  return { file, type, module: match[1], folder: match[2].replaceAll('.', '/') };
}

export const refOf = (schema) =>
  (schema?.$ref ?? schema?.allOf?.find((part) => part.$ref)?.$ref)?.split('/').at(-1);

const SPELLINGS = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Duration': 'duration',
};
const FORMATS = { byte: 'bytes', 'date-time': 'time', 'int-or-string': 'int-or-string' };

const spellingOf = (schema) => SPELLINGS[refOf(schema)] ?? FORMATS[schema?.format];
const structRef = (schema) => {
  const ref = refOf(schema);
  return ref === undefined || SPELLINGS[ref] ? undefined : ref;
};
const isZero = (value) =>
  value === 0 || value === '' || value === false || JSON.stringify(value) === '{}';

/**
 * The facts of one property that are not the trivial ones of a plain scalar:
 * `r` type of the value, element or map value; `l` list type; `k` list-map keys; `m` map; `d` default; `n` spelling; `x` atomic map.
 */
export function factsOf(schema) {
  const facts = {};
  const value = schema.additionalProperties ?? schema.items ?? schema;
  const ref = structRef(value);
  const spelling = spellingOf(value);
  if (ref !== undefined) facts.r = ref;
  if (spelling !== undefined) facts.n = spelling;
  if (schema.additionalProperties !== undefined) facts.m = 1;
  if (schema.type === 'array') {
    const keys =
      schema['x-kubernetes-list-map-keys'] ??
      (/merge/.test(schema['x-kubernetes-patch-strategy'] ?? '')
        ? [schema['x-kubernetes-patch-merge-key']].flat().filter(Boolean)
        : []);
    const listType = schema['x-kubernetes-list-type'];
    facts.l = keys.length > 0 ? 'm' : listType === 'set' ? 's' : 'a';
    if (keys.length > 0) facts.k = keys;
  }
  if (schema['x-kubernetes-map-type'] === 'atomic') facts.x = 1;
  if (schema.default !== undefined && !isZero(schema.default)) facts.d = schema.default;
  return facts;
}
