import type { Lens } from '../../lens.js';
import { KUBERNETES_COMPARATORS } from '../../comparators/kubernetes.js';
import { catalogueOf } from './catalogue-schema.js';
import { kindOf } from './kind-schema.js';
import { KubernetesObjectNode, type EmbeddedTypes } from './kubernetes-node.js';
import { SecretNode } from './secret-node.js';

/**
 * A manifest beside the object the API server returns, for any kind: built-in kinds through the catalogue, custom ones
 * through the cluster's CRDs, others openly. Everything the server, its defaults and other owners add is weighed by the
 * Kubernetes comparators.
 */
export const kubernetesLens: Lens = {
  name: 'kubernetes',
  comparators: KUBERNETES_COMPARATORS,
  accepts: (declared, actual) => declared === 'k8s-manifest' && actual === 'k8s-live',
  open(pair) {
    const catalogue = catalogueOf(pair.knowledge);
    const embedded: EmbeddedTypes = {
      podTemplate: catalogue.type('core-v1#PodTemplateSpec'),
      objectMeta: catalogue.type('meta-v1#ObjectMeta'),
    };
    const { kind, type, builtIn } = kindOf(pair);
    const root =
      kind === 'Secret' && (builtIn || type.name === '')
        ? new SecretNode(type, embedded)
        : new KubernetesObjectNode(type, embedded);
    return { declared: pair.declared.attributes, actual: pair.actual.properties, root };
  },
};
