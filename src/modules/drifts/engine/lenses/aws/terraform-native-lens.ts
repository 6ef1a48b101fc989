import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import type { Lens } from '../../lens.js';
import { isEmpty, isObject, read } from '../../values.js';
import { answeredNames, texts as names } from './answered-names.js';
import { withCompanions } from './companions.js';
import { indexNames } from './name-match.js';
import { NativeNode, type NativeContext } from './native-node.js';
import { terraformSchema, TerraformSchema } from './terraform-schema.js';

const FORMATS = new Set(['aws-config', 'aws-describe', 'aws-cloudcontrol']);
const EMPTY = new TerraformSchema({}, [], [], []);

function published(type: string, pair: Pair): Record<string, string[]> {
  const entry = pair.knowledge.load('aws/terraform-attributes')?.[type];
  const part = read(partOf(pair) ?? {}, 'names');
  const own = pair.knowledge.load('aws/terraform-names')?.[type];
  const all = Object.assign({}, ...[entry, part, own].filter(isObject)) as JsonObject;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, names(value)]));
}

function partOf({ declared, knowledge }: Pair): JsonObject | undefined {
  const part = knowledge.load('aws/terraform-parts')?.[declared.type];
  return isObject(part) ? part : undefined;
}

/** A resource that is one part of another (`aws_s3_bucket_versioning`) is compared with that part of it. */
function openPart(pair: Pair, whole: JsonObject): { declared: JsonObject; actual: JsonObject } {
  const { attributes } = pair.declared;
  const part = partOf(pair);
  if (!part) return { declared: attributes, actual: whole };
  const reference = read(part, 'reference');
  const own = Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== reference));
  const held = names(read(part, 'part'))
    .map((name) => read(whole, name))
    .find((value) => isObject(value));
  const actual = isObject(held) ? held : whole;
  const unwrap = read(part, 'unwrap');
  const inner = typeof unwrap === 'string' ? read(own, unwrap) : undefined;
  if (typeof unwrap !== 'string' || !isObject(held) || isEmpty(inner))
    return { declared: own, actual };
  return { declared: own, actual: { [unwrap]: held } };
}

/** hashicorp/aws attributes against what AWS Config, Cloud Control or a Describe call says of the resource. */
export const terraformNativeLens: Lens = {
  name: 'terraform-aws-native',
  accepts: (declaredFormat, actualFormat, { declared }) =>
    declaredFormat.startsWith('terraform-') &&
    FORMATS.has(actualFormat) &&
    declared.type.startsWith('aws_'),
  open: (pair) => {
    const { type } = pair.declared;
    const vocabulary = terraformSchema(type, pair.knowledge) ?? EMPTY;
    const context: NativeContext = {
      vocabulary,
      mapped: published(type, pair),
      answered: indexNames(answeredNames(pair)),
    };
    const { declared, actual } = openPart(pair, withCompanions(pair.actual));
    return { declared, actual, root: new NativeNode(context, undefined, vocabulary.words(type)) };
  },
};
