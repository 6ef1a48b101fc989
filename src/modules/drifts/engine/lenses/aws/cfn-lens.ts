import type { Pair } from '../../field.js';
import type { Lens, LensNode } from '../../lens.js';
import { CfnNode } from './cfn-node.js';
import { cfnSchema, CfnSchema } from './cfn-schema.js';
import { serviceDefaults } from './service-defaults.js';

const roots = new WeakMap<CfnSchema, CfnNode>();

function rootOf(pair: Pair): LensNode {
  const { type } = pair.declared;
  const schema = cfnSchema(type, pair.knowledge);
  const known = schema && roots.get(schema);
  if (known) return known;
  const defaults = serviceDefaults(type, pair.knowledge);
  const root = new CfnNode({ schema: schema ?? new CfnSchema({}), defaults }, '', undefined);
  if (!schema) return root;
  roots.set(schema, root);
  return root;
}

/** CloudFormation properties against the live model of the same registry type (Cloud Control). */
export const cfnLens: Lens = {
  name: 'cloudformation',
  accepts: (declaredFormat, actualFormat) =>
    declaredFormat === 'cfn-properties' && actualFormat === 'aws-cloudcontrol',
  open: (pair) => ({
    declared: pair.declared.attributes,
    actual: pair.actual.properties,
    root: rootOf(pair),
  }),
};
