import type { Coverage, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { terraformObject } from '../lenses/kubernetes/terraform-kind.js';
import { wasCreated } from './identity-evidence.js';
import { nativeTypes } from './native-types.js';

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
  const parts = (resource.id ?? resource.address).split('/');
  return kind === resource.type && group === (parts.length >= 5 ? parts[0] : '');
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
  const types = nativeTypes(resource, knowledge);
  const read = coverage.filter(
    (entry) => sameType(entry, resource, types, knowledge) && sameScope(entry, resource),
  );
  if (read.length === 0) return `${resource.type} was not read in this scan`;
  const gap = read.find((entry) => entry.status !== 'complete');
  return gap ? `${gap.type} was read ${gap.status}${gap.message ? `: ${gap.message}` : ''}` : null;
}
