// Writes src/modules/drifts/knowledge/data/gcp/shapes/<prefix>.json: which fields of a google resource are sets, and which
// are maps whose keys are the user's own.
//
//   npm pack @cdktf/provider-google@16.12.1 && tar xzf cdktf-provider-google-16.12.1.tgz -C /tmp/google
//   node scripts/catalogues/gcp-shapes.mjs /tmp/google/package/lib
//
// Source: the provider's own schema, as @cdktf/provider-google (MPL-2.0) carries it. It covers the resources the provider
// defines by hand as well, which no published definition does. `<prefix>` is the word after `google_`.
// Shape: { "google_x": { "sets": "a b.c", "maps": "labels", "inputs": "d" } }, dotted paths without indexes. `inputs` are the
// arguments whose name an API calls output only (knowledge/data/gcp/api): discovery documents say so of whole messages, some
// of which code may write. Run gcp-api.mjs first.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchemas } from './cdktf-schema.mjs';

const [library] = process.argv.slice(2);
if (!library) throw new Error('usage: gcp-shapes.mjs <@cdktf/provider-google lib folder>');
const out = new URL('../../src/modules/drifts/knowledge/data/gcp/shapes/', import.meta.url)
  .pathname;

const bare = (name) => name.replaceAll('_', '').toLowerCase();
const outputs = new Set();
const api = join(out, '../api');
for (const file of readdirSync(api)) {
  const { schemas } = JSON.parse(readFileSync(join(api, file), 'utf8'));
  for (const fields of Object.values(schemas))
    for (const [name, code] of Object.entries(fields))
      if (/^[a-z]*o/.test(code)) outputs.add(bare(name));
}

function* paths(fields, prefix = '') {
  for (const { name, kind, fields: below } of fields) {
    const path = `${prefix}${name}`;
    if (kind === 'set' || kind === 'block-set') yield ['sets', path];
    if (kind === 'map') yield ['maps', path];
    if (outputs.has(bare(name))) yield ['inputs', path];
    if (below) yield* paths(below, `${path}.`);
  }
}

const files = new Map();
for (const { type, computed, fields } of readSchemas(library)) {
  const entry = { sets: [], maps: [], inputs: [] };
  const settable = fields.filter(({ name }) => !computed.includes(name));
  for (const [list, path] of paths(settable)) entry[list].push(path);
  const prefix = type.split('_')[1];
  if (!files.has(prefix)) files.set(prefix, {});
  files.get(prefix)[type] = Object.fromEntries(
    Object.entries(entry).flatMap(([list, all]) => (all.length > 0 ? [[list, all.join(' ')]] : [])),
  );
}
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [prefix, types] of files) {
  const lines = Object.entries(types).map(
    ([type, entry]) => `${JSON.stringify(type)}:${JSON.stringify(entry)}`,
  );
  writeFileSync(join(out, `${prefix}.json`), `{\n${lines.join(',\n')}\n}\n`);
}
