// node scripts/catalogues/gcp.mjs FIELDS.json TYPES.json
//
// Writes src/modules/drifts/knowledge/data/gcp from two maps extracted from published material:
// - FIELDS: google provider resource → Terraform field → API field with its flags, from the provider's own resource
//   definitions (GoogleCloudPlatform/magic-modules, mmv1/products, Apache-2.0);
// - TYPES: Terraform type → Cloud Asset Inventory type and name format (Google Cloud documentation, "Supported asset
//   types", and the same definitions).
// A field is only written where it says more than "the API has the same name in camelCase".
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [fieldsFile, typesFile] = process.argv.slice(2);
if (!fieldsFile || !typesFile) {
  console.error('usage: node scripts/catalogues/gcp.mjs FIELDS.json TYPES.json');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '../../src/modules/drifts/knowledge/data/gcp');
rmSync(path.join(root, 'fields'), { recursive: true, force: true });
mkdirSync(path.join(root, 'fields'), { recursive: true });

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const camelPath = (field) => field.split('.').map(camel).join('.');

// One letter a flag keeps the files small; the lens names them (lenses/gcp/field-catalogue.ts).
const FLAGS = {
  computed: 'c',
  set: 's',
  sensitive: 'x',
  write_only: 'w',
  ignore_read: 'i',
  url_param_only: 'u',
  default_from_api: 'a',
  custom_read: 'r',
};
const TYPES = {
  Enum: 'E',
  KeyValueLabels: 'L',
  KeyValueAnnotations: 'L',
  Time: 'T',
  Fingerprint: 'F',
  ResourceRef: 'R',
};

/** `["api path or empty", "flags", default?]`, or null where there is nothing to say. */
function entryOf(field, facts) {
  const api = facts.api === camelPath(field) ? '' : facts.api;
  let flags = Object.entries(FLAGS)
    .filter(([name]) => facts[name] === true)
    .map(([, letter]) => letter)
    .join('');
  if (/SelfLink|RelativePath|ResourceName|Project/i.test(facts.diff_suppress ?? '')) flags += 'R';
  if (/CaseDiff|caseInsensitive|Case/i.test(facts.diff_suppress ?? '')) flags += 'I';
  if (/durationDiff/i.test(facts.diff_suppress ?? '')) flags += 'D';
  // What the provider itself does not mind to be missing from an answer.
  if (/^IgnoreMissing/.test(facts.diff_suppress ?? '')) flags += 'i';
  flags += TYPES[facts.type] ?? '';
  const entry = [api, [...new Set(flags)].join('')];
  if (facts.default !== undefined) entry.push(facts.default);
  return entry.length === 2 && entry[0] === '' && entry[1] === '' ? null : entry;
}

const fields = JSON.parse(readFileSync(fieldsFile, 'utf8'));
const products = {};
const index = {};
for (const [type, resource] of Object.entries(fields).sort()) {
  const product = resource.product.toLowerCase().replace(/[^a-z0-9]/g, '');
  index[type] = product;
  const known = {};
  // Every field is named, so that a field the map lacks is known to be unknown; plain ones share one list.
  const plain = [];
  for (const [field, facts] of Object.entries(resource.fields)) {
    const entry = entryOf(field, facts);
    if (entry) known[field] = entry;
    else plain.push(field);
  }
  products[product] ??= {};
  products[product][type] = { plain: plain.join(' '), fields: known };
}

const write = (name, value) =>
  writeFileSync(path.join(root, `${name}.json`), `${JSON.stringify(value)}\n`);
for (const [product, types] of Object.entries(products)) write(`fields/${product}`, types);
write('products', index);

const assets = JSON.parse(readFileSync(typesFile, 'utf8'));
write(
  'terraform-types',
  Object.fromEntries(
    Object.entries(assets).map(([type, { cai_asset_types }]) => [type, cai_asset_types]),
  ),
);
// Where the asset documentation names no format, the resource's own URL does: it has the same parts.
const host = (url) => /^https:\/\/([a-z0-9.-]+)\//.exec(url ?? '')?.[1];
const names = {};
for (const [type, { api_base_url: url, self_link: link }] of Object.entries(fields)) {
  if (host(url) && link && !link.includes('?'))
    names[type] = `//${host(url)}/${link.replaceAll('{{%', '{{')}`;
}
for (const [type, { cai_name_format: format }] of Object.entries(assets))
  if (format) names[type] = format;
write('asset-names', Object.fromEntries(Object.entries(names).sort()));
