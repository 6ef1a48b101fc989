import type { JsonObject, JsonValue } from '../providers/index.js';
import { parsePropertyPath, type PathSegment } from './property-path.js';
import { isSecretKey, isSecretText } from './secret-recognition.js';

/** Key of the object that stands where a secret stood; its value is a keyed hash, so a change is still seen. */
export const SENSITIVE_MARK = '$sensitive';
const HIDDEN = '(sensitive)';

export interface MaskOptions {
  /** Dotted paths whose values are secret, and everything below them. */
  readonly paths: readonly string[];
  /** Type of the resource: `Secret` of Kubernetes is secret as a whole. */
  readonly type: string;
  /** Collects the texts that were masked, so that the same text can be masked where nothing else gives it away. */
  readonly found?: Set<string>;
}

interface PathTree {
  leaf: boolean;
  readonly children: Map<string, PathTree>;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const SECRET_KINDS = new Set(['Secret', 'kubernetes_secret', 'kubernetes_secret_v1']);
const SECRET_BODIES = ['data', 'stringData', 'binary_data', 'binaryData'];
const MAX_EMBEDDED_BYTES = 1_048_576;
/** A shorter secret would mask unrelated words that happen to be equal. */
const MIN_FOUND_LENGTH = 6;

/**
 * Replaces secrets in a JSON tree by `{ "$sensitive": "<keyed hash>" }`. Null, booleans and empty texts are left: they
 * tell nothing. Found by the paths it is given, by the names of keys (`db_password`, `{ name: "DB_PASSWORD", value }`),
 * by the look of values (private keys, tokens, URLs with a password), and inside JSON kept as text.
 */
export class ValueMasker {
  readonly #hash: (value: string) => string;
  readonly #mark: string | null;

  /** `hash` must be keyed per tenant. */
  constructor(hash: (value: string) => string, mark: string | null = null) {
    this.#hash = hash;
    this.#mark = mark;
  }

  /**
   * Puts the same `mark` where any secret stood, so that nothing of it leaves: not even whether it changed. What looks masked already
   * is not believed to be.
   */
  static marking(mark: string, onMark: () => void): ValueMasker {
    const count = (): string => {
      onMark();
      return mark;
    };
    return new ValueMasker(count, mark);
  }

  maskObject(value: JsonObject, options: MaskOptions): JsonObject {
    const paths = SECRET_KINDS.has(options.type)
      ? [...options.paths, ...SECRET_BODIES, `metadata.annotations["${LAST_APPLIED}"]`]
      : options.paths;
    return this.#object(value, treeOf(paths), options.found);
  }

  /** One value on its own; `key` is the last named key of its path, `secrets` what is known to be secret around it. */
  maskValue(
    value: JsonValue,
    options: { key: string; sensitive: boolean; secrets?: ReadonlySet<string> },
  ): JsonValue {
    const { key, sensitive, secrets } = options;
    if (sensitive || (isScalar(value) && isSecretKey(key))) return this.#seal(value);
    const masked = this.#value(value, undefined);
    return secrets === undefined || secrets.size === 0 ? masked : this.#known(masked, secrets);
  }

  /** Masks every text that is known to be secret, wherever it stands. */
  maskKnown(value: JsonObject, secrets: ReadonlySet<string>): JsonObject {
    return secrets.size === 0 ? value : this.#knownObject(value, secrets);
  }

  /** A text for people in which known secrets are replaced. */
  maskText(text: string, secrets: ReadonlySet<string>): string {
    let masked = isSecretText(text) ? HIDDEN : text;
    for (const secret of secrets) masked = masked.replaceAll(secret, HIDDEN);
    return masked;
  }

