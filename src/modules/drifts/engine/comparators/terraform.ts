import type { Comparator } from '../comparator.js';
import { attributionLabel } from './attribution-label.js';
import { hiddenTag } from './hidden-tag.js';
import { replacedResource } from './replaced-resource.js';
import { terraformOrder } from './terraform-order.js';
import { terraformUnset } from './terraform-unset.js';

/** Comparators for Terraform against itself; each answers only where both sides are a provider's state. */
export const TERRAFORM_COMPARATORS: readonly Comparator[] = [
  terraformUnset,
  terraformOrder,
  replacedResource,
  hiddenTag,
  attributionLabel,
];
