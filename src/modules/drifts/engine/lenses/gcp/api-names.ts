import type { JsonObject } from '../../../../../core/providers/index.js';

/** Letters and digits in lower case: `ip_protocol`, `IPProtocol` and `ipProtocol` are one name. */
function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** How Terraform names what an API names: the same, or singular for a repeated block. */
function spellings(name: string): string[] {
  const key = bare(name);
  const plural = key.endsWith('y')
    ? `${key.slice(0, -1)}ies`
    : /(s|x|ch|sh)$/.test(key)
      ? `${key}es`
      : `${key}s`;
  return [key, plural, key.endsWith('s') ? key.slice(0, -1) : key];
}

/** Names to look among: a list of them, or an object whose keys they are. */
type Names = readonly string[] | JsonObject;

const indexes = new WeakMap<Names, ReadonlyMap<string, string>>();

/** Built once for each object, so that looking up every key of a large one stays linear. */
function byBareName(names: Names): ReadonlyMap<string, string> {
  let index = indexes.get(names);
  if (index === undefined) {
    const all: readonly string[] = isList(names) ? names : Object.keys(names);
    index = new Map(all.map((name) => [bare(name), name]));
    indexes.set(names, index);
  }
  return index;
}

const isList = (names: Names): names is readonly string[] => Array.isArray(names);

function findBare(wanted: readonly string[], names: Names): string | undefined {
  const index = byBareName(names);
  for (const spelling of wanted) {
    const name = index.get(spelling);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The API's name for a Terraform name, by spelling alone; undefined when `names` has none. Only a block may be plural. */
export function findApiName(name: string, names: Names, repeated = true): string | undefined {
  return findBare(repeated ? spellings(name) : [bare(name)], names);
}

/**
 * The API's name for a block whose Terraform name repeats what it belongs to: `node_config` of a node pool is `config`.
 * Only for blocks: a scalar's shorter name usually means something else.
 */
export function findBlockName(name: string, names: Names): string | undefined {
  const words = name.split('_');
  for (let from = 1; from < words.length; from++) {
    const found = findApiName(words.slice(from).join('_'), names);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A Terraform name for an API key nobody declared. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** An API's name for a Terraform argument, where the provider's definitions say they differ in spelling only. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
