import type { Lens } from '../../lens.js';
import { attributeSchemaOf } from './attribute-schema.js';
import { TerraformNode } from './terraform-node.js';

/**
 * Terraform against itself, for any provider: the state before a refresh and after it (`resource_drift`), or a state and an
 * inventory written in the same attributes. Both sides are complete, so a key that only one of them has is told apart by
 * where it stands: content of a map, or an attribute a newer provider version added.
 */
export const terraformLens: Lens = {
  name: 'terraform',
  accepts: (declared, actual) =>
    declared.startsWith('terraform-') && actual === 'terraform-attributes',
  open: (pair) => ({
    declared: pair.declared.attributes,
    actual: pair.actual.properties,
    root: TerraformNode.root(attributeSchemaOf(pair)),
  }),
};
