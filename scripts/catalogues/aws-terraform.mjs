// Writes src/modules/drifts/knowledge/data/aws/terraform/<prefix>.json: the shape of every hashicorp/aws resource.
//
//   npm pack @cdktf/provider-aws@21.22.1 && tar xzf cdktf-provider-aws-21.22.1.tgz -C /tmp/aws
//   node scripts/catalogues/aws-terraform.mjs /tmp/aws/package/lib
//
// @cdktf/provider-aws (MPL-2.0) is generated from the provider's own schema; which attributes are computed, which lists are sets
// and which blocks occur once stands in the generated code. `<prefix>` is the word after `aws_`.
//
// Shape: { "aws_x": { "c": [computed only], "a": { name: code } }, "$": [shared blocks] }
// Codes: `s` string, `n` number, `b` boolean, `[x` list, `<x` set, `{x` map, `1#4` block that occurs once, `[#4` block list, `<#4` block set,
// where 4 is an index into "$"; `j` anything else.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [library] = process.argv.slice(2);
if (!library) throw new Error('usage: aws-terraform.mjs <@cdktf/provider-aws lib folder>');
const out = new URL('../../src/modules/drifts/knowledge/data/aws/terraform/', import.meta.url)
  .pathname;

const ATTRIBUTE =
  /^\s*(\w+|"[^"]+"|'[^']+'): \{\s*value: (.*),\s*isBlock: (true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)",\s*\},?/gm;
const SCALARS = { string: 's', number: 'n', boolean: 'b', any: 'j' };

/** The text of the object literal that `const attrs = {` opens in `body`. */
function attributesIn(body) {
  const found = [];
  for (const match of body.matchAll(ATTRIBUTE)) {
    const [, name, value, , type, storage] = match;
    found.push({ name: name.replace(/["']/g, ''), value, type, storage });
  }
  return found;
}

function sources(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'index.js');
  const index = join(folder, 'index.js');
  return [index, ...files.map((file) => join(folder, file))]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

function scalarCode(storage, type) {
  const base = storage.replace(/(List|Map)$/, '');
  const scalar = SCALARS[base] ?? 'j';
  if (type === 'simple') return scalar;
  if (type === 'set') return `<${scalar}`;
  if (type === 'list') return `[${scalar}`;
  if (type === 'map') return `{${scalar}`;
  return scalar;
}

function readResource(text, share) {
  const type = /terraformResourceType: '(aws_\w+)'/.exec(text)?.[1];
  if (!type) return undefined;
  const functions = new Map();
  for (const match of text.matchAll(/^function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)^\}/gm))
    functions.set(match[1].toLowerCase(), match[2]);
  const block = (storage, depth) => {
    const body =
      functions.get(storage.toLowerCase()) ??
      functions.get(storage.replace(/List$/, '').toLowerCase());
    if (body === undefined || depth > 14) return undefined;
    return share(shape(attributesIn(body), depth + 1));
  };
  const shape = (attributes, depth) =>
    Object.fromEntries(
      attributes.map(({ name, value, type: kind, storage }) => {
        if (/^(string|number|boolean|any)(List|Map|Set)*$/.test(storage))
          return [name, scalarCode(storage, kind)];
        const index = block(storage, depth);
        if (index === undefined) return [name, 'j'];
        const many = /listMapperHcl/.test(value);
        const sign = kind === 'set' ? '<' : many ? '[' : '1';
        return [name, `${sign}#${index}`];
      }),
    );
  const main = text.slice(text.lastIndexOf('synthesizeHclAttributes() {'));
  const computed = [];
  const own = text.slice(text.indexOf(`terraformResourceType: '${type}'`));
  for (const match of own.matchAll(
    /\/\/ (\w+) - computed: true, optional: false, required: false/g,
  ))
    computed.push(match[1]);
  return { type, entry: { c: computed, a: shape(attributesIn(main), 0) } };
}

const groups = new Map();
for (const folder of readdirSync(library).sort()) {
  const path = join(library, folder);
  if (folder.startsWith('data-') || folder === 'provider' || !statSync(path).isDirectory())
    continue;
  const pending = new Map();
  const text = sources(path);
  const prefix = /terraformResourceType: 'aws_([a-z0-9]+)/.exec(text)?.[1];
  if (!prefix) continue;
  if (!groups.has(prefix)) groups.set(prefix, { types: {}, shared: [], known: new Map() });
  const group = groups.get(prefix);
  const share = (block) => {
    const key = JSON.stringify(block);
    const known = group.known.get(key) ?? pending.get(key);
    if (known !== undefined) return known;
    group.known.set(key, group.shared.length);
    group.shared.push(block);
    return group.shared.length - 1;
  };
  const resource = readResource(text, share);
  if (resource) group.types[resource.type] = resource.entry;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
let bytes = 0;
let count = 0;
for (const [prefix, { types, shared }] of groups) {
  const lines = Object.entries(types).map(
    ([type, entry]) => `${JSON.stringify(type)}:${JSON.stringify(entry)}`,
  );
  lines.push(`"$":${JSON.stringify(shared)}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  bytes += text.length;
  count += Object.keys(types).length;
  writeFileSync(join(out, `${prefix}.json`), text);
}
console.log(`${count} resources in ${groups.size} files, ${bytes} bytes`);
