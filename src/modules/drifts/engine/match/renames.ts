import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Finding } from '../findings.js';

/** Rule of a change of the name of an object that is otherwise known to be the same. */
export const RENAMED = 'renamed-object';

/** Top-level fields that hold the name of their own resource. */
const OWN_NAME = /^(?:name|display_?name|identifier)$/i;

/**
 * Tells a rename: the name differs, and an identifier of the same object, one that does not hold the name, is on both sides. Where
 * the name is the identity (a bucket, a Kubernetes object) there is no such identifier: that is another object.
 */
export function toldAsRenamed(
  findings: readonly Finding[],
  declared: DeclaredResource,
  actual: ActualResource,
): readonly Finding[] {
  const named = findings.find((finding) => isOwnName(finding, declared));
  if (named === undefined || typeof named.declared !== 'string') return findings;
  const before = named.declared;
  const identity = sharedIdentity(declared, actual, before);
  if (identity === undefined) return findings;
  const now = typeof named.actual === 'string' ? named.actual : '';
  const renamed: Finding = {
    ...named,
    rule: RENAMED,
    explanation: `The same object (${identity}) is called ${now} now; the code calls it ${before}.`,
  };
  return findings.map((finding) => (finding === named ? renamed : finding));
}

function isOwnName(
  { path, verdict, change, sensitive, actual }: Finding,
  { name, attributes }: DeclaredResource,
): boolean {
  if (verdict !== 'confirmed' || change !== 'modified' || sensitive) return false;
  if (typeof actual !== 'string' || !Object.hasOwn(attributes, path)) return false;
  return OWN_NAME.test(path) || (name !== null && attributes[path] === name && /name$/i.test(path));
}

/** What only this object is called by, on both sides. */
function sharedIdentity(
  { id, attributes }: DeclaredResource,
  actual: ActualResource,
  name: string,
): string | undefined {
  const live = new Set([actual.id, ...actual.aliases]);
  const known = [id, ...Object.values(attributes)];
  return known.find(
    (one): one is string =>
      typeof one === 'string' &&
      one.length >= 8 &&
      live.has(one) &&
      !one.toLowerCase().includes(name.toLowerCase()),
  );
}
