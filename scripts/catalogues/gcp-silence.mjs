// Writes src/modules/drifts/knowledge/data/gcp/silence/<prefix>.json: what it means that code leaves an argument of a google
// resource out.
//
//   npm pack @cdktf/provider-google@16.12.1 && tar xzf cdktf-provider-google-16.12.1.tgz -C /tmp/google
//   npm pack @pulumi/gcp@9.37.0 && tar xzf pulumi-gcp-9.37.0.tgz -C /tmp/pulumi
//   node scripts/catalogues/gcp-silence.mjs /tmp/google/package/lib /tmp/pulumi/package
//
// Source: the provider's own schema, as @pulumi/gcp (Apache-2.0) carries it: an argument that may be left out and always has
// a value afterwards is one the API fills in ("Optional, Computed"); one that may stay empty afterwards is not. The names
// are those of the schema as @cdktf/provider-google (MPL-2.0) carries it.
// Shape: { "google_x": { "filled": "a b.c", "none": "d e", "needed": "e.g", "defaults": { "f": true } } }, dotted paths
// without indexes. `filled`: the API fills it in. `none`: nobody does, so a value there was set by somebody. `needed`: what a
// block cannot be without. `defaults`: what the documentation of the argument names as its default.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readSchemas } from './cdktf-schema.mjs';

const [library, pulumi] = process.argv.slice(2);
if (!library || !pulumi)
  throw new Error('usage: gcp-silence.mjs <@cdktf/provider-google lib> <@pulumi/gcp>');
const out = new URL('../../src/modules/drifts/knowledge/data/gcp/silence/', import.meta.url)
  .pathname;
/** A type is found by its arguments; fewer in common than this is another type, unless its name is the same in full. */
const LIKE_ENOUGH = 0.75;
const LIKE_ENOUGH_OF_THAT_NAME = 0.5;

const bare = (name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
const plurals = (key) => [key, `${key}s`, `${key}es`, `${key.replace(/y$/, 'i')}es`];

function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function defaultIn(node) {
  const text = (ts.getJSDocCommentsAndTags(node) ?? [])
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ');
  const found =
    /\b(?:defaults? (?:to|value is|value:|is)|default value of) (?:`{1,2}"?([\w.-]+)"?`{1,2}|"([\w.-]+)"|(true|false|\d+)\b)/i.exec(
      text,
    );
  const word = found?.[1] ?? found?.[2] ?? found?.[3];
  if (word === undefined || /^(null|none|empty|unset|nil)$/i.test(word)) return undefined;
  if (word === 'true' || word === 'false') return word === 'true';
  return /^\d+$/.test(word) ? Number(word) : word;
}

/** The members of an interface or class: name → whether it may be absent, which interface it holds, its documented default. */
function membersOf(node) {
  const members = new Map();
  for (const member of node.members) {
    if (
      !member.name ||
      !member.type ||
      (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member))
    )
      continue;
    const text = member.type.getText();
    const below = /(?:inputs|outputs)\.([\w.]+)/.exec(text)?.[1];
    members.set(member.name.text, {
      optional: member.questionToken !== undefined || /\| undefined>$/.test(text),
      below,
      fallback: defaultIn(member),
    });
  }
  return members;
}

function interfacesIn(file) {
  const found = new Map();
  const walk = (node, prefix) => {
    if (ts.isModuleDeclaration(node) && node.body)
      ts.forEachChild(node.body, (child) => walk(child, `${prefix}${node.name.text}.`));
    else if (ts.isInterfaceDeclaration(node))
      found.set(`${prefix}${node.name.text}`, membersOf(node));
  };
  ts.forEachChild(parse(file), (node) => walk(node, ''));
  return found;
}

const inputs = interfacesIn(join(pulumi, 'types/input.d.ts'));
const outputs = interfacesIn(join(pulumi, 'types/output.d.ts'));

