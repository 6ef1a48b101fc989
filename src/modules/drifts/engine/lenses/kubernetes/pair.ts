import type { Field } from '../../field.js';

/** Whether a Kubernetes lens is at work: a manifest, or Terraform's words for one, beside an object of the API. */
export function isKubernetes(field: Field): boolean {
  return field.pair.actual.format === 'k8s-live';
}
