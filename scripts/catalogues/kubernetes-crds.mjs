// Writes src/modules/drifts/knowledge/data/kubernetes/crds/*.json from published CustomResourceDefinitions, for scans that cannot
// read the cluster's own.
//
//   for m in sigs.k8s.io/gateway-api@v1.4.0 github.com/cert-manager/cert-manager@v1.19.1 github.com/kedacore/keda/v2@v2.18.0; do
//     go mod download $m; done
//   node scripts/catalogues/kubernetes-crds.mjs "$(go env GOMODCACHE)"
//
// All three are Apache-2.0. Only facts are kept: defaults, list types and keys, quantities and durations.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const SOURCES = [
  'sigs.k8s.io/gateway-api@v1.4.0/config/crd/experimental',
  'github.com/cert-manager/cert-manager@v1.19.1/deploy/crds',
  'github.com/kedacore/keda/v2@v2.18.0/config/crd/bases',
];

const [modules] = process.argv.slice(2);
if (!modules) throw new Error('usage: kubernetes-crds.mjs <Go module cache>');
const out = new URL('../../src/modules/drifts/knowledge/data/kubernetes/crds/', import.meta.url)
  .pathname;

const kinds = {};
const files = {};
for (const folder of SOURCES) {
  for (const file of readdirSync(join(modules, folder)).filter((name) => /\.ya?ml$/.test(name))) {
    for (const document of parseAllDocuments(readFileSync(join(modules, folder, file), 'utf8'))) {
      const definition = document.toJS();
      if (definition?.kind === 'CustomResourceDefinition') collect(definition.spec);
    }
  }
}

function collect({ group, names, versions }) {
  for (const { name: version, schema, storage } of versions) {
    const file = `${group.split('.')[0]}-${version}`;
    const types = (files[file] ??= {});
    const apiVersion = `${group}/${version}`;
    const served = (kinds[names.kind] ??= {});
    if (storage) kinds[names.kind] = { [apiVersion]: `crds/${file}#${names.kind}`, ...served };
    else served[apiVersion] = `crds/${file}#${names.kind}`;
    describe(schema.openAPIV3Schema, names.kind, `crds/${file}`, types);
  }
}

function isZero(value) {
  return value === 0 || value === '' || value === false;
}

function spelling(schema) {
  const pattern = schema.pattern ?? '';
  if (schema['x-kubernetes-int-or-string'])
    return pattern.includes('[KMGTPE]i') ? 'quantity' : 'int-or-string';
  if (schema.format === 'duration' || pattern.includes('(h|m|s|ms)')) return 'duration';
  return schema.format === 'date-time' ? 'time' : undefined;
}

/** Adds one type and those below it; true when anything is worth knowing about it. */
function describe(schema, name, file, types) {
  const fields = {};
  for (const [key, property] of Object.entries(schema.properties ?? {}).sort()) {
    const root = !name.includes('.');
    if (root && ['apiVersion', 'kind', 'status'].includes(key)) continue;
    if (root && key === 'metadata') {
      fields.metadata = { r: 'meta-v1#ObjectMeta' };
      continue;
    }
    const facts = {};
    const inner = property.additionalProperties ?? property.items ?? property;
    const below = `${name}.${key}`;
    if (inner.properties !== undefined && describe(inner, below, file, types))
      facts.r = `${file}#${below}`;
    const spelled = spelling(inner);
    if (spelled !== undefined) facts.n = spelled;
    if (property.additionalProperties !== undefined) facts.m = 1;
    if (property.type === 'array') {
      const keys = property['x-kubernetes-list-map-keys'] ?? [];
      facts.l = keys.length > 0 ? 'm' : property['x-kubernetes-list-type'] === 'set' ? 's' : 'a';
      if (keys.length > 0) facts.k = keys;
    }
    if (property.default !== undefined && !isZero(property.default)) facts.d = property.default;
    if (Object.keys(facts).length > 0 && !(facts.l === 'a' && Object.keys(facts).length === 1))
      fields[key] = facts;
  }
  if (Object.keys(fields).length === 0) return false;
  types[name] = { f: fields };
  return true;
}

const source = SOURCES.join(', ');
mkdirSync(out, { recursive: true });
const sorted = (object) => Object.fromEntries(Object.entries(object).sort());
for (const [file, types] of Object.entries(files)) {
  writeFileSync(join(out, `${file}.json`), `${JSON.stringify({ source, types: sorted(types) })}\n`);
}
writeFileSync(join(out, 'kinds.json'), `${JSON.stringify({ source, kinds: sorted(kinds) })}\n`);
console.log(`${Object.keys(kinds).length} kinds, ${Object.keys(files).length} files`);
