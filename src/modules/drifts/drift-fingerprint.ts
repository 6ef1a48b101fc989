import { createHash } from 'node:crypto';
import type { JsonValue } from '../../core/providers/index.js';
import type { ChangeType, DriftType } from './drift-choices.js';

/** What makes a drift the same drift in the next scan; its values are not part of it, so a moving value stays one drift. */
export interface DriftIdentity {
  readonly environmentId: string;
  readonly driftType: DriftType;
  /** The source that declares the resource; null for a resource nobody declared. */
  readonly sourceId: string | null;
  /** Address within that source; null for a resource nobody declared. */
  readonly address: string | null;
  /** Native type, id and place; the identity of an undeclared resource. */
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
}

/**
 * Stable name of a drift within an organization: 32 hex digits.
 * A declared resource is named by its place in the code, because its id changes when it is replaced; an undeclared one by
 * its type, id and place at the provider.
 */
export function driftFingerprint(identity: DriftIdentity): string {
  const place =
    identity.address === null
      ? [
          'actual',
          identity.resourceType,
          identity.accountId,
          identity.region,
          identity.resourceId ?? '',
        ]
      : ['declared', identity.sourceId, identity.address];
  return digest([identity.environmentId, identity.driftType, ...place]);
}

export interface DriftDifference {
  readonly propertyPath: string;
  readonly changeType: ChangeType;
  readonly declaredValue: JsonValue;
  readonly actualValue: JsonValue;
}

/**
 * Hash of the differences themselves: two scans with the same hash found exactly the same values, whatever the order.
 * Take it over the masked values, so that it never becomes an oracle for a secret.
 */
export function differencesHash(differences: readonly DriftDifference[]): string {
  const lines = differences
    .map((difference) =>
      JSON.stringify([
        difference.propertyPath,
        difference.changeType,
        sortKeys(difference.declaredValue),
        sortKeys(difference.actualValue),
      ]),
    )
    .sort();
  return digest(lines);
}

function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function sortKeys(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}
