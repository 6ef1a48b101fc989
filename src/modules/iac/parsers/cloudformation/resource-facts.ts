import type { JsonObject, Provider, ResourceScope } from '../../../../core/providers/index.js';
import { NO_SCOPE } from '../../../../core/providers/index.js';
import { textMember } from '../json/read-json.js';
import type { ParseContext } from '../parse-options.js';

/** Services without a region, whatever region their stack is in. Source: AWS Fault Isolation Boundaries, "Global services". */
const GLOBAL_SERVICES = new Set([
  'AWS::IAM',
  'AWS::CloudFront',
  'AWS::Route53',
  'AWS::Organizations',
  'AWS::GlobalAccelerator',
  'AWS::WAF',
]);

export function providerOfType(type: string): Provider {
  return type.startsWith('AWS::') ? 'aws' : 'other';
}

/** Custom resources, modules and third-party types live nowhere we could say. */
export function scopeOfType(type: string, context: ParseContext): ResourceScope {
  if (providerOfType(type) !== 'aws') return NO_SCOPE;
  const isGlobal = GLOBAL_SERVICES.has(type.split('::').slice(0, 2).join('::'));
  return {
    accountId: context.accountId ?? null,
    region: isGlobal ? null : (context.region ?? null),
    namespace: null,
  };
}

/** The name property of a type: `BucketName` of `AWS::S3::Bucket`, `DBInstanceIdentifier`, or `Name`. */
export function declaredName(type: string, properties: JsonObject): string | null {
  const noun = type.split('::').at(-1) ?? '';
  return (
    textMember(properties, `${noun}Name`) ??
    textMember(properties, `${noun}Identifier`) ??
    textMember(properties, 'Name')
  );
}
