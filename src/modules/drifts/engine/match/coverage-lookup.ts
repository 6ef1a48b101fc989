import type { Coverage, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { terraformObject } from '../lenses/kubernetes/terraform-kind.js';
import { wasCreated } from './identity-evidence.js';
import { nativeTypes } from './native-types.js';

/**
 * A listing that failed before its types were known: `*` for a whole account or region, `group/version/*` for the kinds of
 * one Kubernetes group. Nothing it might have held is deleted.
 */
function mayHide(
  { type, provider }: Coverage,
  resource: DeclaredResource,
  knowledge: Knowledge,
): boolean {
  if (provider !== resource.provider) return false;
  if (type === '*') return true;
  const [, group = ''] = /^(?:(.+)\/)?[^/]+\/\*$/.exec(type) ?? [];
  if (!type.endsWith('/*')) return false;
  if (resource.format === 'k8s-manifest') return group === groupOf(resource);
  return terraformObject(resource, knowledge)?.groups.includes(group) === true;
}

function groupOf(resource: DeclaredResource): string {
  const parts = (resource.id ?? resource.address).split('/');
  return parts.length >= 5 ? (parts[0] ?? '') : '';
}

/** Kubernetes coverage names `group/version/Kind`; a declared address starts with the same, whatever the version. */
function sameType(
  coverage: Coverage,
  resource: DeclaredResource,
  types: readonly string[],
  knowledge: Knowledge,
): boolean {
  const [kind, , group = ''] = coverage.type.split('/').reverse();
  if (resource.format !== 'k8s-manifest') {
    if (types.includes(coverage.type.toLowerCase())) return true;
    const object = terraformObject(resource, knowledge);
    return object !== null && kind === object.kind && object.groups.includes(group);
  }
  return kind === resource.type && group === groupOf(resource);
}

function sameScope(coverage: Coverage, resource: DeclaredResource): boolean {
  const { accountId, region } = resource.scope;
  const account =
    accountId === null || coverage.accountId === null || coverage.accountId === accountId;
  const place =
    region === null ||
    coverage.region === null ||
    coverage.region === region ||
    coverage.region === 'global';
  return account && place;
}

/** Whether "not found" means deleted: null when it does, otherwise the reason why nobody can tell. */
export function whyNotDeleted(
  resource: DeclaredResource,
  coverage: readonly Coverage[],
  knowledge: Knowledge,
): string | null {
  if (!wasCreated(resource)) {
    return 'not found, and the source does not prove that it was ever created';
  }
  const here = coverage.filter((entry) => sameScope(entry, resource));
  const hidden = here.find(
    (entry) => entry.status !== 'complete' && mayHide(entry, resource, knowledge),
  );
  if (hidden) return `not everything was read${hidden.message ? `: ${hidden.message}` : ''}`;
  const types = nativeTypes(resource, knowledge);
  const read = here.filter((entry) => sameType(entry, resource, types, knowledge));
  if (read.length === 0) return `${resource.type} was not read in this scan`;
  const gap = read.find((entry) => entry.status !== 'complete');
  return gap ? `${gap.type} was read ${gap.status}${gap.message ? `: ${gap.message}` : ''}` : null;
}
