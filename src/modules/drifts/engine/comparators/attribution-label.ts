import type { Comparator } from '../comparator.js';

/**
 * Labels Google's own tools put on what they manage, where a provider's state keeps them (F47; google provider,
 * `effective_labels`: "all of labels … present on the resource", and `add_terraform_attribution_label`).
 */
export const attributionLabel: Comparator = {
  name: 'attribution-label',
  rule(declared, actual, { path, key, pair }) {
    if (pair.actual.format !== 'terraform-attributes' || declared !== undefined) return undefined;
    if (!pair.declared.type.startsWith('google_') || actual === undefined) return undefined;
    if (!/(^|\.)(effective|terraform)_labels[.[]/.test(path) || !key.startsWith('goog-'))
      return undefined;
    return { kind: 'same', why: `Google's own tools keep the label ${key} for themselves.` };
  },
};
