// Reads the resource schemas out of a `@cdktf/provider-*` package (MPL-2.0). The package is generated from the provider's
// own schema, and the generated code still says which blocks are sets, lists or single, which attributes are maps, and which
// the provider computes.
//
//   npm pack @cdktf/provider-google && tar xzf cdktf-provider-google-*.tgz -C /tmp/google
//
// `readSchemas('/tmp/google/package/lib')` answers `Map<type, { computed: string[], fields: Field[] }>`, where a field is
// `{ name, kind: 'scalar' | 'list' | 'set' | 'map' | 'block' | 'block-list' | 'block-set', scalar, fields? }`.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ATTRIBUTE =
  /^\s*(\w+|"[^"]+"|'[^']+'): \{\s*value: (.*),\s*isBlock: (true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)",\s*\},?/gm;
const SCALAR = /^(string|number|boolean|any)(List|Map|Set)*$/;
/** Deeper than any schema that is not recursive (web ACL statements, machine learning schemas). */
const MAX_DEPTH = 14;

function attributesIn(body) {
  return [...body.matchAll(ATTRIBUTE)].map(([, name, value, , type, storage]) => ({
    name: name.replace(/["']/g, ''),
    value,
    type,
    storage,
  }));
}

/** The code of one resource; a big one keeps its blocks in a folder of their own. */
function sources(folder) {
  const names = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js') && name !== 'index.js')
    .sort();
  return ['index.js', ...names].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

function scalarField(name, { storage, type }) {
  const scalar = SCALAR.exec(storage)[1];
  const kind = type === 'simple' ? 'scalar' : type;
  return { name, kind, scalar };
}

function readResource(text) {
  const type = /terraformResourceType: '(\w+)'/.exec(text)?.[1];
  if (!type) return undefined;
  const functions = new Map();
  for (const [, name, body] of text.matchAll(
    /^function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)^\}/gm,
  ))
    functions.set(name.toLowerCase(), body);
  const fieldsOf = (attributes, depth) =>
    attributes.map((attribute) => {
      const { name, value, type: kind, storage } = attribute;
      if (SCALAR.test(storage)) return scalarField(name, attribute);
      const body =
        functions.get(storage.toLowerCase()) ??
        functions.get(storage.replace(/List$/, '').toLowerCase());
      if (body === undefined || depth > MAX_DEPTH) return { name, kind: 'scalar', scalar: 'any' };
      const many = /listMapperHcl/.test(value);
      return {
        name,
        kind: kind === 'set' ? 'block-set' : many ? 'block-list' : 'block',
        fields: fieldsOf(attributesIn(body), depth + 1),
      };
    });
  const from = text.indexOf('synthesizeHclAttributes() {');
  const main = text.slice(from, text.indexOf('exports.', from));
  const own = text.slice(text.indexOf(`terraformResourceType: '${type}'`));
  const computed = [
    ...own.matchAll(/\/\/ (\w+) - computed: true, optional: false, required: false/g),
  ].map(([, name]) => name);
  return { type, computed, fields: fieldsOf(attributesIn(main), 0) };
}

/** Every resource of the package, by type, in the order of its folders. */
export function* readSchemas(library) {
  for (const folder of readdirSync(library).sort()) {
    const path = join(library, folder);
    if (folder.startsWith('data-') || folder === 'provider' || !statSync(path).isDirectory())
      continue;
    const resource = readResource(sources(path));
    if (resource) yield resource;
  }
}
