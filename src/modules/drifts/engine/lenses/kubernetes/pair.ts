import type { Field } from '../../field.js';

/** Whether the Kubernetes lens is at work: a manifest beside an object of the API. */
export function isKubernetes(field: Field): boolean {
  const { declared, actual } = field.pair;
  return declared.format === 'k8s-manifest' && actual.format === 'k8s-live';
}
