// node scripts/catalogues/gcp-api.mjs DOCUMENTS TYPES.json
//
// Writes src/modules/drifts/knowledge/data/gcp/api: what each Google API says of the fields of its resources.
// - DOCUMENTS: folder of API discovery documents, as published at https://discovery.googleapis.com and shipped in the
//   PyPI package google-api-python-client (googleapiclient/discovery_cache/documents, Apache-2.0);
// - TYPES: Terraform type → Cloud Asset Inventory type, which names the services that matter.
//
// One file a service: `{ kinds: { Instance: ["Instance"] }, schemas: { Instance: { field: code } } }`. A code is a run of
// letters, then the shape: `o` output only, `i` input only, `x` deprecated, `e` enum, `t` timestamp, `d` duration, `b` bytes
// in base64, `n` number written as text, `r` the name or link of another resource; `[` list, `{` map, `>Name` object of that
// schema.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [documents, typesFile] = process.argv.slice(2);
if (!documents || !typesFile) {
  console.error('usage: node scripts/catalogues/gcp-api.mjs DOCUMENTS TYPES.json');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '../../src/modules/drifts/knowledge/data/gcp/api');
rmSync(root, { recursive: true, force: true });
mkdirSync(root, { recursive: true });

const assets = Object.values(JSON.parse(readFileSync(typesFile, 'utf8')));
/** Services of google provider resources that the map of asset types does not name. */
const MORE_SERVICES =
  'apigateway apihub bigquerydatatransfer bigqueryreservation bigtableadmin cloudbilling cloudidentity cloudscheduler config \
dataform datalineage essentialcontacts firestore memorystore migrationcenter osconfig parallelstore parametermanager \
privilegedaccessmanager recaptchaenterprise servicenetworking storagetransfer tpu transcoder workstations'.split(
    /\s+/,
  );
const services = new Set([
  ...assets.flatMap(({ cai_asset_types: types }) => types.map((type) => type.split('.')[0])),
  ...MORE_SERVICES,
]);

function shapeOf(property) {
  if (property.$ref) return `>${property.$ref}`;
  if (property.type === 'array') return `[${shapeOf(property.items ?? {})}`;
  if (property.additionalProperties) return `{${shapeOf(property.additionalProperties)}`;
  return '';
}

/** How descriptions speak of a reference: "The URL of the instance template that …", "projects/{project}/…". */
const REFERENCE =
  /\b(URLs?|URIs?|resource names?|self-?links?|full names?) (of|to|for|that)\b|\bprojects\/[{*]/i;

function isReference({ type, items, description = '' }) {
  return (type === 'string' || items?.type === 'string') && REFERENCE.test(description);
}

function codeOf(property) {
  let flags = '';
  if (property.readOnly || /^(\[?output[ -]only|\[output only\])/i.test(property.description ?? ''))
    flags += 'o';
  if (/\b(input|write)[ -]only\b/i.test(property.description ?? '')) flags += 'i';
  if (property.deprecated) flags += 'x';
  if (property.enum) flags += 'e';
  if (isReference(property)) flags += 'r';
  if (property.format === 'byte') flags += 'b';
  if (/timestamp|date-time/.test(property.format ?? '')) flags += 't';
  if (/duration/.test(property.format ?? '')) flags += 'd';
  if (property.type === 'string' && /int64/.test(property.format ?? '')) flags += 'n';
  return flags + shapeOf(property);
}

/** An object written in place gets a schema of its own; answers the reference to it, empty for everything else. */
function inPlace(property, name, all) {
  const inner = property.properties
    ? property
    : property.items?.properties
      ? property.items
      : undefined;
  if (!inner) return '';
  all[name] = Object.fromEntries(
    Object.entries(inner.properties).map(([key, below]) => [
      key,
      codeOf(below) + inPlace(below, `${name}.${key}`, all),
    ]),
  );
  return `>${name}`;
}

function* methodsOf(resources) {
  for (const resource of Object.values(resources ?? {})) {
    yield* Object.entries(resource.methods ?? {});
    yield* methodsOf(resource.resources);
  }
}

function references(code) {
  const at = code.indexOf('>');
  return at < 0 ? [] : [code.slice(at + 1)];
}

// Stable versions last, so that their word stands where versions disagree.
const rank = (file) => (/\.v\d+\.json$/.test(file) ? 1 : 0);
const files = readdirSync(documents)
  .filter((file) => services.has(file.split('.')[0]))
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

const found = {};
for (const file of files) {
  const document = JSON.parse(readFileSync(path.join(documents, file), 'utf8'));
  const service = (found[file.split('.')[0]] ??= { kinds: {}, schemas: {} });
  const all = {};
  for (const [name, schema] of Object.entries(document.schemas ?? {})) {
    const fields = Object.entries(schema.properties ?? {}).map(([key, property]) => [
      key,
      codeOf(property),
    ]);
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      fields.find(([k]) => k === key)[1] += inPlace(property, `${name}.${key}`, all);
    all[name] = Object.fromEntries(fields);
  }
  const queue = [];
  for (const [method, { response }] of methodsOf(document.resources)) {
    if (!response?.$ref || !/^(get|describe)/i.test(method)) continue;
    const schema = response.$ref;
    const kind = schema.replace(
      /^Google(?:Cloud|Devtools|Monitoring|Identity)?\w*?(?:V\d+\w*?)(?=[A-Z][a-z])/,
      '',
    );
    for (const name of new Set([schema, kind])) {
      const schemas = (service.kinds[name] ??= []);
      if (!schemas.includes(schema)) schemas.push(schema);
    }
    queue.push(schema);
  }
  const reached = new Set();
  while (queue.length > 0) {
    const name = queue.pop();
    if (reached.has(name) || !all[name]) continue;
    reached.add(name);
    service.schemas[name] = { ...service.schemas[name], ...all[name] };
    queue.push(...Object.values(all[name]).flatMap(references));
  }
}
for (const [service, content] of Object.entries(found)) {
  writeFileSync(path.join(root, `${service}.json`), `${JSON.stringify(content)}\n`);
}
