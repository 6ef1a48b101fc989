import type { Pair } from '../../field.js';
import type { Lens, LensNode } from '../../lens.js';
import { isObject } from '../../values.js';
import { answeredNames } from './answered-names.js';
import { texts } from './texts.js';
import { CfnNode } from './cfn-node.js';
import { CfnVocabulary } from './cfn-vocabulary.js';
import { withCompanions } from './companions.js';
import { indexNames } from './name-match.js';
import { NativeNode } from './native-node.js';
import { cfnSchema, CfnSchema } from './cfn-schema.js';
import { serviceDefaults } from './service-defaults.js';
import { openPart, partOf } from './terraform-part.js';
import { openRule } from './rule-part.js';

const roots = new WeakMap<CfnSchema, CfnNode>();

function rootOf(pair: Pair): LensNode {
  const { type } = pair.declared;
  const schema = cfnSchema(type, pair.knowledge);
  const known = schema && roots.get(schema);
  if (known) return known;
  const defaults = serviceDefaults(type, pair.knowledge);
  const listed = (catalogue: string): ReadonlySet<string> => {
    const entry = pair.knowledge.load(catalogue)?.[type];
    return new Set(texts(isObject(entry) ? entry.paths : undefined));
  };
  const root = new CfnNode(
    {
      schema: schema ?? new CfnSchema({}),
      defaults,
      neverReturned: listed('aws/never-returned'),
      completed: listed('aws/service-lists'),
    },
    '',
    undefined,
  );
  if (!schema) return root;
  roots.set(schema, root);
  return root;
}

/** Older AWS Config types are recorded as Describe calls answer; newer ones as the registry has them. */
function speaksRegistry({ declared, actual, knowledge }: Pair): boolean {
  if (actual.format === 'aws-cloudcontrol') return true;
  const known = cfnSchema(declared.type, knowledge)?.properties(undefined) ?? {};
  const keys = Object.keys(actual.properties);
  return keys.filter((key) => Object.hasOwn(known, key)).length * 2 > keys.length;
}

const isCfn = (declaredFormat: string, actualFormat: string): boolean =>
  declaredFormat === 'cfn-properties' && FORMATS.has(actualFormat);

const FORMATS = new Set(['aws-cloudcontrol', 'aws-config', 'aws-describe']);

/** CloudFormation properties against the live model of the same registry type (Cloud Control, most of AWS Config). */
export const cfnLens: Lens = {
  name: 'cloudformation',
  accepts: (declaredFormat, actualFormat, pair) =>
    isCfn(declaredFormat, actualFormat) && !partOf(pair) && speaksRegistry(pair),
  open: (pair) => ({
    declared: pair.declared.attributes,
    actual: pair.actual.properties,
    root: rootOf(pair),
  }),
};

function describeNames(type: string, pair: Pair): ReadonlyMap<string, string[]> {
  const entry = pair.knowledge.load('aws/describe-names')?.[type];
  const part = partOf(pair)?.names;
  const all = [entry, part].flatMap((names) => Object.entries(isObject(names) ? names : {}));
  return new Map(all.map(([name, value]) => [name, texts(value)]));
}

/** CloudFormation properties against what a Describe call, or AWS Config after it, says of the resource. */
export const cfnDescribeLens: Lens = {
  name: 'cloudformation-describe',
  accepts: isCfn,
  open: (pair) => {
    const { type } = pair.declared;
    const vocabulary = new CfnVocabulary(cfnSchema(type, pair.knowledge) ?? new CfnSchema({}));
    const whole = withCompanions(pair.actual);
    const view = (partOf(pair) && openRule(pair, whole)) ?? openPart(pair, whole);
    const context = {
      vocabulary,
      mapped: describeNames(type, pair),
      answered: indexNames(view.answered ?? answeredNames(pair)),
      words: vocabulary.words(type),
      member: view.member,
    };
    const { declared, actual, gone } = view;
    const root = new NativeNode(context, { code: undefined, nouns: context.words, block: '' });
    return { declared, actual, root, ...(gone !== undefined && { gone }) };
  },
};