  #known(value: JsonValue, secrets: ReadonlySet<string>): JsonValue {
    if (typeof value === 'string') return secrets.has(value) ? this.#seal(value) : value;
    if (value === null || typeof value !== 'object' || isMasked(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#known(item, secrets));
    return this.#knownObject(value, secrets);
  }

  #knownObject(value: JsonObject, secrets: ReadonlySet<string>): JsonObject {
    const result: JsonObject = {};
    for (const [key, child] of Object.entries(value)) set(result, key, this.#known(child, secrets));
    return result;
  }

  #value(value: JsonValue, tree: PathTree | undefined, found?: Set<string>): JsonValue {
    if (tree?.leaf === true) return this.#seal(value, found);
    if (typeof value === 'string') return this.#text(value, found);
    if (value === null || typeof value !== 'object') return value;
    if (!Array.isArray(value)) return this.#object(value, tree, found);
    return value.map((item, index) => this.#value(item, childOf(tree, index), found));
  }

  #object(value: JsonObject, tree: PathTree | undefined, found?: Set<string>): JsonObject {
    if (this.#isDone(value)) return value;
    const result: JsonObject = {};
    const namedSecret = isNamedSecret(value);
    for (const [key, child] of Object.entries(value)) {
      const secret = isScalar(child) && (isSecretKey(key) || (namedSecret && isValueKey(key)));
      const masked = secret
        ? this.#seal(child, found)
        : this.#value(child, childOf(tree, key), found);
      set(result, key, masked);
    }
    return result;
  }

  #text(text: string, found?: Set<string>): JsonValue {
    const first = text.trimStart().charAt(0);
    if ((first === '{' || first === '[') && text.length <= MAX_EMBEDDED_BYTES) {
      const embedded = parseJson(text);
      if (embedded !== undefined) {
        const before = JSON.stringify(embedded);
        const after = JSON.stringify(this.#value(embedded, undefined, found));
        return after === before ? text : after;
      }
    }
    return isSecretText(text) ? this.#seal(text, found) : text;
  }

  #seal(value: JsonValue, found?: Set<string>): JsonValue {
    if (value === null || typeof value === 'boolean' || value === '' || this.#isDone(value))
      return value;
    if (found !== undefined) collectTexts(value, found);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const hash = this.#hash(text);
    return this.#mark === null ? { [SENSITIVE_MARK]: hash } : hash;
  }

  #isDone(value: JsonValue): boolean {
    return this.#mark === null ? isMasked(value) : value === this.#mark;
  }
}

function collectTexts(value: JsonValue, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length >= MIN_FOUND_LENGTH) found.add(value);
  } else if (value !== null && typeof value === 'object') {
    for (const child of Object.values(value)) collectTexts(child, found);
  }
}

export function isMasked(value: JsonValue): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    typeof value[SENSITIVE_MARK] === 'string'
  );
}

/** Whether a value is that of an entry whose name says it is secret, however short it is. */
export function isSecretOfEntry(entry: JsonValue | undefined, key: string): boolean {
  return (
    entry !== undefined &&
    entry !== null &&
    typeof entry === 'object' &&
    !Array.isArray(entry) &&
    isValueKey(key) &&
    isNamedSecret(entry)
  );
}

/** `{ name: "DB_PASSWORD", value: "…" }`, the way containers and functions list their environment. */
function isNamedSecret(value: JsonObject): boolean {
  const name = value.name ?? value.Name ?? value.key ?? value.Key;
  return typeof name === 'string' && isSecretKey(name);
}

function isValueKey(key: string): boolean {
  return key === 'value' || key === 'Value';
}

function isScalar(value: JsonValue): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function treeOf(paths: readonly string[]): PathTree | undefined {
  if (paths.length === 0) return undefined;
  const root: PathTree = { leaf: false, children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const segment of parsePropertyPath(path)) {
      const key = String(segment);
      const next = node.children.get(key) ?? { leaf: false, children: new Map() };
      node.children.set(key, next);
      node = next;
    }
    node.leaf = true;
  }
  return root;
}

function childOf(tree: PathTree | undefined, segment: PathSegment): PathTree | undefined {
  if (tree === undefined) return undefined;
  return tree.children.get(String(segment)) ?? tree.children.get('*');
}

/** Plain assignment would run the setter of `__proto__`. */
function set(target: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
