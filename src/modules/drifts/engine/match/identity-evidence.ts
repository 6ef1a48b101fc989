import type { DeclaredResource } from '../../../../core/providers/index.js';

/** Attributes only a provider can have filled in: whoever holds one was created. */
const CREATED = ['id', 'arn', 'self_link', 'unique_id', 'uid'];

/**
 * Whether the source proves that the resource once existed: a manifest is applied as a whole, a state or a physical id is
 * written after creation. Code alone (HCL, a plan of a new resource, a template without its stack) proves nothing, so
 * "not found" there may mean "not applied yet".
 */
export function wasCreated(resource: DeclaredResource): boolean {
  if (resource.format === 'k8s-manifest' || resource.id !== null) return true;
  return CREATED.some((name) => {
    const value = resource.attributes[name];
    return typeof value === 'string' && value !== '' && !value.includes('${');
  });
}
