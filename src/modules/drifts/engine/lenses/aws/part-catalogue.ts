import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject } from '../../values.js';
import { texts } from './texts.js';

/**
 * Entry of a resource that no API lists by itself because it is a part of another (`aws_s3_bucket_policy` of the
 * bucket): `parent`, `reference`, `part` and the rest are explained in docs/adding-a-resource-type.md. Undefined for a
 * resource in its own right.
 */
export function partEntry(type: string, knowledge: Knowledge): JsonObject | undefined {
  const catalogue = type.startsWith('AWS::') ? 'aws/cloudformation-parts' : 'aws/terraform-parts';
  if (!/^(aws_|AWS::)/.test(type)) return undefined;
  const entry = knowledge.load(catalogue)?.[type];
  return isObject(entry) ? entry : undefined;
}

/** Native types a part may be found inside, none for a resource in its own right. */
export function parentTypes(type: string, knowledge: Knowledge): readonly string[] {
  return texts(partEntry(type, knowledge)?.parent);
}
