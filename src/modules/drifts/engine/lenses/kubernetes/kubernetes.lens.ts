import { KUBERNETES_COMPARATORS } from '../../comparators/kubernetes.js';
import type { Knowledge } from '../../knowledge.js';
import type { Lens } from '../../lens.js';
import { catalogueOf } from './catalogue-schema.js';
import { kindOf, kindOfObject, type KubernetesKind } from './kind-schema.js';
import { KubernetesObjectNode, type EmbeddedTypes } from './kubernetes-node.js';
import { SecretNode } from './secret-node.js';
import { inVersionOf } from './version-moves.js';

export function embeddedTypes(knowledge: Knowledge): EmbeddedTypes {
  const catalogue = catalogueOf(knowledge);
  return {
    podTemplate: catalogue.type('core-v1#PodTemplateSpec'),
    objectMeta: catalogue.type('meta-v1#ObjectMeta'),
  };
}

/** The node of an object of a kind: secrets are read in their own way. */
export function rootNode(
  { kind, type, builtIn, known }: Pick<KubernetesKind, 'kind' | 'type' | 'builtIn' | 'known'>,
  embedded: EmbeddedTypes,
): KubernetesObjectNode {
  const secret = kind === 'Secret' && (builtIn || !known);
  return secret ? new SecretNode(type, embedded) : new KubernetesObjectNode(type, embedded);
}

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
    const actual = pair.actual.properties;
    const { manifest, moved, inCode } = inVersionOf(actual, pair.declared.attributes);
    const kind = moved ? kindOfObject(pair, actual) : kindOf(pair);
    const root = rootNode(kind, embeddedTypes(pair.knowledge));
    return { declared: manifest, actual, root, ...(moved && { inCode }) };
  },
};