const resources = [];
for (const module of readdirSync(pulumi)) {
  const folder = join(pulumi, module);
  if (module === 'types' || !statSync(folder).isDirectory()) continue;
  for (const file of readdirSync(folder).filter((name) => /^(?!get).*\.d\.ts$/.test(name))) {
    let state;
    let args;
    let name;
    ts.forEachChild(parse(join(folder, file)), (node) => {
      if (
        ts.isClassDeclaration(node) &&
        /CustomResource/.test(node.heritageClauses?.[0]?.getText() ?? '')
      ) {
        state = membersOf(node);
        name = node.name.text;
      }
      if (ts.isInterfaceDeclaration(node) && /Args$/.test(node.name.text)) args = membersOf(node);
    });
    if (state && args)
      resources.push({
        name: bare(`${module}${name}`),
        state,
        args,
        keys: new Set([...args.keys()].map(bare)),
      });
  }
}

function likeness(fields, { keys, name }, type) {
  const known = fields.map((field) => plurals(bare(field.name)));
  const hits = known.filter((spellings) => spellings.some((key) => keys.has(key))).length;
  const words = type.split('_').slice(1);
  const named = words.filter((word) => name.includes(word)).length / words.length;
  return { score: hits / Math.max(known.length, keys.size), named };
}

function find(type, fields) {
  const scored = resources.map((resource) => ({ resource, ...likeness(fields, resource, type) }));
  const [best] = scored
    .filter(({ score, named }) =>
      named === 1 ? score >= LIKE_ENOUGH_OF_THAT_NAME : score >= LIKE_ENOUGH && named >= 0.6,
    )
    .sort((a, b) => b.named + b.score - (a.named + a.score));
  return best?.resource;
}

function* silences(fields, args, state, prefix = '') {
  for (const field of fields) {
    const spellings = plurals(bare(field.name));
    const pick = (members) =>
      [...(members ?? [])].find(([key]) => spellings.includes(bare(key)))?.[1];
    const given = pick(args);
    const kept = pick(state);
    if (!given || !kept) continue;
    const path = `${prefix}${field.name}`;
    if (given.optional) yield [kept.optional ? 'none' : 'filled', path];
    else if (prefix !== '') yield ['needed', path];
    const fallback = given.fallback ?? kept.fallback;
    if (given.optional && fallback !== undefined && !field.fields)
      yield ['defaults', path, fallback];
    if (field.fields && given.below && kept.below)
      yield* silences(field.fields, inputs.get(given.below), outputs.get(kept.below), `${path}.`);
  }
}

/** Defaults by block and argument: one message of an API means the same in every resource of a service. */
const shared = new Map();
const sharedKey = (type, path) =>
  path.includes('.') ? `${type.split('_')[1]} ${path.split('.').slice(-2).join('.')}` : undefined;

const files = new Map();
for (const { type, computed, fields } of readSchemas(library)) {
  const settable = fields.filter(
    ({ name }) => !computed.includes(name) && !['id', 'timeouts'].includes(name),
  );
  const resource = find(type, settable);
  if (!resource) continue;
  const entry = { filled: [], none: [], needed: [], defaults: {} };
  for (const [list, path, value] of silences(settable, resource.args, resource.state)) {
    if (list === 'defaults') {
      entry.defaults[path] = value;
      const key = sharedKey(type, path);
      if (key !== undefined)
        shared.set(key, shared.has(key) && shared.get(key) !== value ? null : value);
    } else entry[list].push(path);
  }
  const prefix = type.split('_')[1];
  if (!files.has(prefix)) files.set(prefix, {});
  files.get(prefix)[type] = entry;
}

function written(type, { filled, none, needed, defaults }) {
  for (const path of none) {
    const value = shared.get(sharedKey(type, path));
    if (value !== undefined && value !== null) defaults[path] ??= value;
  }
  return {
    filled: filled.join(' '),
    none: none.join(' '),
    ...(needed.length > 0 && { needed: needed.join(' ') }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
  };
}
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [prefix, types] of files) {
  const lines = Object.entries(types).map(
    ([type, entry]) => `${JSON.stringify(type)}:${JSON.stringify(written(type, entry))}`,
  );
  writeFileSync(join(out, `${prefix}.json`), `{\n${lines.join(',\n')}\n}\n`);
}
