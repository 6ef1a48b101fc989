// Writes src/modules/drifts/knowledge/data/kubernetes/*.json from the published Kubernetes API.
//
//   cd /tmp/kubernetes && for m in kubernetes@v1.36.0 kubernetes@v1.21.14 kubernetes@v1.15.12 \
//     api@v0.36.0 api@v0.21.14 api@v0.15.12 apimachinery@v0.36.0 apiextensions-apiserver@v0.36.0 \
//     apiextensions-apiserver@v0.21.14 kube-aggregator@v0.36.0; do go mod download k8s.io/$m; done
//   node scripts/catalogues/kubernetes.mjs "$(go env GOMODCACHE)/k8s.io"
//
// The OpenAPI documents of k8s.io/kubernetes (Apache-2.0) carry list types, list-map keys, quantities and some defaults; the Go
// types of k8s.io/api say which fields are pointers. Older releases add the kinds and versions a newer one no longer serves.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { goField, readGoTypes } from './kubernetes/go-types.mjs';
import { factsOf, placeOf, readDefinitions } from './kubernetes/openapi-types.mjs';

const RELEASES = [
  { openapi: 'kubernetes@v1.36.0/api/openapi-spec/v3', go: '0.36.0' },
  { openapi: 'kubernetes@v1.21.14/api/openapi-spec/swagger.json', go: '0.21.14' },
  { openapi: 'kubernetes@v1.15.12/api/openapi-spec/swagger.json', go: '0.15.12' },
];

const [modules] = process.argv.slice(2);
if (!modules) throw new Error('usage: kubernetes.mjs <Go module cache>/k8s.io');
const out = new URL('../../src/modules/drifts/knowledge/data/kubernetes/', import.meta.url)
  .pathname;

const definitions = {};
const goVersions = new Map();
for (const { openapi, go } of RELEASES) {
  for (const [name, schema] of Object.entries(readDefinitions(join(modules, openapi)))) {
    if (name in definitions) continue;
    definitions[name] = schema;
    goVersions.set(name, go);
  }
}

const goPackages = new Map();
function goTypesOf(fullName) {
  const { module, folder } = placeOf(fullName);
  if (module === null) return new Map();
  const versions = [goVersions.get(fullName), ...RELEASES.map(({ go }) => go)];
  for (const version of versions) {
    const path = join(modules, `${module}@v${version}`, folder);
    if (!existsSync(path)) continue;
    if (!goPackages.has(path)) goPackages.set(path, readGoTypes(path));
    const types = goPackages.get(path);
    if (types.has(placeOf(fullName).type)) return types;
  }
  return new Map();
}

const kinds = {};
const files = {};
const wanted = [];
for (const [name, schema] of Object.entries(definitions)) {
  const versions = schema['x-kubernetes-group-version-kind'] ?? [];
  if (versions.length !== 1 || /List$/.test(versions[0].kind)) continue;
  if (schema.properties?.metadata === undefined) continue;
  const { group, version, kind } = versions[0];
  const apiVersion = group === '' ? version : `${group}/${version}`;
  (kinds[kind] ??= {})[apiVersion] ??= refFor(name);
  wanted.push(name);
}

function refFor(name) {
  const { file, type } = placeOf(name);
  return `${file}#${type}`;
}

const seen = new Set(wanted);
while (wanted.length > 0) {
  const name = wanted.pop();
  const { file, type } = placeOf(name);
  const described = describe(name);
  if (described !== undefined) (files[file] ??= {})[type] = described;
}

/** One type: `p` pointers among plain fields, `z` plain numbers and booleans without one, `f` everything else. */
function describe(name) {
  const schema = definitions[name];
  if (schema?.properties === undefined) return undefined;
  const goTypes = goTypesOf(name);
  const { type } = placeOf(name);
  const isKind = schema['x-kubernetes-group-version-kind'] !== undefined;
  const pointers = [];
  const zeros = [];
  const fields = {};
  for (const [key, property] of Object.entries(schema.properties).sort()) {
    if (isKind && (key === 'status' || key === 'apiVersion' || key === 'kind')) continue;
    const facts = factsOf(property);
    const go = goField(goTypes, type, key);
    if (facts.r !== undefined) {
      if (!seen.has(facts.r)) {
        seen.add(facts.r);
        wanted.push(facts.r);
      }
      if (facts.r.endsWith('.JSONSchemaProps')) delete facts.r;
      else facts.r = refFor(facts.r);
    }
    if (go?.pointer && !go.collection) {
      if (Object.keys(facts).length === 0) pointers.push(key);
      else facts.p = 1;
    } else if (go?.scalar && !go.collection && facts.n === undefined) {
      zeros.push(key);
    }
    if (Object.keys(facts).length > 0) fields[key] = facts;
  }
  return {
    ...(pointers.length > 0 && { p: pointers }),
    ...(zeros.length > 0 && { z: zeros }),
    ...(Object.keys(fields).length > 0 && { f: fields }),
  };
}

const source = RELEASES.map(({ openapi }) => `k8s.io/${openapi}`).join(', ');
const sorted = (object) => Object.fromEntries(Object.entries(object).sort());
mkdirSync(out, { recursive: true });
const save = (file, content) =>
  writeFileSync(join(out, `${file}.json`), `${JSON.stringify(content)}\n`);
for (const [file, types] of Object.entries(files)) save(file, { source, types: sorted(types) });
save('kinds', { source, kinds: sorted(kinds) });
console.log(`${Object.keys(kinds).length} kinds, ${Object.keys(files).length} files`);
