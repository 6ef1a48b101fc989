// Writes src/modules/drifts/knowledge/data/aws/cfn/<service>.json from the published CloudFormation registry schemas.
//
//   pip download cfn-lint==1.58.0 --no-deps -d /tmp/cfn && unzip -q /tmp/cfn/cfn_lint-*.whl -d /tmp/cfn/lint
//   npm install --no-save @aws-cdk/aws-service-spec@0.1.216
//   node scripts/catalogues/aws-cloudformation.mjs /tmp/cfn/lint/cfnlint/data/schemas
//
// The registry schemas (as republished by cfn-lint, MIT-0) carry read-only, write-only, create-only, insertion order and defaults;
// @aws-cdk/aws-service-spec (Apache-2.0) carries the longer documentation, from which documented defaults are read.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { documentedDefaults } from './aws-documented-defaults.mjs';
import { compactTransforms } from './aws-property-transforms.mjs';

const [schemas] = process.argv.slice(2);
if (!schemas) throw new Error('usage: aws-cloudformation.mjs <cfn-lint schemas folder>');
const out = new URL('../../src/modules/drifts/knowledge/data/aws/cfn/', import.meta.url).pathname;

const { loadAwsServiceSpec } = await import('@aws-cdk/aws-service-spec');
const spec = await loadAwsServiceSpec();

const documentationOf = new Map();
const scrutinyOf = new Map();
for (const resource of spec.all('resource')) {
  const type = resource.cloudFormationType;
  for (const [name, property] of Object.entries(resource.properties)) {
    documentationOf.set(`${type} ${name}`, property);
    if (property.scrutinizable && property.scrutinizable !== 'None')
      scrutinyOf.set(`${type} ${name}`, property.scrutinizable);
  }
  for (const { entity } of spec.follow('usesType', resource)) {
    for (const [name, property] of Object.entries(entity.properties))
      documentationOf.set(`${type} ${entity.name}.${name}`, property);
  }
}

const pointer = (text) =>
  text
    .replace(/^\/?properties\//, '')
    .replaceAll('/properties/', '/')
    .replaceAll('/items/', '/*/')
    .replaceAll('/', '.');
const definitionName = (ref) => ref.split('/').at(-1);
const SCALARS = { string: 's', integer: 'i', number: 'n', boolean: 'b', null: '' };

/** What a schema says of a list's order: `<` none, `!` kept, `~` unique scalars, `[` nothing said. */
function listSign(all, element) {
  if (all.some((shape) => shape.insertionOrder === false)) return '<';
  if (/^[sinb]$/.test(element) && all.some((shape) => shape.uniqueItems === true)) return '~';
  return all.some((shape) => shape.insertionOrder === true) ? '!' : '[';
}

/** Follows `$ref` and gathers the alternatives of oneOf / anyOf / allOf into one list of shapes. */
function shapes(schema, definitions, seen = new Set()) {
  if (schema === undefined || schema === true || schema === false) return [];
  if (schema.$ref?.startsWith('#/definitions/')) {
    const name = definitionName(schema.$ref);
    if (seen.has(name)) return [];
    return shapes(definitions[name], definitions, new Set([...seen, name]));
  }
  const parts = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap((part) => shapes(part, definitions, seen))];
}

function typesOf(all) {
  const types = new Set();
  for (const { type } of all) for (const one of [type ?? []].flat()) types.add(one);
  return types;
}

/**
 * `s i n b` scalars, `j` free-form JSON, `{x` map, `#Name` definition, and lists: `<x` without order, `!x` in order,
 * `~x` of unique scalars, `[x` where the schema says nothing.
 */
function code(schema, definitions, inline, depth = 0) {
  if (schema?.$ref?.startsWith('#/definitions/')) {
    const name = definitionName(schema.$ref);
    if (shapes(definitions[name], definitions).some((shape) => shape.properties)) return `#${name}`;
    return depth > 12 ? 'j' : code(definitions[name], definitions, inline, depth + 1);
  }
  const all = shapes(schema, definitions);
  const types = typesOf(all);
  if (all.some((shape) => shape.properties)) return `#${inline(schema)}`;
  if (types.has('array')) {
    const list = all.find((shape) => shape.items) ?? {};
    const element = code(list.items, definitions, inline, depth + 1);
    const sign = listSign(all, element);
    return `${sign}${element}`;
  }
  if (types.has('object')) {
    const values = all.flatMap((shape) => Object.values(shape.patternProperties ?? {}));
    return values.length > 0 ? `{${code(values[0], definitions, inline, depth + 1)}` : 'j';
  }
  for (const scalar of ['string', 'boolean', 'integer', 'number'])
    if (types.has(scalar)) return SCALARS[scalar];
  const reference = schema?.allOf?.[0] ?? schema?.oneOf?.[0] ?? schema?.anyOf?.[0];
  return reference && depth < 12 ? code(reference, definitions, inline, depth + 1) : 'j';
}

