import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { parseJsonDocument } from './json-document.js';

/**
 * The API server stores a text as it was written: a label `1.10` is not `1.1`, a path `/a/` is not `/a`. What another API
 * would spell differently is a change here. Quantities, durations and times are ruled on before.
 */
export const kubernetesVerbatim: Comparator = {
  name: 'kubernetes-verbatim',
  rule(declared, actual, field) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (declared === '' || actual === '' || !isKubernetes(field)) return undefined;
    if (field.facts.kind !== undefined) return undefined;
    if (parseJsonDocument(declared) !== undefined && parseJsonDocument(actual) !== undefined) {
      return undefined;
    }
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: 'The declared and the actual text differ.',
    };
  },
};
