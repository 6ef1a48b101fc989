import type { ParseOptions } from '../parse-options.js';
import type { Outcome } from './outcome.js';
import { known, NO_VALUE, unresolved } from './outcome.js';

/** Region prefix → partition and domain. Source: AWS General Reference, "AWS service endpoints" and "ARN format". */
const PARTITIONS: readonly (readonly [prefix: string, partition: string, suffix: string | null])[] =
  [
    ['cn-', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
    ['us-isob-', 'aws-iso-b', null],
    ['us-iso-', 'aws-iso', null],
    ['us-isof-', 'aws-iso-f', null],
    ['eu-isoe-', 'aws-iso-e', null],
    ['eusc-', 'aws-eusc', null],
    ['', 'aws', 'amazonaws.com'],
  ];

function partitionOf({ context = {} }: ParseOptions): readonly [string, string | null] | null {
  const { partition, region } = context;
  const found = PARTITIONS.find(([prefix, name]) => {
    if (partition) return name === partition;
    return region ? region.startsWith(prefix) : false;
  });
  if (found !== undefined) return [found[1], found[2]];
  return partition ? [partition, null] : null;
}

function fact(value: string | null | undefined, name: string): Outcome {
  return value ? known(value) : unresolved('UNRESOLVED_PARAMETER', name);
}

/** `Ref` to an `AWS::…` name; null when it is no pseudo parameter. */
export function pseudoParameter(name: string, options: ParseOptions): Outcome | null {
  const { context = {} } = options;
  switch (name) {
    case 'AWS::AccountId':
      return fact(context.accountId, name);
    case 'AWS::Region':
      return fact(context.region, name);
    case 'AWS::Partition':
      return fact(partitionOf(options)?.[0], name);
    case 'AWS::URLSuffix':
      return fact(partitionOf(options)?.[1], name);
    case 'AWS::StackName':
      return fact(options.stackName, name);
    case 'AWS::StackId':
      return fact(options.stackId, name);
    case 'AWS::NotificationARNs':
      return unresolved('UNRESOLVED_PARAMETER', name);
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return null;
  }
}
