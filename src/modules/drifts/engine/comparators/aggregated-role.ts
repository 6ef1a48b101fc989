import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isEmpty, read } from '../values.js';

/**
 * The rules of a ClusterRole with an `aggregationRule` are written by the control plane, whatever a manifest says there
 * (Kubernetes RBAC, aggregated ClusterRoles; F51). Rules the manifest states nevertheless are compared, unless the user
 * says otherwise.
 */
export const aggregatedRole: Comparator = {
  name: 'aggregated-role',
  rule(declared, actual, field) {
    if (field.path !== 'rules' || !isKubernetes(field)) return undefined;
    const { actual: live } = field.pair;
    const kind = read(live.properties, 'kind') ?? live.type;
    const aggregation = field.declaredParent && read(field.declaredParent, 'aggregationRule');
    if (kind !== 'ClusterRole' || isEmpty(aggregation) || isEmpty(actual)) return undefined;
    const { ignoreAggregatedRoles } = field.pair.options;
    if (ignoreAggregatedRoles === true || (ignoreAggregatedRoles === null && isEmpty(declared))) {
      return {
        kind: 'expected',
        why: 'The control plane aggregates these rules from other roles.',
      };
    }
    if (!isEmpty(declared)) return undefined;
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: 'The aggregated rules are compared because the scan was asked to.',
    };
  },
};
