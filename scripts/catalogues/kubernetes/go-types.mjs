import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const STRUCT = /^type (\w+) struct \{\n([\s\S]*?)^\}/gm;
const FIELD = /^\t(?:(\w+)\s+)?(\*?)(\[\]|map\[[\w.]+\])?(\*?[\w.]+)\s+`([^`]*)`/gm;

/**
 * What only the Go source of the API types says: whether a field is a pointer. The server keeps an explicit zero behind
 * a pointer and drops it otherwise, so `false` and "absent" differ for one and mean the same for the other.
 * Answers `Type → field → { pointer, kind }` for one package folder.
 */
export function readGoTypes(folder) {
  const types = new Map();
  for (const file of readdirSync(folder).filter((name) => /types.*\.go$/.test(name))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name, body] of text.matchAll(STRUCT)) types.set(name, readFields(body));
  }
  return types;
}

function readFields(body) {
  const fields = new Map();
  const embedded = [];
  for (const [, name, pointer, collection, type, tag] of body.matchAll(FIELD)) {
    const json = /json:"([^"]*)"/.exec(tag)?.[1];
    if (json === undefined) continue;
    const [key, ...flags] = json.split(',');
    if (flags.includes('inline') || (key === '' && name === undefined)) {
      embedded.push(type.replace(/^.*\./, ''));
      continue;
    }
    if (key === '-' || key === '') continue;
    fields.set(key, {
      pointer: pointer === '*',
      collection: collection !== undefined,
      scalar: /^(bool|u?int(8|16|32|64)?|float(32|64))$/.test(type) ? type : null,
    });
  }
  return { fields, embedded };
}

/** A field of a type or of anything it embeds, in the same package. */
export function goField(types, typeName, key) {
  const type = types.get(typeName);
  if (type === undefined) return undefined;
  const own = type.fields.get(key);
  if (own !== undefined) return own;
  for (const embedded of type.embedded) {
    const inherited = embedded === typeName ? undefined : goField(types, embedded, key);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}
