import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import type { Lens } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { openPart, partOf } from './terraform-part.js';
import { openRule } from './rule-part.js';
import { AwsccVocabulary } from './awscc-vocabulary.js';
import { answeredNames } from './answered-names.js';
import { texts as names } from './texts.js';
import { cfnSchema, CfnSchema } from './cfn-schema.js';
import { withCompanions } from './companions.js';
import { indexNames } from './name-match.js';
import { registryDefaults } from './registry-defaults.js';
import { RegistryPlace } from './registry-place.js';
import { withRootDevice } from './root-device.js';
import { NativeNode, type NativeContext } from './native-node.js';
import { terraformSchema, TerraformSchema } from './terraform-schema.js';
import type { Vocabulary } from './vocabulary.js';

const FORMATS = new Set(['aws-config', 'aws-describe', 'aws-cloudcontrol']);
const EMPTY = new TerraformSchema({}, [], [], []);

function published(type: string, pair: Pair): ReadonlyMap<string, string[]> {
  const entry = pair.knowledge.load('aws/terraform-attributes')?.[type];
  const part = read(partOf(pair) ?? {}, 'names');
  const own = pair.knowledge.load('aws/terraform-names')?.[type];
  const all = Object.assign({}, ...[entry, part, own].filter(isObject)) as JsonObject;
  return new Map(Object.entries(all).map(([name, value]) => [name, names(value)]));
}

function vocabularyOf({ declared: { type }, knowledge }: Pair): Vocabulary {
  if (!type.startsWith('awscc_')) return terraformSchema(type, knowledge) ?? EMPTY;
  const [registered = ''] = names(knowledge.load('aws/awscc-types')?.[type]);
  return new AwsccVocabulary(cfnSchema(registered, knowledge) ?? new CfnSchema({}));
}

/** hashicorp/aws and hashicorp/awscc attributes against what AWS Config, Cloud Control or a Describe call says of the resource. */
export const terraformNativeLens: Lens = {
  name: 'terraform-aws-native',
  accepts: (declaredFormat, actualFormat, { declared }) =>
    declaredFormat.startsWith('terraform-') &&
    FORMATS.has(actualFormat) &&
    /^aws(cc)?_/.test(declared.type),
  open: (pair) => {
    const { type } = pair.declared;
    const vocabulary = vocabularyOf(pair);
    const whole = withRootDevice(pair, withCompanions(pair.actual));
    const rule = partOf(pair) && openRule(pair, whole);
    const view = rule ?? openPart(pair, whole);
    const context: NativeContext = {
      vocabulary,
      mapped: published(type, pair),
      answered: indexNames(view.answered ?? answeredNames(pair)),
      defaults: registryDefaults(pair),
      words: vocabulary.words(type),
      member: view.member,
    };
    const { declared, actual, gone } = view;
    const place = view.actual === whole ? RegistryPlace.open(pair, whole) : undefined;
    const root = new NativeNode(context, {
      code: undefined,
      nouns: context.words,
      block: '',
      place,
    });
    return { declared, actual, root, ...(gone !== undefined && { gone }) };
  },
};
