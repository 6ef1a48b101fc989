import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { isSecretKey, isSecretText, ValueMasker } from '../../../core/privacy/index.js';
import { isObject, textMember } from '../parsers/json/read-json.js';
import { REMOVED } from '../parsers/removed-values.js';

const SECRET_BODIES = ['data', 'stringData', 'binaryData'];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** A Secret of Kubernetes in YAML kept as text. */
const SECRET_IN_YAML = /^\s*["']?kind["']?\s*:\s*["']?Secret\b/m;
/** Keys whose texts are programs for a machine, often in base64. */
const ENCODED_KEY = /user_?data|custom_?data|base64|cloud_?init/i;
const BASE64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;

export interface RemovalOptions {
  /** Terraform type or kind. */
  readonly type: string;
  /** Dotted paths the document itself calls secret. */
  readonly paths: readonly string[];
  /** Names of keys whose values are removed wherever they stand, as the user asked. */
  readonly keys?: ReadonlySet<string>;
}

/**
 * Puts `(sensitive value)` where secrets stand: at the paths it is given, under names that tell (`db_password`), in texts that look like
 * one (private keys, tokens, `Password=…`, URLs with a password), in JSON kept as text, and in Secrets of Kubernetes wherever they stand.
 * Null, booleans and empty texts tell nothing and stay.
 */
export class SecretRemoval {
  readonly #masker: ValueMasker;
  #removed = 0;

  constructor() {
    this.#masker = ValueMasker.marking(REMOVED, () => {
      this.#removed += 1;
    });
  }

  /** How many values were removed so far. */
  get removed(): number {
    return this.#removed;
  }

  /** A copy without secrets; null when the whole of it is secret. */
  from(value: JsonObject, { type, paths, keys }: RemovalOptions): JsonObject | null {
    // Paths that cannot be spelled below the top make everything secret.
    if (paths.includes('')) return null;
    const masked = this.#masker.maskObject(value, { type, paths });
    return this.#beyondNames(masked, keys ?? new Set());
  }

  /** Puts the mark where one value stands. */
  remove(value: JsonValue): JsonValue {
    if (value === null || typeof value === 'boolean' || value === '' || value === REMOVED)
      return value;
    this.#removed += 1;
    return REMOVED;
  }

  /** What the names and forms that the server knows do not cover. */
  #beyondNames(value: JsonObject, keys: ReadonlySet<string>): JsonObject {
    const secret = textMember(value, 'kind') === 'Secret' ? SECRET_BODIES : [];
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => {
        if (secret.includes(key) || keys.has(key) || key === LAST_APPLIED) {
          return [key, this.remove(child)];
        }
        return [key, this.#child(key, child, keys)];
      }),
    );
  }

  #child(key: string, child: JsonValue, keys: ReadonlySet<string>): JsonValue {
    if (typeof child === 'string') return this.#text(key, child, keys);
    if (Array.isArray(child)) {
      const plain = isSecretKey(key) && child.every((one) => !isObject(one));
      return child.map((one) => (plain ? this.remove(one) : this.#child(key, one, keys)));
    }
    return isObject(child) ? this.#beyondNames(child, keys) : child;
  }

  #text(key: string, text: string, keys: ReadonlySet<string>): JsonValue {
    if (SECRET_IN_YAML.test(text)) return this.remove(text);
    if (ENCODED_KEY.test(key) && isEncodedSecret(text)) return this.remove(text);
    const first = text.trimStart().charAt(0);
    if (first !== '{' && first !== '[') return text;
    const embedded = parse(text);
    if (embedded === undefined) return text;
    const before = this.#removed;
    const clean = this.#child(key, embedded, keys);
    return this.#removed === before ? text : JSON.stringify(clean);
  }
}

function isEncodedSecret(text: string): boolean {
  return BASE64.test(text) && isSecretText(Buffer.from(text, 'base64').toString('latin1'));
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
