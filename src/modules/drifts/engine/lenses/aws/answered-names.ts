import type { Pair } from '../../field.js';
import { cfnSchema } from './cfn-schema.js';
import { texts } from './texts.js';

/**
 * First-level names the API returns when they are set, so that their absence says they are not: what AWS Config records
 * (awslabs/aws-config-resource-schema), what a Describe call answers (botocore), what the registry lets be read.
 */
export function answeredNames({ declared, actual, knowledge }: Pair): readonly string[] {
  const types = [
    actual.type,
    ...texts(knowledge.load('aws/terraform-types')?.[declared.type]),
    ...texts(knowledge.load('aws/awscc-types')?.[declared.type]),
  ];
  const listed = (catalogue: string): string[] =>
    types
      .map((type) => texts(knowledge.load(catalogue)?.[type]))
      .find((found) => found.length > 0) ?? [];
  if (actual.format === 'aws-config') return listed('aws/config-properties');
  if (actual.format === 'aws-describe') return listed('aws/api-answers');
  const schema = types.map((type) => cfnSchema(type, knowledge)).find((found) => found !== null);
  return Object.keys(schema?.properties(undefined) ?? {}).filter(
    (name) => schema?.writeOnly.has(name) !== true,
  );
}
