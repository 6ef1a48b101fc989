import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isObject, read } from '../values.js';

/** Groups that took over the kinds of `extensions` (Kubernetes deprecation guide, 1.16 and 1.22). */
const AFTER_EXTENSIONS = new Set(['apps', 'networking.k8s.io', 'policy']);

function groupOf(apiVersion: JsonValue | undefined): string | undefined {
  if (typeof apiVersion !== 'string') return undefined;
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function sameGroup(left: string, right: string): boolean {
  return (
    left === right ||
    (left === 'extensions' && AFTER_EXTENSIONS.has(right)) ||
    (right === 'extensions' && AFTER_EXTENSIONS.has(left))
  );
}

/**
 * Where an object lives and under which version it is read are no state of it: the API serves one object in every
 * version of its group, a manifest without a namespace lands where it is applied, and a namespace written for a
 * cluster-scoped kind is dropped.
 */
export const kubernetesIdentity: Comparator = {
  name: 'kubernetes-identity',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    if (field.path === 'apiVersion') {
      const [left, right] = [groupOf(declared), groupOf(actual)];
      if (left === undefined || right === undefined || !sameGroup(left, right)) return undefined;
      return { kind: 'same', why: 'The same kind read in another version of its API group.' };
    }
    if (field.path === 'metadata.namespace' && (declared === undefined || actual === undefined)) {
      return { kind: 'same', why: 'The namespace follows from where the manifest is applied.' };
    }
    if (/^secrets\[\d+\]\.namespace$/.test(field.path) && actual === undefined) {
      const metadata = read(field.pair.actual.properties, 'metadata');
      if (!isObject(metadata) || read(metadata, 'namespace') !== declared) return undefined;
      return { kind: 'same', why: 'Secrets of a ServiceAccount are those of its own namespace.' };
    }
    const prefix = field.declaredParent && read(field.declaredParent, 'generateName');
    if (
      field.path === 'metadata.name' &&
      declared === undefined &&
      typeof prefix === 'string' &&
      typeof actual === 'string' &&
      actual.startsWith(prefix)
    ) {
      return { kind: 'same', why: 'The name was generated from the declared prefix.' };
    }
    return undefined;
  },
};
