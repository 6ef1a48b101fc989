import { appendPath, type JsonObject, type JsonValue } from '../../../core/providers/index.js';

/** What `driftguard push` puts where a secret stood. Nobody can tell what is there now, so nothing is compared. */
export const REMOVED = '(sensitive value)';

const NONE: readonly string[] = [];

/** Dotted paths of the values that were removed before the document was sent; mostly none, and then found out without writing a path. */
export function removedPaths(attributes: JsonObject): readonly string[] {
  if (!holdsRemoved(attributes)) return NONE;
  const paths: string[] = [];
  collect(attributes, '', paths);
  return paths;
}

/** Looks for removed values in bytes as they stream, which costs next to nothing; most documents have none and are not walked. */
export class RemovedWatch {
  #tail = Buffer.alloc(0);
  #seen = false;

  /** Whether one stands in what was looked at so far. */
  get seen(): boolean {
    return this.#seen;
  }

  look(chunk: Buffer): void {
    if (this.#seen) return;
    const border = Buffer.concat([this.#tail, chunk.subarray(0, REMOVED.length)]);
    this.#seen = chunk.includes(REMOVED) || border.includes(REMOVED);
    const end = chunk.subarray(-REMOVED.length);
    this.#tail = Buffer.concat([this.#tail, end]).subarray(-REMOVED.length);
  }
}

export function holdsRemoved(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value === REMOVED;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsRemoved);
  for (const key in value) if (holdsRemoved(value[key])) return true;
  return false;
}

function collect(value: JsonValue, path: string, paths: string[]): void {
  if (value === REMOVED) paths.push(path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, appendPath(path, index), paths);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, appendPath(path, key), paths);
  }
}
