import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { isObject, textMember } from '../parsers/json/read-json.js';
import { parseProviderReference } from '../parsers/terraform/provider-reference.js';
import { SECRET_ATTRIBUTES } from './secret-attributes.js';
import { REMOVED } from '../parsers/removed-values.js';
import type { SecretRemoval } from './secret-removal.js';

export interface EdgeRules {
  readonly removal: SecretRemoval;
  /** Names of keys whose values are removed, as the user asked. */
  readonly keys: ReadonlySet<string>;
  /** Told the address of each resource that cannot be sent, because what it is known by is secret. */
  readonly onLeftOut: (address: string) => void;
}

/** Of a release only what names it and what its chart rendered; values and settings are not compared. */
const OF_A_RELEASE = ['id', 'name', 'namespace', 'chart', 'version', 'manifest'];
/** What a live resource is found by: without it, it would look deleted. */
const KNOWN_BY = ['id', 'arn', 'self_link'];

/**
 * The attributes of one Terraform resource as they may be sent; null when it has to be left out. Nothing of resources of providers that are
 * not compared (`random_password`, `tls_private_key`, `vault_…`) is sent but that they are there.
 */
export function edgeAttributes(
  instance: {
    readonly address: string;
    readonly type: string;
    readonly providerReference: string;
    readonly attributes: JsonObject;
    readonly paths: readonly string[];
  },
  { removal, keys, onLeftOut }: EdgeRules,
): JsonObject | null {
  const { type, address, providerReference } = instance;
  const release = type === 'helm_release';
  if (!release && parseProviderReference(providerReference).provider === 'other') return {};
  const attributes = release ? pick(instance.attributes, OF_A_RELEASE) : instance.attributes;
  const paths = [...instance.paths, ...(SECRET_ATTRIBUTES[type] ?? [])];
  const clean = removal.from(attributes, { type, paths, keys });
  if (clean === null || KNOWN_BY.some((key) => wasRemoved(attributes, clean, key))) {
    onLeftOut(address);
    return null;
  }
  return clean;
}

/** The members of an object that are there. */
export function pick(value: JsonValue | undefined, keys: readonly string[]): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    keys.flatMap((key) => {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      return member === undefined ? [] : [[key, member]];
    }),
  );
}

function wasRemoved(before: JsonObject, after: JsonObject, key: string): boolean {
  return textMember(after, key) === REMOVED && textMember(before, key) !== REMOVED;
}
