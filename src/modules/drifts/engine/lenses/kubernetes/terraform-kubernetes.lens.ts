import { KUBERNETES_COMPARATORS } from '../../comparators/kubernetes.js';
import type { Pair } from '../../field.js';
import type { Lens } from '../../lens.js';
import { embeddedTypes, rootNode } from './kubernetes.lens.js';
import { kindOfObject } from './kind-schema.js';
import { manifestFromTerraform } from './manifest-from-terraform.js';
import { manifestAttribute, terraformKind } from './terraform-kind.js';
import { inVersionOf } from './version-moves.js';

function open(pair: Pair) {
  const { declared, actual, knowledge } = pair;
  const embedded = embeddedTypes(knowledge);
  const own = declared.type === 'kubernetes_manifest' && manifestAttribute(declared.attributes);
  if (own) {
    const kind = kindOfObject(pair, own);
    return {
      declared: own,
      actual: actual.properties,
      root: rootNode(kind, embedded),
      inCode: (path: string) => (path === '' ? 'manifest' : `manifest.${path}`),
    };
  }
  const kind = terraformKind(declared.type, knowledge);
  if (!kind) throw new Error(`no kind for ${declared.type}: accepts() was not asked`);
  const converted = manifestFromTerraform(declared.attributes, actual.properties, kind.type);
  const { manifest, inCode } = inVersionOf(actual.properties, converted.manifest);
  const node = rootNode({ ...kind, builtIn: true, known: true }, embedded);
  const { apiVersion, kind: name } = actual.properties;
  return {
    declared: {
      ...(apiVersion !== undefined && { apiVersion }),
      ...(name !== undefined && { kind: name }),
      ...manifest,
    },
    actual: actual.properties,
    root: node,
    inCode: (path: string) => converted.inCode(inCode(path)),
  };
}

/** hashicorp/kubernetes beside the API: one rule turns any of its types into the manifest it stands for. */
export const terraformKubernetesLens: Lens = {
  name: 'terraform-kubernetes',
  comparators: KUBERNETES_COMPARATORS,
  accepts: (declaredFormat, actualFormat, { declared, knowledge }) =>
    actualFormat === 'k8s-live' &&
    declaredFormat.startsWith('terraform-') &&
    (declared.type === 'kubernetes_manifest'
      ? manifestAttribute(declared.attributes) !== undefined
      : terraformKind(declared.type, knowledge) !== null),
  open,
};
