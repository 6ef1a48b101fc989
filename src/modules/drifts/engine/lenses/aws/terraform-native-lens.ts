import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import type { Lens } from '../../lens.js';
import { nativeTypes } from '../../match/native-types.js';
import { isEmpty, isObject, read } from '../../values.js';
import { cfnSchema } from './cfn-schema.js';
import { squash, words } from './name-match.js';
import { NativeNode, type NativeContext } from './native-node.js';
import { terraformSchema, TerraformSchema } from './terraform-schema.js';

const FORMATS = new Set(['aws-config', 'aws-describe', 'aws-cloudcontrol']);
const EMPTY = new TerraformSchema({}, [], [], []);

function names(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** First-level names the API returns when they are set, so that their absence says they are not. */
function answered({ declared, actual, knowledge }: Pair): ReadonlySet<string> {
  const types = [actual.type, ...nativeTypes(declared, knowledge)].filter((type) =>
    type.includes('::'),
  );
  if (actual.format === 'aws-config') {
    return new Set(names(knowledge.load('aws/config-properties')?.[actual.type]).map(squash));
  }
  if (actual.format !== 'aws-cloudcontrol') return new Set();
  const schema = types.map((type) => cfnSchema(type, knowledge)).find((found) => found !== null);
  const writable = Object.keys(schema?.properties(undefined) ?? {}).filter(
    (name) => schema?.writeOnly.has(name) !== true,
  );
  return new Set(writable.map(squash));
}

function published(type: string, pair: Pair): Record<string, string[]> {
  const entry = pair.knowledge.load('aws/terraform-attributes')?.[type];
  const part = read(partOf(pair) ?? {}, 'names');
  const all = { ...(isObject(entry) ? entry : {}), ...(isObject(part) ? part : {}) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, names(value)]));
}

function partOf({ declared, knowledge }: Pair): JsonObject | undefined {
  const part = knowledge.load('aws/terraform-parts')?.[declared.type];
  return isObject(part) ? part : undefined;
}

/** AWS Config keeps some facts beside the resource, often as JSON text. */
function withCompanions({ actual }: Pair): JsonObject {
  const extra = actual.companions && read(actual.companions, 'supplementary');
  return isObject(extra) ? { ...extra, ...actual.properties } : actual.properties;
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
    const context: NativeContext = {
      schema: terraformSchema(type, pair.knowledge) ?? EMPTY,
      mapped: published(type, pair),
      answered: answered(pair),
    };
    const { declared, actual } = openPart(pair, withCompanions(pair));
    return { declared, actual, root: new NativeNode(context, undefined, words(type).slice(1)) };
  },
};
