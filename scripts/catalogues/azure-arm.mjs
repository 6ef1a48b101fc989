// Writes src/modules/drifts/knowledge/data/azure/arm/<namespace>.json: what Azure's management APIs say of the fields of
// their resources.
//
//   for p in arm-network@33 arm-compute@22 …; do npm pack @azure/$p; done   (each unpacked into a folder of its own)
//   node scripts/catalogues/azure-arm.mjs PACKAGES
//
// PACKAGES holds the unpacked packages. Source: the @azure/arm-* packages (MIT), generated from the API specifications
// (github.com/Azure/azure-rest-api-specs). Only majors that carry `models/mappers` say which fields are read-only and which
// have a default: those named in docs/catalogues.md.
//
// One file a resource provider: `{ types: { "virtualnetworks": "VirtualNetwork" }, schemas: { VirtualNetwork: { field: code } } }`.
// A code is a run of letters, then the shape: `o` read only, `t` timestamp, `d` duration, `b` bytes; `[` list, `{` map,
// `>Name` object of that schema. With a published default it is `[code, default]`.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages] = process.argv.slice(2);
if (!packages) throw new Error('usage: azure-arm.mjs <folder of unpacked @azure/arm-* packages>');
const out = new URL('../../src/modules/drifts/knowledge/data/azure/arm/', import.meta.url).pathname;
const scratch = mkdtempSync(path.join(tmpdir(), 'mappers-'));

const OPERATION =
  /path:\s*"([^"]+)",\s*httpMethod: "(GET|PUT)",\s*responses: \{\s*20[0-2]: \{\s*bodyMapper: Mappers\.(\w+)/g;
const LETTERS = { DateTime: 't', Date: 't', TimeSpan: 'd', ByteArray: 'b', Base64Url: 'b' };

function shapeOf(type) {
  if (type.name === 'Sequence') return `[${shapeOf(type.element.type)}`;
  if (type.name === 'Dictionary') return `{${shapeOf(type.value.type)}`;
  if (type.name === 'Composite' && type.className) return `>${type.className}`;
  return '';
}

function codeOf(property) {
  const code =
    (property.readOnly ? 'o' : '') + (LETTERS[property.type.name] ?? '') + shapeOf(property.type);
  const { defaultValue: value } = property;
  const told = value !== undefined && value !== null && typeof value !== 'object';
  return told && !property.isConstant ? [code, value] : code;
}

/** `Microsoft.Network/virtualNetworks/subnets` of a request path; undefined where it names no single resource. */
function typeOf(url) {
  const segments = url.slice(url.lastIndexOf('/providers/') + '/providers/'.length).split('/');
  const [namespace, ...rest] = segments;
  if (!/^microsoft\./i.test(namespace) || rest.length % 2 !== 0 || rest.length === 0)
    return undefined;
  const names = rest.filter((_, at) => at % 2 === 0);
  if (names.some((name) => name.startsWith('{'))) return undefined;
  return { namespace: namespace.toLowerCase(), name: names.join('/').toLowerCase() };
}

/** The fields of one class; `properties.x` puts x one level deeper, under a schema of its own. */
function addClass(name, mapper, schemas) {
  schemas[name] ??= {};
  for (const property of Object.values(mapper.type.modelProperties ?? {})) {
    const steps = (property.serializedName ?? '')
      .split(/(?<!\\)\./)
      .map((step) => step.replaceAll('\\.', '.'));
    if (steps[0] === '') continue;
    let at = name;
    for (const step of steps.slice(0, -1)) {
      const inner = `${at}.${step}`;
      schemas[at][step] ??= `>${inner}`;
      schemas[inner] ??= {};
      at = inner;
    }
    schemas[at][steps.at(-1)] = codeOf(property);
  }
}

function reachable(roots, schemas) {
  const found = {};
  const queue = [...roots];
  while (queue.length > 0) {
    const name = queue.pop();
    if (found[name] || !schemas[name]) continue;
    found[name] = schemas[name];
    for (const code of Object.values(schemas[name])) {
      const text = Array.isArray(code) ? code[0] : code;
      if (text.includes('>')) queue.push(text.slice(text.indexOf('>') + 1));
    }
  }
  return found;
}

const files = {};
const versions = [];
for (const folder of readdirSync(packages).sort()) {
  const root = path.join(packages, folder, 'package');
  const code = ['dist-esm/src', 'dist/esm'].map((at) => path.join(root, at)).find(existsSync);
  if (!code || !existsSync(path.join(code, 'models/mappers.js'))) continue;
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  versions.push(`${name}@${version}`);
  const copy = path.join(scratch, `${folder}.mjs`);
  writeFileSync(copy, readFileSync(path.join(code, 'models/mappers.js')));
  const mappers = await import(pathToFileURL(copy).href);
  const schemas = {};
  for (const mapper of Object.values(mappers))
    if (mapper?.type?.name === 'Composite' && mapper.type.className)
      addClass(mapper.type.className, mapper, schemas);
  const operations = path.join(code, 'operations');
  for (const file of readdirSync(operations).sort()) {
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(path.join(operations, file), 'utf8');
    for (const [, url, , mapper] of text.matchAll(OPERATION)) {
      const type = typeOf(url);
      const schema = mappers[mapper]?.type.className;
      if (!type || !schema) continue;
      const entry = (files[type.namespace] ??= { types: {}, schemas: {}, all: {} });
      entry.types[type.name] ??= schema;
      Object.assign(entry.all, schemas);
    }
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
rmSync(scratch, { recursive: true });
for (const [namespace, { types, all }] of Object.entries(files)) {
  const content = { types, schemas: reachable(Object.values(types), all) };
  writeFileSync(path.join(out, `${namespace}.json`), `${JSON.stringify(content)}\n`);
}
console.log(versions.join(' '));
