import type { ActualResource, JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Estate } from '../../scan-facts.js';
import { isObject, read } from '../../values.js';

export const UNMANAGED_CLASSES = ['unmanaged', 'child', 'provider-default', 'ignored'] as const;
export type UnmanagedClass = (typeof UNMANAGED_CLASSES)[number];

export interface Classification {
  readonly class: UnmanagedClass;
  /** Why; null for plain unmanaged. */
  readonly reason: string | null;
}

/** What a rule may ask about the rest of the scan. */
export interface ClassContext {
  readonly estate: Estate;
  /** Address of the declared resource behind a provider identifier (id, ARN, self link), in any case; undefined when there is none. */
  owner(id: string): string | undefined;
  /** The same by native type and name. */
  ownerNamed(type: string, name: string): string | undefined;
}

export type ClassRule = (
  resource: ActualResource,
  context: ClassContext,
) => Classification | undefined;

export const byProvider = (reason: string): Classification => ({
  class: 'provider-default',
  reason,
});
export const childOf = (parent: string): Classification => ({
  class: 'child',
  reason: `part of ${parent}`,
});

/** AWS writes one name with a small letter in Describe answers and a capital in CloudFormation. */
export function field(object: JsonObject, name: string): JsonValue | undefined {
  const other = name.charAt(0).toUpperCase() + name.slice(1);
  return read(object, name) ?? read(object, other);
}

/** A value inside `properties`, by its path; undefined where the path leads nowhere. */
export function at(resource: ActualResource, ...path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = resource.properties;
  for (const key of path) value = isObject(value) ? field(value, key) : undefined;
  return value;
}

/** The same as text; empty where there is none. */
export function textAt(resource: ActualResource, ...path: readonly string[]): string {
  const value = at(resource, ...path);
  return typeof value === 'string' ? value : '';
}

/** The objects of a list. */
export function listAt(resource: ActualResource, ...path: readonly string[]): JsonObject[] {
  const value = at(resource, ...path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}
