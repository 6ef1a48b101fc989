import type { Knowledge } from '../../knowledge.js';

const CATALOGUES = ['gcp/products', 'gcp/terraform-types'];

interface Index {
  readonly types: ReadonlySet<string>;
  /** By the name without its underscores; null where several share it. */
  readonly byFlatName: ReadonlyMap<string, string | null>;
  /** Answers given for types the catalogues do not have. */
  readonly nearest: Map<string, string>;
}

const indexes = new WeakMap<Knowledge, Index>();

function indexOf(knowledge: Knowledge): Index {
  const known = indexes.get(knowledge);
  if (known) return known;
  const types = new Set(CATALOGUES.flatMap((name) => Object.keys(knowledge.load(name) ?? {})));
  const byFlatName = new Map<string, string | null>();
  for (const type of types) {
    const flat = type.replaceAll('_', '');
    byFlatName.set(flat, byFlatName.has(flat) ? null : type);
  }
  const index = { types, byFlatName, nearest: new Map<string, string>() };
  indexes.set(knowledge, index);
  return index;
}

/** `words` with one more word among them. */
function hasOneMore(words: readonly string[], more: readonly string[]): boolean {
  if (more.length !== words.length + 1) return false;
  const at = more.findIndex((word, position) => word !== words[position]);
  return more.slice(at + 1).every((word, position) => word === words[at + position]);
}

/**
 * The type the published definitions are kept under. Converters that derive a Terraform type from another tool's kind
 * (Config Connector, asset types) set words apart that the provider joins, or leave one out.
 */
export function publishedType(type: string, knowledge: Knowledge): string {
  const { types, byFlatName, nearest } = indexOf(knowledge);
  if (types.has(type)) return type;
  const answered = nearest.get(type);
  if (answered !== undefined) return answered;
  const joined = byFlatName.get(type.replaceAll('_', ''));
  if (typeof joined === 'string') return joined;
  const words = type.split('_');
  const longer = [...types].filter((candidate) => hasOneMore(words, candidate.split('_')));
  const [only] = longer;
  const answer = only !== undefined && longer.length === 1 ? only : type;
  nearest.set(type, answer);
  return answer;
}
