import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

function words(value: JsonValue | undefined): string[] {
  return typeof value === 'string' && value !== '' ? value.split(' ') : [];
}

function byBlock(paths: readonly string[]): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  for (const path of paths) {
    const at = path.lastIndexOf('.');
    const block = at < 0 ? '' : path.slice(0, at);
    const names = blocks.get(block);
    if (names) names.push(path.slice(at + 1));
    else blocks.set(block, [path.slice(at + 1)]);
  }
  return blocks;
}

/** What it means that code leaves an argument of a google resource out (knowledge/data/gcp/silence). */
export class Silence {
  private readonly filled: ReadonlySet<string>;
  private readonly defaults: JsonObject;
  /** By the path of the block they stand in. */
  private readonly unfilled: ReadonlyMap<string, readonly string[]>;
  private readonly needed: ReadonlyMap<string, readonly string[]>;

  private static readonly NOTHING = new Silence({});
  /** Catalogues stay loaded, so each of their entries is taken apart once. */
  private static readonly opened = new WeakMap<JsonObject, Silence>();

  private constructor(entry: JsonObject) {
    const defaults = read(entry, 'defaults');
    this.filled = new Set(words(read(entry, 'filled')));
    this.defaults = isObject(defaults) ? defaults : {};
    this.unfilled = byBlock(words(read(entry, 'none')));
    this.needed = byBlock(words(read(entry, 'needed')));
  }

  static open(knowledge: Knowledge, type: string): Silence {
    const prefix = type.split('_')[1] ?? '';
    const entry = knowledge.load(`gcp/silence/${prefix}`)?.[type];
    if (!isObject(entry)) return Silence.NOTHING;
    const known = Silence.opened.get(entry) ?? new Silence(entry);
    Silence.opened.set(entry, known);
    return known;
  }

  /** "Optional, Computed": the API fills it in, so an empty value in code says nothing. */
  isFilled(path: string): boolean {
    return this.filled.has(path);
  }

  /** Whether the provider has an argument of that path at all. */
  knows(path: string): boolean {
    const at = path.lastIndexOf('.');
    const [block, name] = [at < 0 ? '' : path.slice(0, at), path.slice(at + 1)];
    return this.filled.has(path) || this.writtenIn(block).includes(name);
  }

  /** Arguments of a block that stay empty unless somebody sets them. */
  unfilledIn(block: string): readonly string[] {
    return this.unfilled.get(block) ?? [];
  }

  /** Arguments that show that somebody wrote the block they stand in. */
  writtenIn(block: string): readonly string[] {
    return [...this.unfilledIn(block), ...(this.needed.get(block) ?? [])];
  }

  /** What the documentation of the argument names as its default; undefined where it names none. */
  documentedDefault(path: string): JsonValue | undefined {
    return read(this.defaults, path);
  }
}