function describe(type, owner, name, schema, definitions, inline) {
  const kind = code(schema, definitions, inline);
  const all = shapes(schema, definitions);
  const facts = {};
  const allowed =
    all.find((shape) => shape.enum)?.enum ??
    all.find((shape) => shape.enumCaseInsensitive)?.enumCaseInsensitive;
  if (allowed && allowed.length <= 60 && /^[sin]$/.test(kind)) facts.e = allowed;
  if (all.some((shape) => shape.enumCaseInsensitive)) facts.c = 1;
  const fixed = all.find((shape) => shape.default !== undefined)?.default;
  if (fixed !== undefined) facts.d = fixed;
  const documented = documentationOf.get(`${type} ${owner}${name}`);
  if (/^[sinb]$/.test(kind)) {
    const texts = [
      documented?.documentation,
      ...all.map((shape) => shape.description),
      documented?.defaultValue && `Default: \`${documented.defaultValue}\``,
    ];
    const values = [...new Set(texts.flatMap((text) => documentedDefaults(text, kind, allowed)))];
    if (values.length > 0 && !(values.length === 1 && values[0] === fixed)) facts.w = values;
  }
  if (all.some((shape) => shape.format === 'date-time' || shape.format === 'timestamp'))
    facts.t = 1;
  const keys = all.find((shape) => Array.isArray(shape.uniqueKeys))?.uniqueKeys;
  if (keys) facts.k = keys;
  const scrutiny = owner === '' ? scrutinyOf.get(`${type} ${name}`) : undefined;
  if (scrutiny) facts.x = scrutiny;
  return Object.keys(facts).length === 0 ? kind : [kind, facts];
}

function propertiesOf(schema, definitions) {
  const all = shapes(schema, definitions);
  return Object.assign({}, ...all.map((shape) => shape.properties ?? {}));
}

function compact(schema) {
  const definitions = { ...schema.definitions };
  const type = schema.typeName;
  const result = { id: (schema.primaryIdentifier ?? []).map(pointer) };
  const also = (schema.additionalIdentifiers ?? []).map((one) => one.map(pointer).join('|'));
  if (also.length > 0) result.also = also;
  for (const [key, list] of [
    ['ro', schema.readOnlyProperties],
    ['wo', schema.writeOnlyProperties],
    ['co', schema.createOnlyProperties],
  ])
    if (list?.length > 0) result[key] = list.map(pointer);
  const tags = schema.tagging?.tagProperty;
  if (tags && schema.tagging.taggable !== false) result.tags = pointer(tags);
  const transforms = compactTransforms(schema.propertyTransform ?? {}, pointer);
  if (Object.keys(transforms).length > 0) result.tr = transforms;

  let anonymous = 0;
  const inlined = new Map();
  const inline = (inner) => {
    const known = inlined.get(inner);
    if (known) return known;
    const name = `_${anonymous++}`;
    inlined.set(inner, name);
    definitions[name] = inner;
    return name;
  };
  const block = (owner, properties) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        describe(type, owner, name, property, definitions, inline),
      ]),
    );
  result.p = block('', propertiesOf(schema, definitions));
  const written = {};
  const queue = referenced(result.p);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (written[name]) continue;
    written[name] = block(`${name}.`, propertiesOf(definitions[name], definitions));
    queue.push(...referenced(written[name]));
  }
  if (Object.keys(written).length > 0) result.defs = written;
  return result;
}

function referenced(properties) {
  return Object.values(properties)
    .map((entry) => /#(.+)$/.exec(Array.isArray(entry) ? entry[0] : entry)?.[1])
    .filter((name) => name !== undefined);
}

const services = new Map();
for (const file of readdirSync(join(schemas, 'resources'))) {
  if (!file.endsWith('.json')) continue;
  const schema = JSON.parse(readFileSync(join(schemas, 'resources', file), 'utf8'));
  if (!/^(AWS|Alexa)::/.test(schema.typeName)) continue;
  const service = schema.typeName.split('::').slice(0, 2).join('-').toLowerCase();
  if (!services.has(service)) services.set(service, {});
  services.get(service)[schema.typeName] = compact(schema);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
let bytes = 0;
for (const [service, types] of [...services].sort()) {
  const lines = Object.keys(types)
    .sort()
    .map((type) => `${JSON.stringify(type)}:${JSON.stringify(types[type])}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  bytes += text.length;
  writeFileSync(join(out, `${service.replace(/^aws-/, '')}.json`), text);
}
console.log(`${services.size} services, ${bytes} bytes`);
